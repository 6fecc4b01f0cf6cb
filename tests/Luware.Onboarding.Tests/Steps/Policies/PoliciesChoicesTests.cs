using Bunit;
using Luware.Onboarding.Steps.Policies;

namespace Luware.Onboarding.Tests.Steps.Policies;

public sealed class PoliciesChoicesTests : ChoicesTest<PoliciesChoices, PoliciesChoice>
{
    private const string Message = "We couldn’t connect you - There was a problem setting up the recording required by your org";

    [Fact]
    public void Fail_close_is_recommended_and_says_what_people_would_read()
    {
        var shown = Show(new PoliciesChoice(), Plan());

        shown.FindAll("input[type=radio]")[0].HasAttribute("checked").ShouldBeTrue();
        shown.FindAll(".flags p").Select(p => p.TextContent.Contains(Message, StringComparison.Ordinal)).ShouldBe([true, false, false, false]);
        shown.FindAll("input[type=checkbox]").ShouldBeEmpty();
        shown.Find(".policy > strong").HasAttribute("hidden").ShouldBeTrue("one policy needs no heading");
    }

    [Fact]
    public void Each_of_the_four_says_what_happens_in_a_call_and_in_a_meeting_with_the_rules_chosen()
    {
        var shown = Show(new PoliciesChoice(), Plan());

        shown.FindAll("input[type=radio]")[1].Change(true);

        shown.FindAll(".flags p").Select(p => p.TextContent[..22])
            .ShouldBe(["The call connects with", "If the recorder is los", "The person joins witho", "If the recorder is los"]);
        shown.Markup.ShouldNotContain(Message);
    }

    [Fact]
    public void The_recommended_name_follows_the_mode()
    {
        var shown = Show(new PoliciesChoice(), Plan());

        shown.FindAll("input[type=radio]")[1].Change(true);

        Chosen.Single().Policies.ShouldBe([new PolicyChoice("luwarerecordingfailopen1", "Luware Recording Fail Open 1", RecordingRules.FailOpen)]);
        shown.Find("#policies-name").GetAttribute("value").ShouldBe("luwarerecordingfailopen1");
    }

    [Fact]
    public void A_policy_that_exists_keeps_its_name_when_the_mode_changes()
    {
        var pilot = new PoliciesChoice([PolicyChoice.Recommended(RecordingRules.FailOpen, [])]);
        var shown = Show(pilot, Plan((PoliciesStep.ExistingOption, [new("LuwareRecordingFailOpen1", "LuwareRecordingFailOpen1")])));

        shown.FindAll("input[type=radio]")[0].Change(true);

        Chosen.Single().Policies.ShouldBe([new PolicyChoice("luwarerecordingfailopen1", "Luware Recording Fail Close 1", RecordingRules.FailClose)]);
    }

    [Fact]
    public void Each_flag_can_be_chosen_for_itself()
    {
        var shown = Show(new PoliciesChoice(), Plan());

        shown.FindAll("input[type=radio]")[2].Change(true);
        Chosen.ShouldBeEmpty("nothing is different before one of the four is");
        shown.FindAll("input[type=checkbox]")[2].Change(false);

        Chosen.Single().Policies.ShouldBe(
            [new PolicyChoice("luwarerecordingcustom1", "Luware Recording Custom 1", new RecordingRules(true, true, BeforeMeeting: false, true))]);
        shown.FindAll("input[type=radio]")[2].HasAttribute("checked").ShouldBeTrue();
        shown.FindAll("input[type=checkbox]").Select(c => c.HasAttribute("checked")).ShouldBe([true, true, false, true]);
    }

    [Fact]
    public void A_policy_with_rules_of_its_own_shows_them_at_once()
    {
        var shown = Show(new PoliciesChoice([new("x", "x", new RecordingRules(true, false, false, false))]), Plan());

        shown.FindAll("input[type=checkbox]").Select(c => c.HasAttribute("checked")).ShouldBe([true, false, false, false]);
    }

    [Fact]
    public void A_name_of_ones_own_stays_when_the_mode_changes()
    {
        var shown = Show(new PoliciesChoice(), Plan());

        shown.Find("#policies-name").Change("Traders");
        shown.FindAll("input[type=radio]")[1].Change(true);

        Chosen.Last().Policies[0].Name.ShouldBe("Traders");
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
        Chosen.Single().Policies[0].Name.ShouldBe("its");
    }

    [Fact]
    public void A_wrong_entry_stays_with_its_reason_when_something_else_is_chosen()
    {
        var tooLong = new string('x', PolicyNames.MaxDescriptionLength + 1);
        var shown = Show(new PoliciesChoice(), Plan());
        shown.Find("#policies-name").Change("it’s");
        shown.Find("#policies-description").Change(tooLong);

        shown.FindAll("input[type=radio]")[1].Change(true);

        Chosen.ShouldHaveSingleItem().Policies[0].Rules.ShouldBe(RecordingRules.FailOpen);
        shown.Find("#policies-name").GetAttribute("value").ShouldBe("it’s");
        shown.Find("#policies-name").GetAttribute("aria-invalid").ShouldBe("true");
        shown.Find("#policies-name-fault").TextContent.ShouldContain("quotation marks");
        shown.Find("#policies-description").GetAttribute("value").ShouldBe(tooLong);
        shown.Find("#policies-description").GetAttribute("aria-invalid").ShouldBe("true");

        shown.Find("#policies-name").Change("its");
        Chosen[^1].Policies[0].Name.ShouldBe("its");
        shown.Find("#policies-description").GetAttribute("value").ShouldBe(tooLong);
    }

    [Fact]
    public void A_further_policy_has_the_next_name_and_rules_of_its_own()
    {
        var shown = Show(new PoliciesChoice(), Plan());

        Button(shown, "Add a policy").Click();
        shown.FindAll(".policy")[1].QuerySelectorAll("input[type=radio]")[1].Change(true);
        Button(shown, "Add a policy").Click();

        Chosen[0].Policies.Select(p => p.Name).ShouldBe(["luwarerecordingfailclose1", "luwarerecordingfailclose2"]);
        Chosen[^1].Policies.Select(p => p.Name).ShouldBe(["luwarerecordingfailclose1", "luwarerecordingfailopen1", "luwarerecordingfailclose2"]);
        shown.FindAll(".policy > strong").Select(l => l.TextContent)
            .ShouldBe(["luwarerecordingfailclose1", "luwarerecordingfailopen1", "luwarerecordingfailclose2"]);
    }

    [Fact]
    public void Two_policies_cannot_have_one_name()
    {
        var shown = Show(new PoliciesChoice().Add(), Plan());

        shown.Find("#policies-2-name").Change("LuwareRecordingFailClose1");

        Chosen.ShouldBeEmpty();
        shown.Find("#policies-2-name-fault").TextContent.ShouldContain("cannot both be called LuwareRecordingFailClose1");
    }

    [Fact]
    public void A_removed_policy_stays_in_the_tenant_and_the_keyboard_goes_on_at_the_button_below()
    {
        var shown = Show(new PoliciesChoice().Add().Add(), Plan());
        shown.FindAll(".policy")[1].QuerySelectorAll("input[type=radio]")[2].Change(true);

        shown.Find("#policies-remove-hint").TextContent.ShouldContain("it stays there");
        Button(shown, "Remove luwarerecordingfailclose1").Click();

        Chosen.Single().Policies.Select(p => p.Name).ShouldBe(["luwarerecordingfailclose2", "luwarerecordingfailclose3"]);
        shown.FindAll(".policy").Select(f => f.QuerySelectorAll("input[type=checkbox]").Length).ShouldBe([4, 0], "what was open stays with its policy");
        JSInterop.Invocations["luware.focus"].Single().Arguments.ShouldBe(["#policies-add"]);
    }

    [Fact]
    public void The_last_policy_cannot_be_removed()
    {
        var shown = Show(new PoliciesChoice().Add(), Plan());

        Button(shown, "Remove luwarerecordingfailclose2").Click();

        shown.FindAll("button").Count(b => b.TextContent.Contains("Remove", StringComparison.Ordinal)).ShouldBe(0);
    }

    [Fact]
    public void A_hostile_description_is_text_and_nothing_else()
    {
        var shown = Show(new PoliciesChoice([new("a", "<script>alert(1)</script>", RecordingRules.FailClose)]), Plan());

        shown.Find("#policies-description").GetAttribute("value").ShouldBe("<script>alert(1)</script>");
        shown.FindAll("script").ShouldBeEmpty();
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<PoliciesChoices> shown, string text) =>
        shown.FindAll("button").Single(b => b.TextContent.Contains(text, StringComparison.Ordinal));
}
