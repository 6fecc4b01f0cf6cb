using Bunit;
using Bunit.TestDoubles;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>A step's page: approved alone, followed in place, and left automatically.</summary>
public sealed class StepPageTests : PageContext
{
    [Fact]
    public async Task A_step_is_approved_alone_and_followed_in_place()
    {
        var engine = Open(With(Scenes.Planned, "whitelisting", s => s with { Approval = new StepApproval("5e1f", ["whitelisting"]) }));
        var page = RenderPage("whitelisting");
        page.WaitForAssertion(() => page.Find(".decide").TextContent.ShouldContain("The approval covers Whitelisting, and nothing else."));
        page.Find(".decide").TextContent.ShouldContain("Approving creates 2 objects.");

        await page.PressAsync("Approve step");

        page.WaitForAssertion(() => engine.Asked.ShouldBe(["approve 5e1f"]));
        Navigated().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_comes_along_is_said_and_opens_by_itself()
    {
        var planned = Scenes.Planned;
        var engine = Open(With(planned, "whitelisting", s => s with { Approval = new StepApproval("5e1f", ["whitelisting", "consent"]) }));
        var page = RenderPage("whitelisting");
        page.WaitForAssertion(() => page.Find(".decide").TextContent.ShouldContain(
            "covers Whitelisting, Consent, and nothing else. Microsoft’s page for your consent opens next."));

        await page.PressAsync("Approve step");

        page.WaitForAssertion(() => Navigated().ShouldBe(["/consent/go/1"]));
        engine.Asked.ShouldBe(["approve 5e1f"]);
    }

    [Fact]
    public void What_a_step_rests_on_comes_first()
    {
        Open(With(Scenes.Planned, "grants", s => s with { NeededFirst = ["consent", "policies"], Status = StepStatus.Ready }));

        var page = RenderPage("grants");

        page.WaitForAssertion(() => page.Find(".decide").TextContent.ShouldContain("First comes: Consent, Policies."));
        page.Find(".decide a.rz-primary").GetAttribute("href").ShouldBe("onboarding/consent");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_test_call_is_told_on_the_page_of_the_step_that_waits_for_it(bool asked)
    {
        var wait = Scenes.Gate.Run!.Waits[0];
        var waits = asked
            ? wait with { Gate = wait.Gate! with { TriedBy = "Anna Vogt" } }
            : wait with { Gate = null, For = new Sentence("Engine.TestCallStands") };
        var view = Scenes.Gate with { Run = Scenes.Gate.Run with { Waits = [waits] } };
        var engine = Open(view);
        var page = RenderPage(wait.Step);
        page.WaitForAssertion(() => page.FindAll(".calls").ShouldHaveSingleItem());

        engine.Show(view with { Run = view.Run! with { Waits = [waits with { Step = "policies" }] } });

        page.WaitForAssertion(() => page.FindAll(".calls").ShouldBeEmpty());
    }

    [Fact]
    public void A_step_that_is_verified_while_it_is_followed_leads_to_the_next_that_asks_something()
    {
        var running = With(Scenes.Running, "grants", s => s with { Approval = new StepApproval("9a", ["grants"]) });
        var engine = Open(running with { Run = running.Run! with { Steps = new HashSet<string> { "policies" }, Waits = [] } });
        var page = RenderPage("policies");
        page.WaitForAssertion(() => page.Find("#actions").TextContent.ShouldBe("1 of 3 actions done"));
        page.Find(".lead").TextContent.ShouldContain("Approved by Jonas Weber");
        JSInterop.VerifyInvoke("luware.focus").Arguments.ShouldBe(["h1"]);

        engine.Show(With(engine.View!, "policies", s => s with { Status = StepStatus.Verified }));

        page.WaitForAssertion(() => Navigated().ShouldBe(["onboarding/grants?after=policies"]));
    }

    [Fact]
    public void Where_nothing_asks_for_the_person_any_more_the_whole_run_is_shown()
    {
        var running = Scenes.Running;
        var engine = Open(running with { Run = running.Run! with { Steps = new HashSet<string> { "policies" }, Waits = [] } });
        var page = RenderPage("policies");
        page.WaitForAssertion(() => page.Find("#actions"));

        engine.Show(With(engine.View!, "policies", s => s with { Status = StepStatus.WaitingOnLuware }));

        page.WaitForAssertion(() => Navigated().ShouldBe(["onboarding?after=policies"]));
    }

    [Fact]
    public void Whoever_only_looks_at_a_step_stays_there()
    {
        Open(Scenes.Verified);

        var page = RenderPage("policies");

        page.WaitForAssertion(() => page.Heading().ShouldBe("3 Policies"));
        Navigated().ShouldBeEmpty();
    }

    [Fact]
    public void A_sign_in_after_the_session_has_ended_leads_back_to_where_the_person_was()
    {
        Open(Scenes.Planned).SessionEnded = true;
        Services.GetRequiredService<NavigationManager>().NavigateTo("onboarding/policies?after=whitelisting");
        Authorization.SetNotAuthorized();

        var page = RenderPage("policies");

        page.WaitForAssertion(() => page.Heading().ShouldBe("You are signed out"));
        page.Find("a.rz-primary").GetAttribute("href").ShouldBe("sign-in?returnUrl=%2Fonboarding%2Fpolicies%3Fafter%3Dwhitelisting");
    }

    private IReadOnlyList<string> Navigated() =>
        [.. ((BunitNavigationManager)Services.GetRequiredService<NavigationManager>()).History.Select(h => h.Uri)];

    private static OnboardingView With(OnboardingView view, string step, Func<StepView, StepView> change) =>
        view with { Steps = [.. view.Steps.Select(s => s.Step == step ? change(s) : s)] };
}
