using Luware.Onboarding.Data;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Sandbox;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Browser;

/// <summary>
/// A page stays open in a browser after its person has lost their rights: each click is checked again, and the page closes by itself. Of a page that its person
/// has left, nothing stays.
/// </summary>
public sealed class OpenPagesTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_click_that_comes_before_the_page_has_heard_of_its_sessions_end_does_nothing()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world, [new("Sessions:Recheck", "00:00:30")]);
        await using var context = await browser.NewContextAsync();
        var nina = new Specialist(await context.NewPageAsync(), portal.Address);
        await nina.SignInAsync("Nina Keller");
        await nina.FollowAsync(world.Tenants.Contoso.Name);
        await nina.SeesAsync(world.Tenants.Contoso.Name);
        await nina.AskToReleaseAsync();

        var (contexts, sessions) = (portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>(), portal.Services.GetRequiredService<ISessions>());
        await contexts.InTransactionAsync(
            db => sessions.DeleteOfTenantAsync(db, world.Tenants.Luware.Id, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await nina.AssertAsync();

        await nina.SeesAsync("You are signed out");
        await using var db = await contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        (await db.Tenants.SingleAsync(t => t.EntraTenantId == world.Tenants.Contoso.Id, TestContext.Current.CancellationToken)).Ready.ShouldBeFalse();
    }

    [Fact]
    public async Task A_lost_app_role_takes_a_specialists_page_away()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world, [new("Sessions:Recheck", "00:00:01")]);
        await using var context = await browser.NewContextAsync();
        var nina = new Specialist(await context.NewPageAsync(), portal.Address);
        await nina.SignInAsync("Nina Keller");
        await nina.SeesTextAsync(world.Tenants.Contoso.Name);

        world.Tenants.Luware.SetAppRoles(world.Tenants.FindPerson("nina.keller@luware.example")!.Value.Person.Id);

        await nina.SeesAsync("You are signed out");
        (await nina.Page.GetByText(world.Tenants.Contoso.Name).CountAsync()).ShouldBe(0, "nothing of any customer stays in sight");
    }

    [Fact]
    public async Task A_lost_directory_role_takes_a_customers_plan_away()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world, [new("Sessions:Recheck", "00:00:01")]);
        await using var context = await browser.NewContextAsync();
        var anna = new Customer(await context.NewPageAsync(), portal.Address);
        await anna.SignInAsync("Anna Keller");
        await anna.AllowAsync();
        await anna.SeesChoicesAsync();

        world.Tenants.Contoso.SetRoles(world.Tenants.FindPerson("anna.keller@contoso.com")!.Value.Person.Id);

        await anna.Page.GetByText("LuwareRecording-RecordedUsers").First
            .WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached, Timeout = 60_000 });
        (await anna.Page.GetByText("Approve plan").CountAsync()).ShouldBe(0, "nothing is left to approve");
    }

    [Fact]
    public async Task A_page_that_its_person_leaves_ends_at_once_and_is_not_kept_as_a_lost_one()
    {
        var circuits = new Circuits();
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world, services => services.AddSingleton<CircuitHandler>(circuits), []);
        await using var context = await browser.NewContextAsync();
        var nina = new Specialist(await context.NewPageAsync(), portal.Address);
        await nina.SignInAsync("Nina Keller");
        await nina.SeesTextAsync(world.Tenants.Contoso.Name);
        await Until.TrueAsync(() => circuits.Opened > circuits.Closed, "the page has a circuit");

        await nina.Page.GotoAsync("about:blank");

        await Until.TrueAsync(() => circuits.Opened == circuits.Closed, "no page is kept");
    }

    private sealed class Circuits : CircuitHandler
    {
        private int _opened, _closed;

        public int Opened => Volatile.Read(ref _opened);
        public int Closed => Volatile.Read(ref _closed);

        public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) => Task.FromResult(Interlocked.Increment(ref _opened));

        public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => Task.FromResult(Interlocked.Increment(ref _closed));
    }
}
