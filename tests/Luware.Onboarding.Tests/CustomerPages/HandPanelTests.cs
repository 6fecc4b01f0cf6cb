using AngleSharp.Dom;
using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.CustomerPages;

public sealed class HandPanelTests : PageContext
{
    private static readonly HandedView Sent = new(Guid.NewGuid(), "Jonas Weber", Scenes.Now, Scenes.Now.AddDays(7), null, null);
    private static readonly HandedView Accepted = Sent with { AcceptedBy = "Maria Lang", AcceptedAt = Scenes.Now.AddMinutes(5) };

    [Fact]
    public void A_step_page_offers_to_hand_the_step_on_and_says_which_roles_the_colleague_needs()
    {
        Open(Scenes.Planned);

        var panel = Panel(RenderPage("consent"));

        panel.TextContent.ShouldContain("Hand this step to a colleague");
        panel.TextContent.ShouldContain("Global Administrator");
        panel.TextContent.ShouldContain("need no link: they sign in at https://onboarding.luware.example/onboarding");
        panel.TextContent.ShouldNotContain("Revoke the link");
    }

    [Fact]
    public async Task The_link_is_shown_once_with_a_mail_that_is_ready_at_the_portals_public_address()
    {
        var engine = Open(Scenes.Planned);
        var page = RenderPage("consent");
        page.WaitForState(() => page.FindAll("section.hand").Count > 0);

        await page.PressAsync("Make a link");

        page.WaitForAssertion(() => Panel(page).QuerySelector("code")!.TextContent.ShouldBe(
            "https://onboarding.luware.example/colleague?link=s3cr3t", "the address of the settings, whatever the browser's is"));
        Links.Asked.ShouldBe(["hand consent"]);
        var mail = Panel(page).QuerySelector("a[href^=mailto]")!.GetAttribute("href")!;
        Uri.UnescapeDataString(mail).ShouldContain("https://onboarding.luware.example/colleague?link=s3cr3t");
        Uri.UnescapeDataString(mail).ShouldContain("Fabrikam GmbH");
        mail.ShouldContain("Hello%0D%0A");

        engine.Show(Handed(Scenes.Planned, Accepted with { Id = Links.Made }));
        page.WaitForAssertion(() => Panel(page).TextContent.ShouldContain("With Maria Lang"));
        page.Markup.ShouldNotContain("s3cr3t");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_that_a_colleague_took_back_or_replaced_is_shown_as_good_no_more(bool replaced)
    {
        var before = Handed(Scenes.Planned, Sent);
        var engine = Open(before);
        var page = RenderPage("consent");
        page.WaitForState(() => page.FindAll("section.hand").Count > 0);
        await page.PressAsync("Make a new link");
        await page.PressAsync("Yes, make a new link");
        page.WaitForAssertion(() => page.Markup.ShouldContain("s3cr3t"));

        engine.Show(before with { QueuePosition = 3 });
        page.WaitForAssertion(() => page.Markup.ShouldContain("Place 3"));
        page.Markup.ShouldContain("s3cr3t", Case.Sensitive, "the view has not heard of it yet");
        engine.Show(Handed(Scenes.Planned, Sent with { Id = Links.Made }));
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("Place 3"));
        page.Markup.ShouldContain("s3cr3t");

        engine.Show(replaced ? Handed(Scenes.Planned, Sent with { Id = Guid.NewGuid() }) : Scenes.Planned);
        page.WaitForAssertion(() => page.Markup.ShouldNotContain("s3cr3t"));
    }

    [Theory]
    [InlineData("waiting", "nobody has opened the link yet")]
    [InlineData("accepted", "With Maria Lang, who took it over at")]
    [InlineData("done", "Done with Maria Lang.")]
    [InlineData("ended", "It was with Maria Lang, whose admission ended at 11:02. Make a new link.")]
    [InlineData("expired", "but nobody opened it in time")]
    public void What_became_of_it_is_said(string state, string words)
    {
        Open(state switch
        {
            "waiting" => Handed(Scenes.Planned, Sent),
            "accepted" => Handed(Scenes.Planned, Accepted),
            "done" => Handed(Scenes.Verified, Accepted),
            "ended" => Handed(Scenes.Planned, Accepted with { ExpiresAt = Scenes.Now.AddMinutes(6) }),
            _ => Handed(Scenes.Planned, Sent with { ExpiresAt = Scenes.Now.AddMinutes(1) }),
        });

        Panel(RenderPage("consent")).TextContent.ShouldContain(words);
    }

    [Theory]
    [InlineData(false, "Make a new link? The one that was sent stops working.")]
    [InlineData(true, "Make a new link? Maria Lang no longer has the step then.")]
    public async Task A_link_or_an_admission_that_is_good_is_replaced_after_a_question(bool accepted, string question)
    {
        Open(Handed(Scenes.Planned, accepted ? Accepted : Sent));
        var page = RenderPage("consent");
        page.WaitForElement("#hand-make");

        await page.PressAsync("Make a new link");
        page.Find("#hand-question").TextContent.ShouldBe(question);
        Focused().ShouldBe("#hand-question");
        await page.PressAsync("Not now");
        page.FindAll("#hand-question").ShouldBeEmpty();
        Focused().ShouldBe("#hand-make");
        Links.Asked.ShouldBeEmpty();
        await page.PressAsync("Make a new link");
        await page.PressAsync("Yes, make a new link");

        page.WaitForAssertion(() => Links.Asked.ShouldBe(["hand consent"]));
        page.WaitForAssertion(() => Focused().ShouldBe("#hand-made"));
        page.FindAll("#hand-made").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_link_that_is_good_no_more_is_replaced_without_a_question()
    {
        Open(Handed(Scenes.Planned, Sent with { ExpiresAt = Scenes.Now.AddMinutes(1) }));
        var page = RenderPage("consent");
        page.WaitForElement("#hand-make");

        await page.PressAsync("Make a new link");

        page.WaitForAssertion(() => Links.Asked.ShouldBe(["hand consent"]));
    }

    [Fact]
    public async Task A_question_about_a_link_ends_when_a_colleague_has_accepted_it_meanwhile()
    {
        var engine = Open(Handed(Scenes.Planned, Sent));
        var page = RenderPage("consent");
        page.WaitForElement("#hand-make");
        await page.PressAsync("Make a new link");
        page.FindAll("#hand-question").ShouldNotBeEmpty();

        engine.Show(Handed(Scenes.Planned, Accepted with { Id = Sent.Id }));

        page.WaitForAssertion(() => page.FindAll("#hand-question").ShouldBeEmpty());
        Links.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_that_nobody_has_opened_is_revoked_at_once()
    {
        Open(Handed(Scenes.Planned, Sent));
        var page = RenderPage("consent");
        page.WaitForState(() => page.FindAll("section.hand").Count > 0);

        await page.PressAsync("Revoke the link");

        Links.Asked.ShouldBe(["revoke consent"]);
    }

    [Fact]
    public async Task The_access_of_a_colleague_at_work_is_ended_after_a_question()
    {
        Open(Handed(Scenes.Planned, Accepted));
        var page = RenderPage("consent");
        page.WaitForElement("#hand-make");

        await page.PressAsync("End their access");
        page.Find("#hand-question").TextContent.ShouldBe("End this access? Maria Lang no longer has the step then.");
        Focused().ShouldBe("#hand-question");
        await page.PressAsync("Not now");
        Links.Asked.ShouldBeEmpty();
        await page.PressAsync("End their access");
        await page.PressAsync("Yes, end it");

        Links.Asked.ShouldBe(["revoke consent"]);
        page.FindAll("#hand-question").ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_may_not_hand_on_is_told_why()
    {
        Links.Problem = new Sentence("Engine.ScopesMissing");
        Open(Scenes.Planned);
        var page = RenderPage("consent");
        page.WaitForState(() => page.FindAll("section.hand").Count > 0);

        await page.PressAsync("Make a link");

        page.WaitForAssertion(() => Panel(page).QuerySelector("[role=alert]")!.TextContent.ShouldBe(Say[Links.Problem]));
    }

    [Fact]
    public async Task A_double_click_asks_once_and_the_button_keeps_the_focus_meanwhile()
    {
        var answer = new TaskCompletionSource();
        Links.Gate = answer.Task;
        Open(Scenes.Planned);
        var page = RenderPage("consent");
        page.WaitForState(() => page.FindAll("section.hand").Count > 0);

        await page.PressAsync("Make a link");
        page.Button("Make a link").IsOff().ShouldBeTrue();
        page.Button("Make a link").HasAttribute("disabled").ShouldBeFalse("a browser takes the focus from what is disabled");
        await page.PressAsync("Make a link");
        answer.SetResult();

        page.WaitForAssertion(() => page.Markup.ShouldContain("s3cr3t"));
        Links.Asked.ShouldBe(["hand consent"]);
        page.Button("Make a new link").IsOff().ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_that_has_ended_is_said()
    {
        Links.SessionEnded = true;
        Open(Scenes.Planned);
        var page = RenderPage("consent");
        page.WaitForState(() => page.FindAll("section.hand").Count > 0);

        await page.PressAsync("Make a link");

        page.WaitForAssertion(() => page.Heading().ShouldBe("You are signed out"));
    }

    [Fact]
    public void The_plan_lists_what_is_with_colleagues_and_the_wait_says_who()
    {
        Open(Handed(Scenes.Running, Accepted));

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("section[aria-labelledby=handed]").TextContent.ShouldContain("With Maria Lang"));
        page.Find("section[aria-labelledby=waits]").TextContent.ShouldContain("With Maria Lang");
    }

    [Fact]
    public void A_colleague_sees_who_handed_them_the_step_and_neither_hands_it_on_nor_takes_anything_back()
    {
        Open(Handed(Scenes.Running, Accepted).NarrowTo(new HashSet<string> { "consent" }));

        var page = RenderPage("consent");

        page.WaitForAssertion(() => page.Find("p.note").TextContent.ShouldContain("Jonas Weber handed you the step “Consent”."));
        page.Heading().ShouldBe("1 Consent");
        page.FindAll("section.hand, section.script, section.undo").ShouldBeEmpty();
        page.Markup.ShouldNotContain("Whitelisting");
        page.Find("a[href='/consent/go/2']").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("whitelisting", "/consent/go/1")]
    [InlineData("consent", null)]
    public void A_colleague_finds_microsofts_page_while_a_run_of_other_steps_is_on_its_way(string step, string? page)
    {
        var run = Scenes.Running.Run! with { Steps = new HashSet<string> { step }, Actions = [], Waits = [] };
        Open((Handed(Scenes.Planned, Accepted) with { Run = run }).NarrowTo(new HashSet<string> { "consent" }));

        var shown = RenderPage();

        shown.WaitForAssertion(() => shown.Find("p.note").TextContent.ShouldContain("handed you the step"));
        shown.FindAll(".colleague a").Select(a => a.GetAttribute("href")).SingleOrDefault().ShouldBe(page);
    }

    [Theory]
    [InlineData(RunKind.Offboard, RunState.Done)]
    [InlineData(RunKind.Offboard, RunState.Failed)]
    [InlineData(RunKind.Undo, RunState.Done)]
    public void A_colleague_is_not_offered_to_end_recording_nor_everybodys_access(RunKind kind, RunState state)
    {
        var view = Handed(Scenes.Offboarded with { Run = Scenes.Offboarded.Run! with { Kind = kind, State = state } }, Accepted);
        Open((view with { Steps = [.. view.Steps.Select(s => s with { CanUndo = true })] }).NarrowTo(new HashSet<string> { "consent" }));

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("p.note").TextContent.ShouldContain("handed you the step"));
        page.Heading().ShouldNotBe("Recording has ended");
        page.FindAll("#end, #access-ask, a[href=offboarding]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_handed_steps_the_approval_names_the_one_that_it_covers()
    {
        var second = new StepApproval("5e1f", ["whitelisting"]);
        var planned = Scenes.Planned with
        {
            Steps =
            [
                .. Scenes.Planned.Steps.Select(s => s.Step is "consent" or "whitelisting"
                    ? s with { Handed = Accepted with { Approval = s.Step == "whitelisting" ? second : null } }
                    : s),
            ],
        };
        var engine = Open(planned.NarrowTo(new HashSet<string> { "consent", "whitelisting" }));
        var page = RenderPage();

        page.WaitForAssertion(() => page.Find(".decide").TextContent.ShouldContain("The approval covers Whitelisting, and nothing else."));
        page.Find(".decide").TextContent.ShouldContain("Approving creates 2 objects.");
        page.Find(".decide").TextContent.ShouldNotContain("every step");
        await page.PressAsync("Approve step");

        page.WaitForAssertion(() => engine.Asked.ShouldBe(["approve 5e1f"]));
    }

    private static IElement Panel(IRenderedComponent<Luware.Onboarding.CustomerPages.Following> page)
    {
        page.WaitForState(() => page.FindAll("section.hand").Count > 0);
        return page.Find("section.hand");
    }

    private static OnboardingView Handed(OnboardingView view, HandedView handed) =>
        view with { Steps = [.. view.Steps.Select(s => s.Step == "consent" ? s with { Handed = handed } : s)] };
}
