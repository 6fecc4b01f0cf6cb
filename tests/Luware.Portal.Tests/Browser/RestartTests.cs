using Luware.Portal.Sandbox.World;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>What an open page shows while the portal is gone, and how it recovers.</summary>
public sealed class RestartTests(BrowserFixture browser) : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("portal-restart-").FullName;

    private SandboxWorld _world = null!;
    private PortalProcess _portal = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await SandboxWorld.StartAsync(new SandboxOptions());
        _portal = new PortalProcess(_world, _data, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Teams:WarmWorkers"] = "0" });
        await _portal.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _world.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Whoever_has_a_page_open_is_told_of_a_restart_and_it_comes_back_by_itself()
    {
        await using var context = await browser.NewContextAsync();
        var (nina, bar) = await OpenAsync(context);

        await _portal.StopAsync(Cancellation);

        await bar.GetByText("The portal is being restarted.").WaitForAsync();
        (await bar.InnerTextAsync()).ShouldNotContain("Connection lost.");
        // Blazor hides the bar when it no longer tries to reconnect.
        await bar.EvaluateAsync("bar => bar.classList.remove('components-reconnect-show', 'components-reconnect-retrying', 'components-reconnect-failed')");
        (await bar.IsVisibleAsync()).ShouldBeTrue("the page is dead until the portal is back");
        await _portal.StartAsync(Cancellation);
        await bar.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await nina.SeesAsync("Tenants");
    }

    [Fact]
    public async Task A_portal_that_is_gone_without_a_word_is_a_lost_connection()
    {
        await using var context = await browser.NewContextAsync();
        var (_, bar) = await OpenAsync(context);

        await _portal.KillAsync();

        await bar.GetByText("Connection lost.").WaitForAsync();
        (await bar.InnerTextAsync()).ShouldNotContain("restarted");
    }

    private async Task<(Specialist Nina, ILocator Bar)> OpenAsync(IBrowserContext context)
    {
        var nina = new Specialist(await context.NewPageAsync(), _portal.Address);
        await nina.SignInAsync("Nina Keller");
        return (nina, nina.Page.Locator("#components-reconnect-modal"));
    }
}
