using Bunit;
using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>A person decides about what they saw at the click, whatever the page receives while the un-grant script is still being saved.</summary>
public sealed class ClickTests : PageContext
{
    [Theory]
    [InlineData("b0b0")]
    [InlineData(null)]
    public async Task A_plan_that_comes_after_the_click_is_not_the_one_that_is_approved(string? next)
    {
        var save = JSInterop.SetupVoid("luware.save", _ => true);
        var engine = Open(Scenes.Planned);
        var page = RenderPage();
        page.WaitForAssertion(() => page.Button("Approve plan"));

        await page.PressAsync("Approve plan");
        engine.Show(Scenes.Asking with { Digest = next });
        page.WaitForAssertion(() => page.FindAll("#questions").ShouldNotBeEmpty());
        await page.InvokeAsync(() => save.SetVoidResult());

        page.WaitForAssertion(() => engine.Asked.ShouldBe(["approve 7f3c"]));
    }

    [Fact]
    public async Task A_gate_that_comes_after_the_click_is_not_the_one_that_is_confirmed()
    {
        var save = JSInterop.SetupVoid("luware.save", _ => true);
        var engine = Open(Gate(Scenes.Run, people: 0));
        var page = RenderPage();
        page.WaitForAssertion(() => page.Find("#uncounted-grants"));

        await page.InvokeAsync(() => page.Find(".gate form").Submit());
        engine.Show(Gate(Guid.NewGuid(), people: 40));
        page.WaitForAssertion(() => page.Find("#people-grants"));
        await page.InvokeAsync(() => save.SetVoidResult());

        page.WaitForAssertion(() => engine.Asked.ShouldBe(["confirm grants/grant 0"]));
        engine.Confirmed.ShouldBe(Scenes.Run);
    }

    private static OnboardingView Gate(Guid run, int people)
    {
        var view = Scenes.Gate;
        var wait = view.Run!.Waits[0];
        return view with { Run = view.Run with { Id = run, Waits = [wait with { Gate = wait.Gate! with { People = people } }] } };
    }
}
