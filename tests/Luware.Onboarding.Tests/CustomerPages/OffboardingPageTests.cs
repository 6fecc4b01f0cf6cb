using Bunit;
using Bunit.TestDoubles;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.CustomerPages;

public sealed class OffboardingPageTests : PageContext
{
    [Fact]
    public void It_shows_what_goes_in_which_order_and_what_stays_with_its_place()
    {
        Open(Scenes.Verified);

        var page = RenderOffboarding();

        page.WaitForAssertion(() => page.Heading().ShouldBe("End recording"));
        page.WaitForAssertion(() => page.FindAll("#going").ShouldHaveSingleItem());
        var tables = page.FindAll("table");
        tables[0].QuerySelectorAll("tbody th strong").Select(n => n.TextContent)
            .ShouldBe([$"{Scenes.Policy} → {Scenes.Group}", Scenes.Policy, Scenes.Policy]);
        tables[0].TextContent.ShouldContain("40 people");
        tables[0].TextContent.ShouldContain("members are looked up, of large groups a part");
        tables[1].QuerySelector("a")!.GetAttribute("href").ShouldBe("https://entra.microsoft.com/#user");
        page.Find(".decide").TextContent.ShouldContain("The calls of 40 people are no longer recorded");
    }

    [Fact]
    public void A_colleague_with_a_step_of_their_own_is_told_whose_it_is_and_nothing_is_read()
    {
        Open(Scenes.Verified.NarrowTo(new HashSet<string> { "consent" }));
        Aftercare.Plan = () => throw new UnauthorizedAccessException("It is not theirs.");

        var page = RenderOffboarding();

        page.WaitForAssertion(() => page.Find(".state").TextContent.ShouldContain(Say["Offboarding.Handed"]));
        page.Heading().ShouldBe("End recording");
        page.FindAll("table, .decide").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_exact_command_is_folded_beneath_each_object()
    {
        Open(Scenes.Verified);
        var page = RenderOffboarding();
        page.WaitForAssertion(() => page.FindAll("tbody button").Count.ShouldBe(4));

        await page.InvokeAsync(() => page.FindAll("tbody button")[2].Click());

        page.WaitForAssertion(() => page.Find(".folded code").TextContent.ShouldBe($"Remove-CsTeamsComplianceRecordingPolicy -Identity '{Scenes.Policy}'"));
    }

    [Fact]
    public async Task It_is_approved_by_typing_the_tenants_name_and_followed_where_its_run_is_seen()
    {
        Open(Scenes.Verified);
        var page = RenderOffboarding();
        page.WaitForAssertion(() => page.Button("Take it all back").IsOff().ShouldBeTrue());

        page.Find("#tenant-name").Input("Contoso");
        page.Button("Take it all back").IsOff().ShouldBeTrue();
        page.Find("#tenant-name").Input(" fabrikam gmbh ");
        await page.PressAsync("Take it all back");

        Aftercare.Asked.ShouldBe(["offboard grants policies"]);
        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/onboarding");
    }

    [Fact]
    public async Task A_refusal_is_said_beside_the_button()
    {
        Open(Scenes.Verified);
        Aftercare.Answer = new Decision(Scenes.S("Engine.UndoFirst"));
        var page = RenderOffboarding();
        page.WaitForAssertion(() => page.Find("#tenant-name"));
        page.Find("#tenant-name").Input("Fabrikam GmbH");

        await page.PressAsync("Take it all back");

        page.WaitForAssertion(() => page.Find(".decide .problem").TextContent.ShouldNotBeEmpty());
    }

    [Fact]
    public void What_could_not_be_read_holds_the_approval_back()
    {
        Open(Scenes.Verified);
        var plan = Scenes.Offboarding;
        Aftercare.Plan = () => plan with
        {
            Steps = [.. plan.Steps.Select(s => s with { Objects = [.. s.Objects.Select(o => o with { State = ObjectState.Unknown })] })],
        };
        var page = RenderOffboarding();
        page.WaitForAssertion(() => page.Find("#tenant-name"));

        page.Find("#tenant-name").Input("Fabrikam GmbH");

        page.Button("Take it all back").IsOff().ShouldBeTrue();
        page.Find(".decide").TextContent.ShouldContain("could not be read");
    }

    [Fact]
    public void The_bar_says_why_its_button_does_nothing_yet()
    {
        Open(Scenes.Verified);
        var page = RenderOffboarding();
        page.WaitForAssertion(() => page.Find(".decide").TextContent.ShouldContain("First type the name of your tenant in the field at the end of the page."));

        page.Find("#tenant-name").Input("Fabrikam GmbH");

        page.Find(".decide").TextContent.ShouldContain(Say["Offboarding.Slowly"]);
    }

    [Fact]
    public void Where_the_portal_can_take_nothing_back_it_says_why_what_it_has_made_and_whom_to_ask()
    {
        Open(Scenes.Verified);
        var plan = Scenes.Offboarding;
        Aftercare.Plan = () => plan with
        {
            Obstacle = Scenes.S("Engine.OffboardingRegionGone", "MTDE"),
            Steps =
            [
                .. plan.Steps.Select(s => s with
                {
                    Objects = [.. s.Objects.Select(o => o with { State = ObjectState.Different, Action = null, Detail = "", Link = null })],
                }),
            ],
        };

        var page = RenderOffboarding();

        page.WaitForAssertion(() => page.Find("[role=note]").TextContent.ShouldContain("Luware’s region MTDE is not set up any more"));
        page.Find("#staying").TextContent.ShouldBe("What the portal has made, in the order in which a person removes it");
        page.FindAll("#going, .decide").ShouldBeEmpty();
        page.Markup.ShouldNotContain("nothing that is left to take back");
        page.Markup.ShouldNotContain("By the command");
    }

    [Fact]
    public void Where_nothing_was_made_there_is_nothing_to_approve()
    {
        Open(Scenes.Planned);
        Aftercare.Plan = () => Scenes.Offboarding with { Steps = [] };

        var page = RenderOffboarding();

        page.WaitForAssertion(() => page.Markup.ShouldContain("nothing that is left to take back"));
        page.FindAll(".decide").ShouldBeEmpty();
    }

    [Fact]
    public void A_lost_sign_in_and_an_ended_session_are_said()
    {
        Open(Scenes.Verified);
        Aftercare.Plan = () => throw new SignInRequiredException("AADSTS50173");
        var page = RenderOffboarding();
        page.WaitForAssertion(() => page.Find(".reading-note a.rz-button").GetAttribute("href").ShouldBe("sign-in?returnUrl=/offboarding"));
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Your tenant is being read again"));

        Aftercare.SessionEnded = true;
        page = RenderOffboarding();
        page.WaitForAssertion(() => page.Heading().ShouldBe("You are signed out"));
    }

    [Fact]
    public void One_that_is_on_its_way_leads_to_where_it_is_seen()
    {
        Open(Scenes.Offboarded with { Run = Scenes.Offboarded.Run! with { State = RunState.Waiting } });

        var page = RenderOffboarding();

        page.WaitForAssertion(() => page.Markup.ShouldContain("Recording is being ended already"));
    }
}
