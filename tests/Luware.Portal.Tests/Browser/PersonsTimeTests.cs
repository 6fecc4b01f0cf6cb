using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Sandbox;

namespace Luware.Portal.Tests.Browser;

public sealed class PersonsTimeTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_specialists_page_that_is_opened_at_its_address_shows_times_of_the_persons_zone()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world);
        await using var desk = await browser.NewContextAsync(new() { Locale = "en-GB", TimezoneId = "Asia/Kolkata" });
        var nina = new Specialist(await desk.NewPageAsync(), portal.Address);
        await nina.SignInAsync("Nina Keller");
        await nina.FollowAsync(world.Tenants.Contoso.Name);
        await nina.SeesAsync(world.Tenants.Contoso.Name);

        await nina.Page.GotoAsync($"{nina.Page.Url}/audit");

        (await nina.Page.Locator("tbody time").First.InnerTextAsync()).ShouldMatch(@"^\d\d:\d\d:\d\d$");
    }
}
