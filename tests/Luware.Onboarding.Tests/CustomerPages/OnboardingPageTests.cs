using Bunit;
using Bunit.TestDoubles;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.CustomerPages;

public sealed class OnboardingPageTests : PageContext
{
    [Fact]
    public void Without_a_plan_it_reads_the_tenant_by_itself_and_says_which_step_is_being_read()
    {
        var engine = Open(Scenes.Empty);
        var read = new TaskCompletionSource();
        engine.OnPlan = () => read.Task;

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("Reading your tenant"));
        engine.Asked.ShouldBe(["plan all"]);
        page.Find("[role=status] > ul:not([role]) > li.now").TextContent.ShouldContain("Consent");

        engine.Show(Scenes.Planned);
        read.SetResult();
        page.WaitForAssertion(() => page.Heading().ShouldBe("Your plan"));
        engine.Asked.ShouldBe(["plan all"]);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_runs_question_that_was_answered_before_the_page_was_closed_is_read_when_it_is_opened_again(bool isAnswered, bool isHanded)
    {
        var view = Scenes.AskingInRun(isAnswered);
        var engine = Open(isHanded ? view.NarrowTo(new HashSet<string> { "grants" }) : view);

        RenderPage();

        engine.Asked.ShouldBe(isAnswered ? ["plan all"] : []);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_plans_question_that_was_answered_before_the_page_was_closed_is_read_when_it_is_opened_again(bool isAnswered)
    {
        var asking = Scenes.Asking;
        var engine = Open(asking with { Steps = [.. asking.Steps.Select(s => s with { IsOutdated = isAnswered && s.Step == "grants" })] });

        RenderPage();

        engine.Asked.ShouldBe(isAnswered ? ["plan all"] : []);
    }

    [Fact]
    public void A_page_that_joins_anothers_reading_shows_how_far_that_one_is()
    {
        var engine = Open(Scenes.Empty with { Steps = [.. Scenes.Planned.Steps.Take(2), .. Scenes.Empty.Steps.Skip(2)], ReadingSince = Scenes.Now });
        engine.OnPlan = () => new TaskCompletionSource().Task;

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("Reading your tenant"));
        page.FindAll(".ticks li").ToList().FindIndex(li => li.ClassList.Contains("now")).ShouldBe(2);
    }

    [Fact]
    public void Half_of_a_plan_is_not_shown_as_one_while_the_rest_is_being_read()
    {
        var first = Scenes.Planned.Steps[0];
        var half = Scenes.Empty with { Steps = [first with { Plan = first.Plan! with { ReadAt = Time.GetUtcNow() } }, .. Scenes.Empty.Steps.Skip(1)] };
        var engine = Open(Scenes.Empty);
        var read = new TaskCompletionSource();
        engine.OnPlan = () => read.Task;
        var page = RenderPage();
        page.WaitForAssertion(() => page.Heading().ShouldBe("Reading your tenant"));

        engine.Show(half);

        page.WaitForAssertion(() => page.Find("li.now").TextContent.ShouldContain("Whitelisting"));
        page.FindAll(".decide").ShouldBeEmpty("no approval is offered of half a plan");
        engine.Show(Scenes.Planned);
        read.SetResult();
        page.WaitForAssertion(() => page.Heading().ShouldBe("Your plan"));
    }

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

    [Fact]
    public void Who_waits_for_a_worker_sees_the_place_in_the_queue()
    {
        Open(Scenes.Running with { QueuePosition = 3 });

        var page = RenderPage();

        page.WaitForAssertion(() => page.FindAll("p[role=status]").ShouldContain(p => p.TextContent.Contains("Place 3 in the queue")));
    }

    [Fact]
    public void Missing_scopes_lead_to_before_we_begin_by_a_click_and_never_by_themselves()
    {
        Open(Scenes.Empty).OnPlan = () => throw new ScopesMissingException(["Directory.Read.All"]);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("a.rz-button").GetAttribute("href").ShouldBe("before"));
        page.Heading().ShouldBe("The portal may not read your tenant yet");
    }

    [Fact]
    public void Without_a_role_it_says_whom_to_ask_and_reads_nothing()
    {
        var engine = Open(Scenes.Running.Withhold());

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("You need a role to see this"));
        page.Markup.ShouldContain("Global Administrator");
        page.Find("a.rz-button").GetAttribute("href").ShouldBe("before");
        engine.Asked.ShouldBeEmpty();
    }

    [Fact]
    public void A_lost_sign_in_asks_for_a_new_one()
    {
        Open(Scenes.Empty).OnPlan = () => throw new SignInRequiredException("AADSTS50173");

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("a.rz-button").GetAttribute("href").ShouldBe("sign-in?returnUrl=/onboarding"));
    }

    [Fact]
    public async Task What_could_not_be_read_is_said_above_the_plan_that_is_there()
    {
        var engine = Open(Scenes.Planned);
        var answer = new RemoteAnswer("Microsoft Graph", "ServiceUnavailable", "503", "Try later.", "c-1");
        engine.OnPlan = () => throw new TransientException("busy", answer: answer);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("Read again"));

        await page.PressAsync("Read again");

        page.WaitForAssertion(() => page.Find(".reading-note").TextContent.ShouldContain("could not be read just now"));
        page.Find(".reading-note code").TextContent.ShouldContain("c-1");
        page.Heading().ShouldBe("Your plan");
    }

    [Fact]
    public void What_could_not_be_read_gets_no_tick_while_the_rest_is_read()
    {
        var engine = Open(Scenes.Empty);
        engine.OnPlan = () =>
        {
            var (empty, planned) = (Scenes.Empty, Scenes.Planned.Steps[0].Plan!);
            var unread = planned with { ReadAt = Time.GetUtcNow(), Objects = [planned.Objects[0] with { State = ObjectState.Unknown }] };
            engine.Show(empty with { Steps = [empty.Steps[0] with { Plan = unread }, .. empty.Steps.Skip(1)] });
            return new TaskCompletionSource().Task;
        };

        var page = RenderPage();

        page.WaitForAssertion(() =>
            page.FindAll(".reading .sr").Take(2).Select(word => word.TextContent).ShouldBe([$"{Say["Object.Unknown"]}: ", $"{Say["Action.Running"]}: "]));
    }

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

    [Fact]
    public void A_question_that_a_run_waits_for_leads_to_where_it_is_answered_and_not_to_itself()
    {
        var running = Scenes.Running;
        var answeredAt = new Uri("/onboarding/policies", UriKind.Relative);
        var question = new WaitView("policies", WaitsFor.Customer, Scenes.S("Storage.Account.NotNamed"), Scenes.Now, null, answeredAt, null, null);
        Open(running with { Run = running.Run! with { Waits = [question] } });

        var all = RenderPage();
        var one = RenderPage("policies");

        all.WaitForAssertion(() => all.Find(".wait a[href='/onboarding/policies']").TextContent.ShouldBe("Choose"));
        one.WaitForAssertion(() => one.FindAll(".wait button").ShouldNotBeEmpty());
        one.FindAll(".wait a").ShouldBeEmpty();
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

    [Fact]
    public void A_run_shows_whom_it_waits_for_with_the_customers_own_task_first()
    {
        Open(Scenes.Running);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("4 of 8 actions done"));
        page.FindAll(".wait .mark").Select(m => m.TextContent.Trim()).ToList()[0].ShouldBe("Waiting on you");
        var link = page.Find(".wait a.rz-primary");
        link.GetAttribute("href").ShouldBe("/consent/go/2");
        link.TextContent.ShouldBe("Open Microsoft’s page");
        page.FindAll("a.rz-primary, button.rz-primary").Count.ShouldBe(1);
        page.Find("[role=log]").TextContent.ShouldContain("10:56:04");
    }

    [Fact]
    public void A_gate_without_the_ready_flag_cannot_be_opened()
    {
        Open(Scenes.Running);

        var page = RenderPage();

        page.WaitForAssertion(() => page.FindAll(".wait").Count.ShouldBe(3));
        page.FindAll("button").ShouldNotContain(b => b.TextContent.Contains("Confirm"));
    }

    [Fact]
    public async Task A_wait_without_a_link_or_a_gate_can_be_tried_again()
    {
        var engine = Open(Scenes.Held);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("Check again now"));

        await page.PressAsync("Check again now");

        page.WaitForAssertion(() => engine.Asked.ShouldBe(["resume"]));
    }

    [Fact]
    public async Task The_gate_stands_in_the_page_with_the_one_filled_button_and_asks_for_the_number_of_people()
    {
        var engine = Open(Scenes.Gate);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Find(".gate h2").TextContent.ShouldBe("Put the policy in force for 40 people?"));
        page.FindAll(".wait").ShouldBeEmpty("the gate is the wait");
        page.FindAll(".rz-primary.rz-variant-filled").Count.ShouldBe(1);

        await page.InvokeAsync(() => page.Find("#people-grants").Input("40"));
        JSInterop.VerifyInvoke("luware.save").Arguments.ShouldBe(["downloads/undo/grants.ps1"]);
        await page.InvokeAsync(() => page.Find(".gate form").Submit());

        page.WaitForAssertion(() => engine.Asked.ShouldBe(["confirm grants/grant 40"]));
        JSInterop.VerifyInvoke("luware.focus").Arguments.ShouldBe(["h1"]);
    }

    [Fact]
    public async Task After_the_approval_the_consent_opens_by_itself()
    {
        Open(Scenes.Planned);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Find(".decide").TextContent.ShouldContain("Microsoft’s page for your consent opens next."));

        await page.PressAsync("Approve plan");

        page.WaitForAssertion(() => Navigated().ShouldBe([("/consent/go/1", true)]));
    }

    [Fact]
    public void Whoever_comes_back_without_a_consent_finds_the_link_and_is_not_sent_off_again()
    {
        Open(Scenes.Running);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find(".wait a.rz-primary").GetAttribute("href").ShouldBe("/consent/go/2"));
        Navigated().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_approval_that_was_refused_opens_nothing()
    {
        Open(Scenes.Planned).Answer = new Decision(Scenes.S("Grants.TooManyGroups.What"));
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("Approve plan"));

        await page.PressAsync("Approve plan");

        Navigated().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("consent", true)]
    [InlineData("coffee", false)]
    public void Whoever_is_back_from_Microsoft_reads_that_it_is_being_checked(string back, bool says)
    {
        Open(Scenes.Running);

        var page = RenderPage(back: back);

        page.WaitForAssertion(() => page.Heading().ShouldBe("4 of 8 actions done"));
        page.Markup.Contains("You are back. We are checking.", StringComparison.Ordinal).ShouldBe(says);
    }

    [Theory]
    [InlineData(StepStatus.WaitingOnMicrosoft, true)]
    [InlineData(StepStatus.WaitingOnCustomer, false)]
    public void That_it_is_being_checked_is_said_until_the_check_has_judged(StepStatus status, bool says)
    {
        var running = Scenes.Running;
        var engine = Open(running);
        var page = RenderPage(back: "consent");
        page.WaitForAssertion(() => page.Markup.ShouldContain(Say["Returned.checking.Title"]));

        var consent = running.Steps[0];
        var read = consent with { Status = status, Plan = consent.Plan! with { ReadAt = Time.GetUtcNow().AddSeconds(3) } };
        engine.Show(running with { Steps = [read, .. running.Steps.Skip(1)], QueuePosition = 3 });

        page.WaitForAssertion(() => page.Markup.ShouldContain("Place 3"));
        page.Markup.Contains(Say["Returned.checking.Title"], StringComparison.Ordinal).ShouldBe(says);
    }

    [Fact]
    public async Task Where_nothing_reads_the_consent_by_itself_whoever_is_back_is_told_what_does()
    {
        var reading = new TaskCompletionSource();
        var handed = new HandedView(Guid.NewGuid(), "Jonas Weber", Scenes.Now, Scenes.Now.AddDays(7), "Maria Lang", Scenes.Now);
        var planned = Scenes.Planned;
        var consent = planned.Steps[0] with { Handed = handed };
        OnboardingView With(StepView step) =>
            (planned with { Steps = [step, .. planned.Steps.Skip(1)] }).NarrowTo(new HashSet<string> { "consent" });
        var engine = Open(With(consent));
        engine.OnPlan = () => reading.Task;
        var page = RenderPage("consent", back: "consent");

        page.WaitForAssertion(() => page.Find("p.back").TextContent.ShouldContain(Say["Returned.Unread.Text"]));
        page.Markup.ShouldNotContain("We are checking");
        engine.Asked.ShouldBeEmpty();
        page.Find(".colleague a").ClassList.ShouldNotContain("rz-primary", "they come from there");

        await page.PressAsync("Read again");
        page.WaitForAssertion(() => page.Find("p.back").TextContent.ShouldContain("We are checking"));
        engine.Show(With(consent with { Plan = consent.Plan! with { ReadAt = Time.GetUtcNow().AddSeconds(3) } }));
        reading.SetResult();

        page.WaitForAssertion(() => page.FindAll("p.back").ShouldBeEmpty());
        page.Find(".colleague a").ClassList.ShouldContain("rz-primary");
    }

    [Fact]
    public async Task A_storage_account_that_may_not_be_read_says_the_ways_on_with_a_text_to_send()
    {
        var refusal = new RefusalView(
            Scenes.S("Storage.AzureNotAllowed.Title"), Scenes.S("Storage.AzureNotAllowed.What"), Scenes.S("Storage.AzureNotAllowed.Who"),
            Scenes.S("Storage.AzureNotAllowed.When"), Scenes.S("Storage.AzureNotAllowed.Letter"), null);
        var steps = await SevenSteps.ReadAsync();
        var unread = steps.Unread("storage") with { Refusal = refusal };
        Open(steps.With("storage", s => s with { Plan = unread, Status = StepStatus.Unknown }) with { Digest = null });

        var page = RenderPage("storage");

        page.WaitForAssertion(() => page.Find(".unread").TextContent.ShouldContain(Say["Unread.Azure"]));
        page.Find(".unread [data-copy]").GetAttribute("data-copy")!.ShouldContain("Could you give me the role Reader");
        page.Find(".unread [data-copy]").GetAttribute("data-copy")!.ShouldEndWith("https://onboarding.luware.example/");
        page.Find(".decide").TextContent.ShouldContain(Say["Decision.UnreadWhy"]);
    }

    [Fact]
    public async Task A_refusal_stands_in_its_steps_place_with_a_letter_and_a_new_try()
    {
        var engine = Open(Scenes.Refused);
        var page = RenderPage();

        page.WaitForAssertion(() => page.Find(".refusal h2").TextContent.ShouldBe("Teams does not let this account make the application instance"));
        page.Find(".refusal [data-copy]").GetAttribute("data-copy")!.ShouldContain("New-CsOnlineApplicationInstance");
        page.Find(".refusal details code").TextContent.ShouldBe(
            "Microsoft Teams: Access Denied.\n" +
            "AccessDenied,New-CsOnlineApplicationInstance PermissionDenied\n" +
            "correlation id 5c0a8e1e-9f63-4a57-8e0f-1d0f5b6a77c2");

        await page.PressAsync("Try again now");
        page.WaitForAssertion(() => engine.Asked.ShouldBe(["resume"]));
    }

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

    private IReadOnlyList<(string Address, bool Leaves)> Navigated() =>
        [.. ((BunitNavigationManager)Services.GetRequiredService<NavigationManager>()).History.Select(h => (h.Uri, h.Options.ForceLoad))];

    private static OnboardingView Failed(OnboardingView view, RunKind kind) =>
        view with { Run = view.Run! with { Kind = kind, State = RunState.Failed, Waits = [] } };

    /// <summary>The grant was begun and not undone.</summary>
    private static OnboardingView Granted(OnboardingView view) =>
        view with { Steps = [.. view.Steps.SkipLast(1), view.Steps[^1] with { CanUndo = true }] };

    [Fact]
    public void A_step_page_shows_its_own_objects_alone()
    {
        Open(Scenes.Planned);

        var page = RenderPage("Whitelisting");

        page.WaitForAssertion(() => page.Heading().ShouldBe("2 Whitelisting"));
        page.FindAll("tbody tr:not(.group)").Count.ShouldBe(2);
    }

    [Fact]
    public void An_unknown_step_is_said_kindly()
    {
        Open(Scenes.Planned);

        var page = RenderPage("coffee");

        page.WaitForAssertion(() => page.Heading().ShouldBe("There is no such step"));
    }

    [Fact]
    public void Strangers_learn_whom_to_ask_and_nothing_else_and_have_one_way_out()
    {
        Open(null);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Heading().ShouldBe("This account opens nothing here"));
        page.Markup.ShouldContain("You are signed in as ");
        page.Markup.ShouldNotContain("Fabrikam GmbH");
        page.FindAll(".state a").ShouldBeEmpty();
        page.FindAll(".state button").ShouldHaveSingleItem().TextContent.ShouldBe("Sign out and use another account");
        page.Find(".state form").GetAttribute("action").ShouldBe("sign-out");
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
            wait.TextContent.ShouldContain("Your specialist at Luware: Nina Keller");
        wait.QuerySelector("a")!.GetAttribute("href").ShouldBe(hasOwner ? "mailto:nina.keller@luware.example" : "https://helpdesk.luware.example/");
    }

    [Fact]
    public async Task A_session_that_ended_elsewhere_is_said_at_the_next_click()
    {
        var engine = Open(Scenes.Planned);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("Approve plan"));
        engine.SessionEnded = true;

        await page.PressAsync("Approve plan");

        page.WaitForAssertion(() => page.Heading().ShouldBe("You are signed out"));
    }

    [Fact]
    public void A_session_that_ended_before_the_page_opened_is_said_where_something_could_be_taken_back()
    {
        Open(Scenes.Verified).SessionEnded = true;

        var page = RenderPage("grants");

        page.WaitForAssertion(() => page.Heading().ShouldBe("You are signed out"));
    }

    [Fact]
    public void What_Microsoft_said_to_a_failed_action_is_folded_into_the_transcript()
    {
        var run = Scenes.Running.Run!;
        var line = new TranscriptLine(Scenes.Now, "policies", Scenes.S("Policies.Enable", Scenes.Policy)) { Raw = "Teams: no" };
        Open(Scenes.Running with { Run = run with { Transcript = [line] } });

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("[role=log] details code").TextContent.ShouldBe("Teams: no"));
    }

    [Fact]
    public void A_circuit_whose_session_ended_shows_nothing_of_the_tenant_any_more()
    {
        var engine = Open(Scenes.Planned);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Heading().ShouldBe("Your plan"));

        Authorization.SetNotAuthorized();

        page.WaitForAssertion(() => page.Heading().ShouldBe("You are signed out"));
        engine.Show(Scenes.Running);
        page.Markup.ShouldNotContain("Consent");
    }

    [Fact]
    public void A_run_that_goes_on_is_shown_without_a_reload()
    {
        var engine = Open(Scenes.Planned);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Heading().ShouldBe("Your plan"));

        engine.Show(Scenes.Running);
        page.WaitForAssertion(() => page.Heading().ShouldBe("4 of 8 actions done"));
        engine.Show(Scenes.Verified);
        page.WaitForAssertion(() => page.Heading().ShouldBe("Recording is set up"));
    }

    [Fact]
    public void The_plan_can_be_seen_while_a_run_goes()
    {
        Open(Scenes.Running);

        var page = RenderPage(show: "plan");

        page.WaitForAssertion(() => page.Heading().ShouldBe("Your plan"));
    }
}
