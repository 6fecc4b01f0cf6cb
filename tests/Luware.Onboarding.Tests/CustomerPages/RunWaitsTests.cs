using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>Whom and what a run waits for, as the page says it.</summary>
public sealed class RunWaitsTests : PageContext
{
    [Theory]
    [InlineData(RunKind.Apply, 1)]
    [InlineData(RunKind.Offboard, 0)]
    public void How_much_Microsoft_shows_already_is_said_of_what_is_made_and_not_of_what_is_taken_back(RunKind kind, int trackers)
    {
        Open(Scenes.Running with { Run = Scenes.Running.Run! with { Kind = kind } });

        var page = RenderPage();

        page.WaitForAssertion(() => page.FindAll(".wait").ShouldNotBeEmpty());
        page.FindAll(".tracker").Count.ShouldBe(trackers);
    }

    /// <summary>What has not begun is not on its way.</summary>
    [Theory]
    [InlineData(ActionState.Done, ActionState.Waiting, "2 on the way")]
    [InlineData(ActionState.Waiting, ActionState.Later, null)]
    public void A_wait_for_microsoft_counts_the_objects_that_were_made(ActionState first, ActionState second, string? onTheWay)
    {
        var step = Scenes.Planned.Steps[1];
        var wait = new WaitView(step.Step, WaitsFor.Microsoft, Scenes.S("Engine.NotThereYet"), Scenes.Now, Scenes.Now.AddMinutes(1), null, null, null);
        var actions = step.Plan!.Objects.Zip([first, second], (o, state) => new ActionView(step.Step, o.Action!.Key, o.Action.Title, state, null));
        Open(Scenes.Planned with { Run = Scenes.Running.Run! with { Actions = [.. actions], Waits = [wait] } });

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("ul.waits").TextContent.ShouldContain("Whitelisting"));
        page.Find("ul.waits").TextContent.Contains("on the way", StringComparison.Ordinal).ShouldBe(onTheWay is not null);
        if (onTheWay is not null)
            page.Find("ul.waits").TextContent.ShouldContain(onTheWay);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_wait_for_luware_says_that_the_customer_has_nothing_to_do_and_whom_to_ask(bool hasOwner)
    {
        var running = Scenes.Running;
        Open(hasOwner ? running with { Tenant = running.Tenant with { Specialist = new Contact("Nina Keller", "nina.keller@luware.example") } } : running);

        var page = RenderPage();

        page.WaitForAssertion(() =>
            page.FindAll(".wait").Count(w => w.TextContent.Contains("nothing for you to do here", StringComparison.Ordinal)).ShouldBe(1));
        var wait = page.FindAll(".wait").Single(w => w.TextContent.Contains("nothing for you to do here", StringComparison.Ordinal));
        wait.TextContent.ShouldContain("Waiting on Luware");
        if (hasOwner)
            wait.TextContent.ShouldContain("Your success specialist at Luware: Nina Keller");
        wait.QuerySelector("a")!.GetAttribute("href").ShouldBe(hasOwner ? "mailto:nina.keller@luware.example" : "https://helpdesk.luware.example/");
    }

    [Theory]
    [InlineData("Engine.Propagating", true)]
    [InlineData("Engine.ColleagueSignIn", false)]
    public void The_end_of_a_colleagues_admission_is_no_next_reading(string key, bool isRead)
    {
        var wait = new WaitView(
            "grants", WaitsFor.Microsoft, new Sentence(key, "Marco"), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(30), null, null, null);
        Open(Scenes.Running with { Run = Scenes.Running.Run! with { State = RunState.Waiting, Waits = [wait] } });

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("ul.waits").TextContent.Contains("next reading").ShouldBe(isRead));
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public void Only_the_colleague_whom_microsoft_asks_to_sign_in_again_is_led_there(bool isHanded, bool isColleague, bool isLed)
    {
        var signIn = new Uri("/sign-in?returnUrl=/onboarding", UriKind.Relative);
        var what = new Sentence("Engine.ColleagueMustSignIn", "Marco");
        var wait = new WaitView("grants", WaitsFor.Customer, what, Scenes.Now, Scenes.Now.AddDays(30), signIn, null, null)
        {
            Colleague = isColleague ? Scenes.Jonas.Access.PersonId : Guid.NewGuid(),
        };
        var view = Scenes.Running with { Run = Scenes.Running.Run! with { State = RunState.Waiting, Waits = [wait] } };
        Open(isHanded ? view.NarrowTo(new HashSet<string> { "grants" }) : view);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("ul.waits").TextContent.ShouldContain("Marco has this step, and Microsoft wants them to sign in again."));
        page.FindAll("ul.waits a").Count.ShouldBe(isLed ? 1 : 0);
        page.Find("ul.waits").TextContent.ShouldNotContain("next reading");
    }
}
