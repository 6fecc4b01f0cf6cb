using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.ChatCapture;

namespace Luware.Onboarding.Tests.Steps.ChatCapture;

public sealed class ChatCaptureChoicesTests : ChoicesTest<ChatCaptureChoices, ChatCaptureChoice>
{
    private static readonly StepPlan Offered = Plan(
        (ChatCaptureStep.ApplicationOption, [new ChoiceOption("id", "Luware Recording Chat")]),
        (ChatCaptureStep.ArticleOption, [new ChoiceOption("https://help.example.com/", "x")]));

    [Fact]
    public void It_is_not_wanted_until_somebody_says_so_and_attachments_are_asked_for_then()
    {
        var panel = Show(new ChatCaptureChoice(), Offered);
        panel.FindAll("input[type=checkbox]").ShouldBeEmpty();

        panel.FindAll("input[type=radio]")[1].Change(true);
        panel.Find("input[type=checkbox]").Change(true);

        Chosen.ShouldBe([new(Wanted: true, Attachments: false), new(Wanted: true, Attachments: true)]);
        panel.Find("a").GetAttribute("href").ShouldBe("https://help.example.com/");
    }

    [Fact]
    public void Where_it_is_not_offered_there_is_nothing_to_choose()
    {
        var panel = Show(new ChatCaptureChoice(), Plan());

        panel.FindAll("input").ShouldBeEmpty();
        panel.Markup.ShouldContain("on request");
    }

    [Fact]
    public void A_consent_that_nobody_wants_any_more_leads_to_where_it_is_removed()
    {
        var panel = Show(new ChatCaptureChoice(), Plan(
            (ChatCaptureStep.ApplicationOption, [new ChoiceOption("id", "Luware Recording Chat")]),
            (ChatCaptureStep.RemovalOption, [new ChoiceOption("https://entra.microsoft.com/x", "Luware Recording Chat")])));

        panel.Find("a").TextContent.ShouldContain("Luware Recording Chat");
    }

    [Fact]
    public void Also_where_it_is_not_offered_a_consent_of_before_leads_to_where_it_is_removed() =>
        Show(new ChatCaptureChoice(), Plan((ChatCaptureStep.RemovalOption, [new ChoiceOption("https://entra.microsoft.com/x", "Luware Recording Chat")])))
            .Find("a").TextContent.ShouldContain("Luware Recording Chat");

    [Fact]
    public void It_speaks_German()
    {
        using var german = InGerman();

        Show(new ChatCaptureChoice(Wanted: true, Attachments: true), Offered).Markup.ShouldContain("Gewünscht");
    }
}
