using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>What the page says before an approval, what an approval does and what holds it back.</summary>
public sealed class PlanDecisionTests : PageContext
{
    [Fact]
    public async Task The_plan_says_what_an_approval_does_and_approves_exactly_what_is_shown()
    {
        var engine = Open(Scenes.Planned);
        var page = RenderPage();

        page.WaitForAssertion(() =>
            page.Find(".decide").TextContent.ShouldContain("Approving creates 5 objects, changes 1 and completes 1 that becomes known on the way."));
        page.Find(".decide").TextContent.ShouldContain("The recording of 40 people starts only after");
        await page.PressAsync("Approve plan");
        await page.PressAsync("Approve plan");

        page.WaitForAssertion(() => engine.Asked.ShouldBe(["approve 7f3c"]));
        page.Button("Approve plan").IsOff().ShouldBeTrue("it is approved, only the page has not heard of it yet");
    }

    [Fact]
    public async Task After_an_approval_the_keyboard_is_at_the_heading_of_the_run()
    {
        // A person who may not consent is not led to a Microsoft page.
        Authorization.SetClaims(Claims(DirectoryRoles.TeamsAdministrator));
        var engine = Open(Scenes.Planned);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("Approve plan"));

        await page.PressAsync("Approve plan");

        page.WaitForAssertion(() => JSInterop.Invocations["luware.focus"][^1].Arguments.ShouldBe(["h1"]));
        var heads = JSInterop.Invocations["luware.arrive"].Count;
        engine.Show(Scenes.Running);
        page.WaitForAssertion(() => page.Heading().ShouldContain("actions done"));
        page.WaitForAssertion(() =>
            JSInterop.Invocations["luware.arrive"].Count.ShouldBe(heads + 1, "the heading that comes takes the focus of the one that goes"));
    }

    [Fact]
    public async Task An_approval_that_can_stop_calls_puts_the_way_back_into_the_persons_hands_at_once()
    {
        Open(Scenes.Planned);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("Approve plan"));
        page.Find(".decide").TextContent.ShouldContain("The script that takes it back is saved with your downloads");

        await page.PressAsync("Approve plan");

        page.WaitForAssertion(() => JSInterop.VerifyInvoke("luware.save", calledTimes: 1));
    }

    [Fact]
    public async Task An_approval_that_came_too_late_says_why()
    {
        var engine = Open(Scenes.Planned);
        engine.Answer = new Decision(Scenes.S("Grants.TooManyGroups.What"));
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("Approve plan"));

        await page.PressAsync("Approve plan");

        page.WaitForAssertion(() => page.Find(".decide .problem").TextContent.ShouldContain("64 groups"));
    }

    [Fact]
    public void Open_questions_are_listed_and_hold_the_approval_back()
    {
        Open(Scenes.Asking);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("#questions").TextContent.ShouldBe("Still to be chosen"));
        page.Button("Approve plan").IsOff().ShouldBeTrue();
        page.Find(".choices").TextContent.ShouldContain("Anna Vogt");
    }

    [Fact]
    public async Task An_open_question_leads_to_its_choices_and_so_does_the_button_that_waits_for_it()
    {
        const string Choices = "#choices-grants :is(input, select, textarea, button), #change-grants[aria-expanded=false]";
        var engine = Open(Scenes.Asking);
        var page = RenderPage();
        page.WaitForElement("#questions + ul .link");
        page.FindAll(Choices).ShouldNotBeEmpty();

        await page.PressAsync("Approve plan");
        await page.WaitForAssertionAsync(() => JSInterop.Invocations["luware.focus"].Count.ShouldBe(1));
        await page.PressAsync(Say["Decision.Questions"]);
        await page.WaitForAssertionAsync(() => JSInterop.Invocations["luware.focus"].Count.ShouldBe(2));
        await page.InvokeAsync(() => page.Find("#questions + ul .link").Click());
        await page.WaitForAssertionAsync(() => JSInterop.Invocations["luware.focus"].Count.ShouldBe(3));

        JSInterop.Invocations["luware.focus"].ShouldAllBe(i => Equals(i.Arguments[0], Choices));
        engine.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Closed_choices_are_found_again_by_their_question()
    {
        Open(Scenes.Asking);
        var page = RenderPage();
        page.WaitForElement("#choices-grants");

        await page.InvokeAsync(() => page.Find("#change-grants").Click());

        page.FindAll("#choices-grants").ShouldBeEmpty();
        page.FindAll("#change-grants[aria-expanded=false]").ShouldHaveSingleItem();
    }

    [Fact]
    public void Paused_changes_hold_the_approval_back()
    {
        Open(Scenes.Planned with { WritesStopped = true });

        var page = RenderPage();

        page.WaitForAssertion(() => page.Button("Approve plan").IsOff().ShouldBeTrue());
        page.Find(".decide").TextContent.ShouldContain("paused");
    }
}
