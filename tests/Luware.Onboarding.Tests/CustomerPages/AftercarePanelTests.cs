using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Steps.Grants;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>What the page offers once recording is set up: test calls, checking again, ending recording.</summary>
public sealed class AftercarePanelTests : PageContext
{
    [Fact]
    public async Task Each_test_call_is_told_as_worked_or_not()
    {
        Open(Scenes.Verified);
        var page = RenderPage();
        page.WaitForAssertion(() => page.FindAll(".calls li").Count.ShouldBe(3));
        page.Find("#test-calls + p").TextContent.ShouldContain("Anna Vogt");

        await page.PressAsync("It worked: Inside");
        await page.PressAsync("It did not work: Meeting");

        Aftercare.Asked.ShouldBe(["call Inside luwarerecordingfailclose1 True", "call Meeting luwarerecordingfailclose1 False"]);
    }

    [Fact]
    public async Task Where_there_are_several_policies_each_has_its_own_calls_and_callers()
    {
        var verified = Scenes.Verified;
        var second = new PlannedObject("effect/2", "Ben Roth", new("Grants.Kind.Effect"), ObjectState.Found, new(GrantsStep.InForce, "second"), "");
        Open(verified with
        {
            Steps = [.. verified.Steps.Select(s => s.Step == "grants" ? s with { Plan = s.Plan! with { Objects = [.. s.Plan.Objects, second] } } : s)],
            TestCalls = [Told(TestCallKind.Inside, true, Scenes.Policy), Told(TestCallKind.Inside, false, "second")],
        });
        var page = RenderPage();
        page.WaitForAssertion(() => page.FindAll(".calls li").Count.ShouldBe(6));

        await page.PressAsync("It worked: Inside, second");

        Aftercare.Asked.ShouldBe(["call Inside second True"]);
        page.FindAll(".calls").Select(c => c.PreviousElementSibling!.TextContent.Contains("Ben Roth", StringComparison.Ordinal)).ShouldBe([false, true]);
        page.FindAll(".calls li:first-child [role=status]").Select(s => s.TextContent.Trim()[..3]).ShouldBe(["Wor", "Did"]);
    }

    [Fact]
    public void What_becomes_of_people_who_join_or_leave_later_is_said()
    {
        Open(Scenes.Verified);
        var page = RenderPage();

        page.WaitForElement("#join-and-leave");
        page.FindAll("section[aria-labelledby=join-and-leave] li").Select(l => l.TextContent).ShouldBe(JoinAndLeave.Lines.Select(l => Say[l]));
    }

    [Fact]
    public async Task A_call_that_could_not_be_told_says_why()
    {
        Open(Scenes.Verified);
        Aftercare.Answer = new Decision(Scenes.S("Engine.ScopesMissing"));
        var page = RenderPage();
        page.WaitForState(() => page.FindAll(".calls").Count > 0);

        await page.PressAsync("It worked: Inside");

        page.WaitForAssertion(() => page.Find("[role=alert].problem").TextContent.ShouldBe(Say[Aftercare.Answer.Problem!]));
    }

    [Fact]
    public async Task What_cannot_be_taken_back_says_why_where_it_was_asked()
    {
        var engine = Open(Scenes.Verified);
        engine.Answer = new Decision(Scenes.S("Engine.NothingToTakeBack"));
        var page = RenderPage();
        page.WaitForElement("#undo-ask-grants");

        await page.PressAsync(Say["Undo.Ask"]);
        await page.PressAsync(Say["Undo.Do"]);

        page.WaitForAssertion(() => page.Find(".undo [role=alert]").TextContent.ShouldBe(Say[engine.Answer.Problem!]));
        await page.PressAsync(Say["Undo.Keep"]);
        page.FindAll(".undo [role=alert]").ShouldBeEmpty();
    }

    [Fact]
    public void What_was_told_is_shown_with_who_and_when_and_a_failed_call_with_what_to_do()
    {
        var engine = Open(Scenes.Verified with { TestCalls = [Told(TestCallKind.Inside, true), Told(TestCallKind.Outside, false)] });
        var page = RenderPage();

        page.WaitForAssertion(() => page.Find(".calls").TextContent.ShouldContain("Worked, says Jonas Weber, 10:56"));
        page.Markup.ShouldContain("take the grant back at once");
        page.Markup.ShouldContain("Make the test calls below.");

        engine.Show(Scenes.Verified with { TestCalls = [Told(TestCallKind.Inside, true), Told(TestCallKind.Outside, true), Told(TestCallKind.Meeting, true)] });
        page.WaitForAssertion(() => page.Markup.ShouldContain("All three calls worked."));
        page.Markup.ShouldNotContain("Make the test calls below.");
        page.Markup.ShouldNotContain("take the grant back at once");
    }

    [Fact]
    public void The_test_users_trial_is_the_moment_for_the_calls_and_leads_to_everybody()
    {
        var gate = Scenes.Gate;
        var wait = gate.Run!.Waits[0];
        var tried = gate with
        {
            Run = gate.Run with { Waits = [wait with { Gate = wait.Gate! with { TriedBy = "Anna Vogt" } }] },
            TestCalls = [Told(TestCallKind.Inside, true), Told(TestCallKind.Outside, true), Told(TestCallKind.Meeting, true)],
        };
        var engine = Open(gate);
        var page = RenderPage();
        page.WaitForAssertion(() => page.FindAll(".gate").ShouldHaveSingleItem());
        page.FindAll(".calls").ShouldBeEmpty();

        engine.Show(tried);

        page.WaitForAssertion(() => page.Markup.ShouldContain("Go on to everybody: confirm above."));
        page.FindAll(".gate, #test-calls, #actions").Select(e => e.Id is { Length: > 0 } id ? id : e.ClassList[^1])
            .ShouldBe(["gate", "test-calls", "actions"], "the calls that the gate asks for are next to it");
        page.Find(".gate .link").TextContent.ShouldBe("To the test calls");
    }

    [Fact]
    public void Who_comes_back_after_weeks_sees_the_result_with_its_age_and_one_button()
    {
        Open(Scenes.Verified);
        Time.Advance(TimeSpan.FromDays(30));

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("Recording is set up"));
        page.Find(".lead").TextContent.ShouldContain("30 days ago");
        page.Button("Check again").IsOff().ShouldBeFalse();
    }

    [Fact]
    public void What_was_looked_at_last_says_how_long_nothing_was_looked_at()
    {
        var verified = Scenes.Verified;
        var first = verified.Steps[0];
        Open(verified with
        {
            Steps = [first with { Plan = first.Plan! with { ReadAt = Scenes.Now.AddDays(-3) } }, .. verified.Steps.Skip(1)],
        });

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find(".lead").TextContent.ShouldContain("and 10:56"));
        page.Find(".lead").TextContent.ShouldNotContain("nothing was looked at since");
    }

    [Fact]
    public void Whom_the_policy_has_reached_so_far_stands_in_the_first_lines_in_a_sentence_of_its_own()
    {
        var verified = Scenes.Verified;
        var grants = verified.Steps[^1];
        var reached = grants.Plan!.Objects[0] with { Spread = new Spread(1, 39, 0, 0, Scenes.Now) };
        Open(verified with { Steps = [.. verified.Steps.SkipLast(1), grants with { Plan = grants.Plan with { Objects = [reached] } }] });

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("Recording is set up"));
        page.Find(".lead").TextContent.ShouldContain(". People whom the policy has reached so far: 1 of 40.");
    }

    [Theory]
    [InlineData(13, false)]
    [InlineData(15, true)]
    public void The_day_changes_at_the_readers_midnight_and_not_after_a_day_has_passed(int hours, bool saysYesterday)
    {
        // Read at 10:56 in Zurich.
        Open(Scenes.Verified);
        Time.Advance(TimeSpan.FromHours(hours) - TimeSpan.FromMinutes(10));

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("Recording is set up"));
        page.Find(".lead").TextContent.Contains(Say["Verified.Old.One"], StringComparison.Ordinal).ShouldBe(saysYesterday);
    }

    [Fact]
    public void A_persons_word_is_not_called_a_reading()
    {
        var verified = Scenes.Verified;
        var byHand = verified.Steps[^1] with { Status = StepStatus.VerifiedByHand, Plan = verified.Steps[^1].Plan! with { ReadAt = Scenes.Now.AddDays(-3) } };
        var engine = Open(verified with { Steps = [.. verified.Steps.SkipLast(1), byHand] });
        var page = RenderPage();

        page.WaitForAssertion(() => page.Find(".lead").TextContent.ShouldStartWith("Everything in the plan but Grants was read back from Microsoft at 10:56"));
        page.Find(".lead").TextContent.ShouldNotContain("days ago");
        page.FindAll("tbody")[^1].QuerySelectorAll("td:last-child").ShouldAllBe(cell => cell.TextContent.Trim() == "Verified by hand");
        page.FindAll("tbody")[0].QuerySelectorAll("td:last-child").ShouldAllBe(cell => cell.TextContent.Contains("10:56:04"));

        engine.Show(verified with { Steps = [.. verified.Steps.Select(s => s with { Status = StepStatus.VerifiedByHand })] });
        page.WaitForAssertion(() => page.Find(".lead").TextContent.ShouldBe(Say["Verified.TextAllByHand"]));
    }

    [Fact]
    public async Task What_has_changed_since_is_shown_before_and_now_above_the_plan_that_repairs_it()
    {
        var engine = Open(Scenes.Verified);
        engine.OnPlan = () =>
        {
            engine.Show(Scenes.Drifted);
            return Task.CompletedTask;
        };
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("Check again"));

        await page.PressAsync("Check again");

        page.WaitForAssertion(() => page.Find("#drift").TextContent.ShouldBe("Changed since it was verified"));
        var row = page.FindAll(".drift tbody tr").ShouldHaveSingleItem();
        row.TextContent.ShouldContain(Scenes.Policy);
        row.TextContent.ShouldContain("As approved, verified 23/10/2026");
        page.Button("Approve plan");
    }

    [Fact]
    public void What_was_not_read_is_named_as_people_call_it()
    {
        static StepView Unread(StepView step, StepStatus status) => step with
        {
            Status = status, VerifiedAt = Scenes.Now,
            Plan = step.Plan! with
            {
                Objects = [new PlannedObject($"{step.Step}/reading", step.Step, Scenes.S("Engine.Reading"), ObjectState.Unknown, Scenes.S("Grants.Why"), "")],
            },
        };
        var verified = Scenes.Verified;
        var engine = Open(verified with { Steps = [.. verified.Steps.SkipLast(1), Unread(verified.Steps[^1], StepStatus.VerifiedByHand)] });
        var page = RenderPage();

        page.WaitForAssertion(() => page.FindAll("tbody")[^1].QuerySelector("th strong")!.TextContent.ShouldBe("Grants"));

        engine.Show(verified with { Steps = [.. verified.Steps.SkipLast(1), Unread(verified.Steps[^1], StepStatus.ChangedSinceVerified)] });
        page.WaitForAssertion(() => page.Find(".drift tbody th strong").TextContent.ShouldBe("Grants"));
    }

    [Fact]
    public void What_only_a_person_can_put_right_is_not_promised_to_be_put_right_by_an_approval()
    {
        var drifted = Scenes.Drifted;
        var plan = drifted.Steps[2].Plan!;
        var byHand = plan.Objects[0] with { Action = plan.Objects[0].Action! with { OnlyWaits = true } };
        var changed = plan with { Objects = [byHand, .. plan.Objects.Skip(1)] };
        Open(drifted with { Steps = [.. drifted.Steps.Select(s => s.Step == "policies" ? s with { Plan = changed } : s)] });

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("#drift + p").TextContent.ShouldBe(Say["Drift.ByHand"]));
        page.Find(".decide").TextContent.ShouldContain("Approving waits for 1 change that somebody makes outside the portal.");
    }

    [Fact]
    public void The_way_back_is_there_also_while_something_has_changed()
    {
        Open(Scenes.Drifted);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("#undo-ask-grants"));
        page.Find("#drift");
    }

    [Fact]
    public void After_taking_back_the_page_says_so_and_does_not_offer_to_grant_again()
    {
        Open(Scenes.Undone);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("The grant is taken back"));
        page.Find(".lead").TextContent.ShouldBe("Taken back at 10:58, approved by Jonas Weber.");
        page.Find("[role=log]").TextContent.ShouldContain("10:58:04");
        page.FindAll(".decide").ShouldBeEmpty();
        page.Find("a[href='onboarding?show=plan']").TextContent.ShouldBe("See the plan");
        page.Find("a[href='onboarding?show=plan']").ClassList.ShouldNotContain("rz-primary");
        page.Markup.ShouldContain("ask Luware’s helpdesk or your success specialist why calls failed");
        page.Find("p.help a").GetAttribute("href").ShouldBe("https://helpdesk.luware.example/");
    }

    [Fact]
    public void The_plan_can_be_approved_again_after_taking_back()
    {
        Open(Scenes.Undone);

        var page = RenderPage(show: "plan");

        page.WaitForAssertion(() => page.Button("Approve plan").IsOff().ShouldBeFalse());
    }

    [Fact]
    public void A_skipped_step_that_was_read_earlier_does_not_make_the_result_older()
    {
        var view = Scenes.Verified.WithoutChat();
        Open(view with { Steps = [.. view.Steps.SkipLast(1), view.Steps[^1] with { Plan = view.Steps[^1].Plan! with { ReadAt = Scenes.Now.AddDays(-3) } }] });

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find(".lead").TextContent.ShouldContain("at 10:56"));
        page.Find(".lead").TextContent.ShouldNotContain("days ago");
    }

    [Fact]
    public void Nothing_is_called_changed_that_was_never_verified()
    {
        Open(Scenes.Planned);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("Your plan"));
        page.FindAll("#drift").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_portals_access_is_ended_after_the_place_where_its_consent_is_removed_was_shown()
    {
        Open(Scenes.Verified);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("End the portal’s access"));

        await page.PressAsync("End the portal’s access");
        page.WaitForAssertion(() => page.Markup.ShouldContain("Remove-MgServicePrincipal -ServicePrincipalId"));
        Aftercare.Asked.ShouldBeEmpty();
        await page.PressAsync("End access and sign everybody out");

        Aftercare.Asked.ShouldBe(["end"]);
        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/signed-out");
    }

    [Fact]
    public async Task The_keyboard_goes_to_each_question_and_back_to_its_button()
    {
        Open(Scenes.Verified);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Find("#undo-ask-grants"));

        await page.PressAsync("End the portal’s access");
        await FocusAsync(page, "#access-question");
        await page.PressAsync(Say["Access.Keep"]);
        await FocusAsync(page, "#access-ask");

        await page.PressAsync(Say["Undo.Ask"]);
        await FocusAsync(page, "#undo-question-grants");
        await page.PressAsync(Say["Undo.Keep"]);
        await FocusAsync(page, "#undo-ask-grants");
    }

    [Fact]
    public async Task Where_the_portal_may_not_look_it_says_so_and_why_the_access_cannot_be_ended()
    {
        Open(Scenes.Verified);
        Aftercare.ObjectId = null;
        Aftercare.Answer = new Decision(Scenes.S("Engine.AccessInUse"));
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("End the portal’s access"));

        await page.PressAsync("End the portal’s access");
        page.WaitForAssertion(() => page.Markup.ShouldContain("could not look it up"));
        await page.PressAsync("End access and sign everybody out");

        page.WaitForAssertion(() => page.Find("[role=alert].problem").TextContent.ShouldContain("still on its way"));
    }

    [Fact]
    public void After_the_end_it_says_what_is_gone_what_stays_and_how_to_begin_again()
    {
        Open(Scenes.Offboarded);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("Recording has ended"));
        page.Find(".lead").TextContent.ShouldEndWith("read back as gone at 10:56.", Case.Sensitive, "whatever was told of the tenant later");
        page.FindAll("table")[0].QuerySelectorAll("tbody tr").Length.ShouldBe(2);
        page.FindAll("table")[0].TextContent.ShouldContain("Read back as gone");
        page.FindAll("table")[0].TextContent.ShouldNotContain(
            Say[Scenes.S("Policies.Undo.Kind.OutOfForce")], Case.Sensitive, "what only had to be waited for is no result");
        page.FindAll("table")[1].TextContent.ShouldContain("luwarerecording-mtde-1@fabrikam.de");
        page.FindAll("a").ShouldContain(a => a.GetAttribute("href") == "onboarding?show=plan");
    }

    [Fact]
    public void A_running_end_has_a_title_of_its_own_and_no_second_way_back_beside_it()
    {
        var view = Scenes.Running;
        Open(view with { Run = view.Run! with { Kind = RunKind.Offboard } });

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldStartWith("Ending recording:"));
        page.FindAll(".undo").ShouldBeEmpty();
    }

    [Fact]
    public void A_taking_back_that_has_begun_nothing_yet_counts_nothing()
    {
        Open(Scenes.Running with { Run = Scenes.Running.Run! with { Kind = RunKind.Undo, State = RunState.Running, Actions = [] } });

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("Being taken back …"));
    }

    [Theory]
    [InlineData("whitelisting", "Stop and undo")]
    [InlineData("grants", "End recording")]
    public void Recording_is_ended_once_somebody_is_recorded_and_before_that_the_onboarding_is_stopped(string done, string title)
    {
        var running = Scenes.Running;
        Open(running with { Steps = [.. running.Steps.Select(s => s with { CanUndo = s.Step == done })] });

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("#end").TextContent.ShouldBe(title));
    }

    [Theory]
    [InlineData("grants", true)]
    [InlineData("security-groups", false)]
    public void Recording_that_a_script_has_set_up_can_be_ended_although_nothing_was_ever_approved(string found, bool isOffered)
    {
        var planned = Scenes.Planned;
        Open(planned with { Steps = [.. planned.Steps.Select((s, i) => i > 0 ? s : s with { Step = found, CanUndo = true })] });

        var page = RenderPage();

        page.WaitForAssertion(() => page.FindAll("section.plan, .plan").ShouldNotBeEmpty());
        page.FindAll("a[href=offboarding]").Count.ShouldBe(isOffered ? 1 : 0);
    }

    private async Task FocusAsync(IRenderedComponent<Luware.Onboarding.CustomerPages.Following> page, string place)
    {
        await page.WaitForAssertionAsync(() => Focused().ShouldBe(place));
        page.FindAll(place).ShouldHaveSingleItem();
    }

    private static TestCallView Told(TestCallKind kind, bool worked, string policy = Scenes.Policy) => new(kind, policy, worked, "Jonas Weber", Scenes.Now);
}
