using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Sandbox;

namespace Luware.Portal.Tests.Browser;

/// <summary>A page that is open when its session ends is closed.</summary>
public sealed class SignOutTests(BrowserFixture browser)
{
    [Fact]
    public async Task Signing_out_in_one_tab_ends_the_plan_that_is_open_in_another()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world, [new("Sessions:Recheck", "00:00:01")]);
        await using var context = await browser.NewContextAsync();
        var reader = new Customer(await context.NewPageAsync(), portal.Address);
        await reader.SignInAsync("Anna Keller");
        await reader.AllowAsync();
        // The last step asks for the test user: everything has been read, and no change of the tenant makes the page check its session.
        await reader.SeesChoicesAsync();
        var leaver = new Customer(await context.NewPageAsync(), portal.Address);
        await leaver.ReturnAsync();
        await leaver.SeesAsync("Your plan");

        await leaver.SignOutAsync();

        await reader.SeesAsync("You are signed out");
        (await reader.Page.GetByText(world.Tenants.Contoso.Name).CountAsync()).ShouldBe(0, "nothing of the tenant stays in sight");
    }
}
