using Luware.Onboarding.Data;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>What counts as use of a page that is open for hours. Nothing but its connection reaches the portal meanwhile.</summary>
public sealed class IdleTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_page_that_is_used_outlives_the_idle_time_and_one_that_is_left_alone_ends_with_it()
    {
        var time = new ShiftedTime();
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(
            world, services => services.AddSingleton<TimeProvider>(time), [new("Sessions:Recheck", "00:00:01"), new("Sessions:Idle", "08:00:00")]);
        await using var context = await browser.NewContextAsync();
        var nina = new Specialist(await context.NewPageAsync(), portal.Address);
        await nina.SignInAsync("Nina Keller");
        await nina.SeesTextAsync(world.Tenants.Contoso.Name);
        var contexts = portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        var end = End(contexts);

        await PassAsync(nina.Page, time, hours: 5);
        await nina.Page.Keyboard.PressAsync("Shift");
        await Until.TrueAsync(() => End(contexts) > end + TimeSpan.FromHours(4), "the key has renewed the session");
        await PassAsync(nina.Page, time, hours: 5);
        await nina.FollowAsync(world.Tenants.Contoso.Name);
        await nina.SeesAsync(world.Tenants.Contoso.Name);
        await Until.TrueAsync(() => End(contexts) > end + TimeSpan.FromHours(9), "the click has renewed the session");

        time.Ahead += TimeSpan.FromHours(8);

        await nina.SeesAsync("You are signed out");
    }

    private static DateTimeOffset End(IDbContextFactory<PortalDbContext> contexts)
    {
        using var db = contexts.CreateDbContext();
        return db.Sessions.Single().ExpiresAt;
    }

    /// <summary>Time passes for the portal and for the page's own script, but not for what keeps its connection.</summary>
    private static async Task PassAsync(IPage page, ShiftedTime time, int hours)
    {
        await page.EvaluateAsync("hours => { const now = Date.now.bind(Date); Date.now = () => now() + hours * 3600000; }", hours);
        time.Ahead += TimeSpan.FromHours(hours);
    }
}
