using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>The page while it reads the tenant, and what it says of what could not be read.</summary>
public sealed class PlanReadingTests : PageContext
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

    [Fact]
    public void Missing_scopes_lead_to_before_we_begin_by_a_click_and_never_by_themselves()
    {
        Open(Scenes.Empty).OnPlan = () => throw new ScopesMissingException(["Directory.Read.All"]);

        var page = RenderPage();

        page.WaitForAssertion(() => page.Find("a.rz-button").GetAttribute("href").ShouldBe("before"));
        page.Heading().ShouldBe("The portal may not read your tenant yet");
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
}
