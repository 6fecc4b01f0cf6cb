using Bunit;
using Bunit.TestDoubles;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>The way to Microsoft’s consent page, and whoever is back from it.</summary>
public sealed class ConsentReturnTests : PageContext
{
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

    private IReadOnlyList<(string Address, bool Leaves)> Navigated() =>
        [.. ((BunitNavigationManager)Services.GetRequiredService<NavigationManager>()).History.Select(h => (h.Uri, h.Options.ForceLoad))];
}
