using Bunit;
using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>A run that goes on, and what the person at the page can do for it.</summary>
public sealed class RunPanelTests : PageContext
{
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

    [Fact]
    public void Who_waits_for_a_worker_sees_the_place_in_the_queue()
    {
        Open(Scenes.Running with { QueuePosition = 3 });

        var page = RenderPage();

        page.WaitForAssertion(() => page.FindAll("p[role=status]").ShouldContain(p => p.TextContent.Contains("Place 3 in the queue")));
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

    [Fact]
    public void A_gate_without_the_ready_flag_cannot_be_opened()
    {
        Open(Scenes.Running);

        var page = RenderPage();

        page.WaitForAssertion(() => page.FindAll(".wait").Count.ShouldBe(3));
        page.FindAll("button").ShouldNotContain(b => b.TextContent.Contains("Confirm"));
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
    public async Task A_wait_without_a_link_or_a_gate_can_be_tried_again()
    {
        var engine = Open(Scenes.Held);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("Check again now"));

        await page.PressAsync("Check again now");

        page.WaitForAssertion(() => engine.Asked.ShouldBe(["resume"]));
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
    public void What_Microsoft_said_to_a_failed_action_is_folded_into_the_transcript()
    {
        var run = Scenes.Running.Run!;
        var line = new TranscriptLine(Scenes.Now, "policies", Scenes.S("Policies.Enable", Scenes.Policy)) { Raw = "Teams: no" };
        Open(Scenes.Running with { Run = run with { Transcript = [line] } });

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("[role=log] details code").TextContent.ShouldBe("Teams: no"));
    }
}
