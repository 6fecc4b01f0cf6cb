using Bunit;
using Luware.Onboarding.Steps.Policies;

namespace Luware.Onboarding.Tests.Steps.Policies;

public sealed class PoliciesChoicesTests : ChoicesTest<PoliciesChoices, PoliciesChoice>
{
    [Fact]
    public void Fail_close_is_recommended_and_says_what_people_would_read()
    {
        var shown = Show(new PoliciesChoice(), Plan());

        shown.FindAll("input[type=radio]")[0].HasAttribute("checked").ShouldBeTrue();
        shown.Markup.ShouldContain("We couldn’t connect you - There was a problem setting up the recording required by your org");
    }

    [Fact]
    public void The_recommended_name_follows_the_mode()
    {
        var shown = Show(new PoliciesChoice(), Plan());

        shown.FindAll("input[type=radio]")[1].Change(true);

        Chosen.Single().ShouldBe(new PoliciesChoice("luwarerecordingfailopen1", "Luware Recording Fail Open 1", FailClose: false));
        shown.Find("#policies-name").GetAttribute("value").ShouldBe("luwarerecordingfailopen1");
    }

    [Fact]
    public void A_name_of_ones_own_stays_when_the_mode_changes()
    {
        var shown = Show(new PoliciesChoice(), Plan());

        shown.Find("#policies-name").Change("Traders");
        shown.FindAll("input[type=radio]")[1].Change(true);

        Chosen.Last().Name.ShouldBe("Traders");
    }

    [Fact]
    public void A_wrong_name_is_not_handed_on_and_the_reason_belongs_to_the_field()
    {
        var shown = Show(new PoliciesChoice(), Plan());

        shown.Find("#policies-name").Change("it’s");

        Chosen.ShouldBeEmpty();
        var field = shown.Find("#policies-name");
        field.GetAttribute("aria-invalid").ShouldBe("true");
        field.GetAttribute("aria-describedby")!.ShouldContain("policies-name-fault");
        shown.Find("#policies-name-fault").TextContent.ShouldContain("quotation marks");

        shown.Find("#policies-name").Change("its");
        shown.Find("#policies-name").HasAttribute("aria-invalid").ShouldBeFalse();
        Chosen.Single().Name.ShouldBe("its");
    }

    [Fact]
    public void A_hostile_description_is_text_and_nothing_else()
    {
        var shown = Show(new PoliciesChoice("a", "<script>alert(1)</script>", FailClose: true), Plan());

        shown.Find("#policies-description").GetAttribute("value").ShouldBe("<script>alert(1)</script>");
        shown.FindAll("script").ShouldBeEmpty();
    }
}
