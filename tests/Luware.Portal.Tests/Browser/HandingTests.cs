using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Sandbox;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>The consent is handed to another Global Administrator, in a browser of their own.</summary>
public sealed class HandingTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_second_administrator_consents_by_a_link_and_the_sender_sees_it()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world);
        var contoso = world.Tenants.Contoso;
        var marco = contoso.FindPerson("marco.bernasconi@contoso.com")!;
        contoso.SetRoles(marco.Id, [Roles.GlobalAdministrator]);
        await using var first = await browser.NewContextAsync();
        await using var second = await browser.NewContextAsync();
        var anna = new Customer(await first.NewPageAsync(), portal.Address);
        var page = await second.NewPageAsync();
        await anna.SignInAsync("Anna Keller");
        await anna.AllowAsync();
        await anna.Page.GotoAsync(new Uri(portal.Address, "/onboarding/consent").AbsoluteUri);
        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = await anna.Page.Locator("section.hand code").First.InnerTextAsync();

        await page.GotoAsync(link);
        await page.GetByRole(AriaRole.Button).Filter(new() { HasText = "Marco Bernasconi" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await page.GetByText("Anna Keller handed you the step “Consent”.").WaitForAsync();
        (await page.GetByText("Whitelisting").CountAsync()).ShouldBe(0, "the colleague sees the step alone");
        await anna.SeesTextAsync("With Marco Bernasconi");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open Microsoft’s page" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept" }).ClickAsync();
        await page.GetByText("Anna Keller handed you the step “Consent”.").WaitForAsync();

        await anna.Page.GetByRole(AriaRole.Button, new() { Name = "Read again" }).First.ClickAsync();
        await anna.SeesTextAsync("Done with Marco Bernasconi.");
        (await anna.StatusOfAsync("Consent")).ShouldContain("Verified");
    }
}
