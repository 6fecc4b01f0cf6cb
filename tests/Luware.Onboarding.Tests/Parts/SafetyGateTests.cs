using System.Globalization;
using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Tests.CustomerPages;

namespace Luware.Onboarding.Tests.Parts;

public sealed class SafetyGateTests : PageContext
{
    [Theory]
    [InlineData("40", 40, true)]
    [InlineData(" 40 ", 40, true)]
    [InlineData("1,200", 1200, true)]
    [InlineData("1200", 1200, true)]
    [InlineData("", 40, false)]
    [InlineData("4", 40, false)]
    [InlineData("41", 40, false)]
    [InlineData("-40", 40, false)]
    [InlineData("40.0", 40, false)]
    [InlineData("0x28", 40, false)]
    [InlineData("forty", 40, false)]
    [InlineData("99999999999999999999", 40, false)]
    public void Only_the_number_of_people_opens_it(string typed, int people, bool opens) =>
        SafetyGate.IsNumber(typed, people).ShouldBe(opens);

    [Fact]
    public void Thousands_are_separated_as_the_reader_does()
    {
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        SafetyGate.IsNumber("1.200", 1200).ShouldBeTrue();
    }

    [Fact]
    public async Task The_button_stays_grey_until_the_number_is_right_and_a_live_region_says_so()
    {
        var asked = 0;
        var gate = RenderGate(_ => { asked++; return Decision.Accepted; });
        gate.Find("#people-hint-grants").GetAttribute("role").ShouldBe("status");

        await gate.InvokeAsync(() => gate.Find("#people-grants").Input("39"));
        gate.Find("button[type=submit]").IsOff().ShouldBeTrue();
        await gate.InvokeAsync(() => gate.Find("form").Submit());
        asked.ShouldBe(0);

        await gate.InvokeAsync(() => gate.Find("#people-grants").Input("40"));
        gate.Find("#people-hint-grants").TextContent.ShouldContain("That is right");
        gate.Find("button[type=submit]").IsOff().ShouldBeFalse();
        await gate.InvokeAsync(() => gate.Find("form").Submit());
        asked.ShouldBe(1);
    }

    [Theory]
    [InlineData("4", false)]
    [InlineData("12", true)]
    [InlineData("401", true)]
    public async Task A_wrong_number_is_answered_as_soon_as_it_cannot_become_the_right_one(string typed, bool answered)
    {
        var gate = RenderGate(_ => Decision.Accepted);

        await gate.InvokeAsync(() => gate.Find("#people-grants").Input(typed));

        gate.Find("#people-hint-grants").TextContent.Contains("That is not 40.", StringComparison.Ordinal).ShouldBe(answered);
    }

    [Fact]
    public async Task The_way_back_is_saved_once_before_anything_is_confirmed()
    {
        var gate = RenderGate(_ => Decision.Accepted);
        await gate.InvokeAsync(() => gate.Find("#people-grants").Input("40"));
        gate.Render();

        JSInterop.VerifyInvoke("luware.save", calledTimes: 1);
        gate.Markup.ShouldContain("Saved with your downloads at 10:06 UTC");
    }

    [Fact]
    public async Task A_number_that_has_changed_meanwhile_is_said_and_the_gate_stays()
    {
        var gate = RenderGate(_ => new Decision(Scenes.S("Grants.Group.Many", "41")));

        await gate.InvokeAsync(() => gate.Find("#people-grants").Input("40"));
        await gate.InvokeAsync(() => gate.Find("form").Submit());

        gate.Find("[role=alert]").TextContent.ShouldBe("Found with 41 members");
    }

    [Fact]
    public async Task What_is_confirmed_is_not_asked_again_before_the_run_goes_on()
    {
        var asked = 0;
        var gate = RenderGate(_ => { asked++; return Decision.Accepted; });
        await gate.InvokeAsync(() => gate.Find("#people-grants").Input("40"));

        await gate.InvokeAsync(() => gate.Find("form").Submit());
        await gate.InvokeAsync(() => gate.Find("form").Submit());

        asked.ShouldBe(1);
        gate.Find("button[type=submit]").IsOff().ShouldBeTrue();
        gate.Markup.ShouldContain(Say["Gate.Confirmed"]);
    }

    [Fact]
    public async Task What_goes_wrong_is_for_the_panel_around_and_the_button_can_be_pressed_again()
    {
        var gate = RenderGate(_ => throw new InvalidOperationException());
        await gate.InvokeAsync(() => gate.Find("#people-grants").Input("40"));

        await Should.ThrowAsync<InvalidOperationException>(() => gate.InvokeAsync(() => gate.Find("form").SubmitAsync()));

        gate.Render();
        gate.Find("button[type=submit]").IsOff().ShouldBeFalse();
    }

    [Fact]
    public async Task Where_people_cannot_be_counted_no_number_is_asked_for()
    {
        int? confirmed = null;
        var gate = RenderGate(people => { confirmed = people; return Decision.Accepted; }, people: 0);
        gate.FindAll("#people-grants").ShouldBeEmpty();
        gate.Markup.ShouldContain("knows of nobody who has this policy");

        await gate.InvokeAsync(() => gate.Find("form").Submit());

        confirmed.ShouldBe(0);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(0)]
    public void What_holds_for_some_rules_only_is_said_as_that(int people)
    {
        var gate = RenderGate(_ => Decision.Accepted, people);

        gate.Markup.ShouldContain("here it requires Luware’s recorder and the recorder does not answer");
        gate.Find("h3").TextContent.ShouldStartWith("If the policy requires the recorder before a call");
        gate.Markup.ShouldNotContain("fail close", Case.Insensitive, "the policy may fail open in part");
    }

    [Fact]
    public void Who_has_it_first_is_to_be_called_before_it_is_confirmed()
    {
        RenderGate(_ => Decision.Accepted).Markup.ShouldNotContain("test call");
        RenderGate(_ => Decision.Accepted, triedBy: "Anna Vogt").Markup.ShouldContain(
            "Make at least one of the test calls with Anna Vogt and check that it was recorded; confirm after that.");
    }

    [Fact]
    public async Task A_test_call_that_did_not_work_is_said_and_holds_the_button()
    {
        var untried = RenderGate(_ => Decision.Accepted, failed: true);
        var gate = RenderGate(_ => Decision.Accepted, triedBy: "Anna Vogt", failed: true);
        foreach (var shown in (IRenderedComponent<SafetyGate>[])[untried, gate])
            await shown.InvokeAsync(() => shown.Find("#people-grants").Input("40"));

        gate.Markup.ShouldContain("A test call did not work");
        gate.Find("#people-hint-grants").TextContent.ShouldBe(
            "The number is right, but a test call did not work. First report one that worked, under “Test calls”.");
        untried.Find("#people-hint-grants").TextContent.ShouldBe(Say["Gate.Right"]);
        (gate.Find("button[type=submit]").IsOff(), untried.Find("button[type=submit]").IsOff()).ShouldBe((true, false));
    }

    [Fact]
    public void A_gate_that_is_only_looked_at_saves_nothing()
    {
        var gate = RenderGate(_ => Decision.Accepted);

        JSInterop.VerifyNotInvoke("luware.save");
        gate.Find("a[download]").GetAttribute("href").ShouldBe("downloads/undo/grants.ps1");
    }

    [Fact]
    public async Task Not_now_folds_it_away_and_the_keyboard_stays_at_it()
    {
        var gate = RenderGate(_ => Decision.Accepted);
        await gate.InvokeAsync(() => gate.Find("#people-grants").Input("40"));

        await gate.PressAsync("Not now");
        gate.FindAll("form").ShouldBeEmpty();
        JSInterop.Invocations["luware.focus"][^1].Arguments.ShouldBe(["#open-grants"]);

        await gate.PressAsync("Confirm 40 people …");
        gate.Find("button[type=submit]").IsOff().ShouldBeTrue("the number is typed anew");
        JSInterop.Invocations["luware.focus"][^1].Arguments.ShouldBe(["#people-grants"]);
    }

    [Fact]
    public async Task Where_there_is_no_number_to_type_the_keyboard_comes_back_to_the_sentence()
    {
        var gate = RenderGate(_ => Decision.Accepted, people: 0);

        await gate.PressAsync("Not now");
        await gate.InvokeAsync(() => gate.Find("#open-grants").Click());

        JSInterop.Invocations["luware.focus"][^1].Arguments.ShouldBe(["#uncounted-grants"]);
        gate.Find("#uncounted-grants").GetAttribute("tabindex").ShouldBe("-1");
    }

    private IRenderedComponent<SafetyGate> RenderGate(Func<int, Decision> confirm, int people = 40, string? triedBy = null, bool failed = false) =>
        Render<SafetyGate>(p => p
            .Add(g => g.Wait, new WaitView("grants", WaitsFor.Customer, Scenes.S("Grants.Why"), Scenes.Now, null, null,
                new GateView("grant", people, ["Anna Vogt"], ReadyFlag: true) { TriedBy = triedBy }, null))
            .Add(g => g.CallFailed, failed)
            .Add(g => g.WayBack, () => Task.FromResult<WayBack?>(new WayBack("Remove-CsGroupPolicyAssignment", "downloads/undo/grants.ps1")))
            .Add(g => g.Confirm, typed => Task.FromResult<Decision?>(confirm(typed))));
}
