using Bunit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.CustomerPages;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.Tenants;

/// <summary>Closing an onboarding, and opening it again.</summary>
public sealed class ClosePanelTests : TenantPageContext
{
    [Fact]
    public async Task Closing_says_what_it_does_before_it_is_done_and_can_be_taken_back()
    {
        var page = Open(File());

        await page.PressAsync("Close this onboarding");
        Focused().ShouldBe("#closing-question");
        page.Find("#closing-question").TextContent.ShouldContain("Close the onboarding of Fabrikam GmbH? The customer’s people are signed out");
        Desk.Asked.ShouldBeEmpty();
        await page.PressAsync("Yes, close it");
        Desk.Show(File() with { ClosedAt = Scenes.Now, ClosedBy = "Nina Keller" });

        page.WaitForAssertion(() => page.Find("#closing + p").TextContent.ShouldStartWith("Closed by Nina Keller, "));
        page.Find(".side > section:first-child h2").TextContent.ShouldBe("Closed");
        page.Find(".lead").TextContent.ShouldStartWith("Closed");
        page.FindAll("#ready, #invitation").ShouldBeEmpty("nothing of it is for a closed one");
        await page.PressAsync("Open it again");
        Desk.Asked.ShouldBe(["closed True", "closed False"]);
    }

    [Theory]
    [InlineData(40, "40 people have a recording policy now")]
    [InlineData(1, "One person has a recording policy now")]
    [InlineData(null, "People may have a recording policy now")]
    [InlineData(0, null)]
    public async Task Before_closing_it_is_said_who_has_the_policy_that_the_customer_could_no_longer_take_back(int? people, string? said)
    {
        var view = File().View;
        var plan = view.Steps[0].Plan! with
        {
            Step = "grants",
            Objects = people is { } number ? [view.Steps[0].Plan!.Objects[0] with { Spread = new Spread(number, 0, 0, 0, Scenes.Now) }] : [],
        };
        var steps = view.Steps.Select(s => s.Step == "grants" ? s with { CanUndo = true, Plan = plan } : s).ToList();
        var page = Open(File() with { View = view with { Steps = steps } });

        await page.PressAsync("Close this onboarding");

        var text = page.Find("#closing").ParentElement!.TextContent;
        (said is null ? text.Contains("recording policy now", StringComparison.Ordinal) : !text.Contains(said, StringComparison.Ordinal)).ShouldBeFalse();
    }

    [Fact]
    public async Task What_still_waits_to_be_taken_back_is_named_before_it_is_closed_all_the_same()
    {
        Desk.Problem = new Sentence(ISpecialistDesk.TakingBackWaits, Sentence.KeyArgument("Step.grants"));
        var page = Open(File());
        await page.PressAsync("Close this onboarding");
        await page.PressAsync("Yes, close it");

        page.WaitForAssertion(() => page.Markup.ShouldContain("Something still waits to be taken back: Grants."));
        Desk.Problem = null;
        await page.PressAsync("Close all the same");

        page.WaitForAssertion(() => Desk.Asked.ShouldBe(["closed True", "closed True with @Step.grants"]));
        await page.PressAsync("Close this onboarding");
        page.FindAll("button").ShouldContain(b => b.TextContent == "Yes, close it", "another question needs another answer");
    }
}
