using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>How a run ended, and the way back from what it made.</summary>
public sealed class RunEndTests : PageContext
{
    [Fact]
    public void The_result_shows_before_and_now_with_the_second_of_each_reading()
    {
        Open(Scenes.Verified);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("Recording is set up"));
        var rows = page.FindAll("table tbody tr").Select(r => r.TextContent).ToList();
        rows.Count.ShouldBe(9);
        rows[0].ShouldContain("Absent");
        rows[0].ShouldContain("10:56:04");
        rows[2].ShouldContain("Not looked at");
    }

    [Theory]
    [InlineData(RunKind.Apply, "Recording is set up")]
    [InlineData(RunKind.Undo, "The run stopped after 4 of 8 actions")]
    [InlineData(RunKind.Offboard, "The run stopped after 4 of 8 actions")]
    public void What_is_verified_after_a_run_that_failed_is_shown_as_that(RunKind kind, string heading)
    {
        Open(Failed(Scenes.Verified with { Run = Scenes.Running.Run }, kind));

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe(heading));
    }

    [Theory]
    [InlineData(RunKind.Apply, "Run.AfterFailure")]
    [InlineData(RunKind.Undo, "Run.AfterFailedUndo")]
    [InlineData(RunKind.Offboard, "Run.AfterFailedUndo")]
    public void A_run_that_failed_leads_on_to_the_plan_and_promises_nothing(RunKind kind, string says)
    {
        var failed = Failed(Scenes.Running, kind);
        var engine = Open(failed);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find(".newer-plan p").TextContent.ShouldBe(Say[says]));
        page.Find(".newer-plan a").GetAttribute("href").ShouldBe("onboarding?show=plan");
        engine.Show(failed with { Digest = "7f3c" });
        page.WaitForAssertion(() => page.Find(".newer-plan p").TextContent.ShouldBe(Say[says], "what it was to bring about is not approved any more"));
    }

    [Fact]
    public void What_still_waits_to_be_taken_back_holds_no_approval_up_and_the_page_leads_to_the_plan()
    {
        var running = Scenes.Running;
        var what = Scenes.S("Grants.Undo.WaitForGroup", Scenes.Policy, "Anna Vogt");
        var wait = new WaitView("grants", WaitsFor.Microsoft, what, Scenes.Now, null, null, null, null);
        Open(running with { Digest = "7f3c", Run = running.Run! with { Kind = RunKind.Undo, Waits = [wait with { YieldsToApproval = true }] } });

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find(".newer-plan p").TextContent.ShouldBe(Say["Run.ApproveAgain"]));
        page.Find(".newer-plan a").GetAttribute("href").ShouldBe("onboarding?show=plan");
    }

    [Fact]
    public async Task Taking_back_asks_once_more()
    {
        var engine = Open(Scenes.Verified);
        var page = RenderPage("grants");
        page.WaitForAssertion(() => page.Button("Take the grant back"));
        page.Find(".undo a[download]").GetAttribute("href").ShouldBe("downloads/undo/grants.ps1");

        await page.PressAsync("Take the grant back");
        engine.Asked.ShouldBeEmpty();
        await page.PressAsync("Yes, take it back");

        page.WaitForAssertion(() => engine.Asked.ShouldBe(["undo grants"]));
    }

    [Fact]
    public void The_way_back_is_there_from_the_grant_on_and_not_before()
    {
        var engine = Open(Scenes.Running);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Heading().ShouldBe("4 of 8 actions done"));
        page.FindAll(".undo").ShouldBeEmpty();

        engine.Show(Granted(Scenes.Running));

        page.WaitForAssertion(() => page.FindAll(".undo").Count.ShouldBe(1));
    }

    [Theory]
    [InlineData(RunState.Running, 0)]
    [InlineData(RunState.Waiting, 1)]
    [InlineData(RunState.Failed, 1)]
    public void The_way_back_is_offered_again_after_an_attempt_that_failed_or_waits(RunState state, int offers)
    {
        Open(Granted(Scenes.Running) with { Run = Scenes.Running.Run! with { Kind = RunKind.Undo, State = state, Waits = [] } });

        var page = RenderPage("grants");

        page.WaitForAssertion(() => page.FindAll(".undo").Count.ShouldBe(offers));
    }

    [Theory]
    [InlineData(RunState.Running, 0)]
    [InlineData(RunState.Waiting, 1)]
    public void An_end_of_recording_that_waits_can_be_asked_for_anew(RunState state, int offers)
    {
        Open(Granted(Scenes.Running) with { Run = Scenes.Running.Run! with { Kind = RunKind.Offboard, State = state, Waits = [] } });

        var page = RenderPage();

        page.WaitForAssertion(() => page.FindAll(".end").Count.ShouldBe(offers));
    }

    private static OnboardingView Failed(OnboardingView view, RunKind kind) =>
        view with { Run = view.Run! with { Kind = kind, State = RunState.Failed, Waits = [] } };

    /// <summary>The grant was begun and not undone.</summary>
    private static OnboardingView Granted(OnboardingView view) =>
        view with { Steps = [.. view.Steps.SkipLast(1), view.Steps[^1] with { CanUndo = true }] };
}
