using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Sandbox;
using Microsoft.Playwright;

namespace Luware.Portal.Tests.Browser;

/// <summary>A person without rights in Azure vouches for the storage, so the portal asks for none.</summary>
public sealed class ByHandTests(BrowserFixture browser)
{
    [Fact]
    public async Task Storage_that_somebody_else_prepared_is_answered_for_and_azure_is_never_asked()
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions());
        await using var portal = await RunningPortal.StartAsync(world);
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var customer = new Customer(page, portal.Address);
        var tenant = world.Tenants.Contoso;

        await customer.SignInAsync("Anna Keller");
        await page.GetByText("Azure Resource Manager: to read the settings").WaitForAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Somebody else has prepared it" }).CheckAsync();
        await page.GetByText("Azure Resource Manager: to read the settings").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await customer.AllowAsync();
        await customer.ChooseTestUserAsync();
        await customer.SeesTextAsync("Anna Keller answers for it since");
        await customer.ApproveAsync();
        await customer.ReturnAsync();
        await customer.SeesTextAsync("Anna Keller answers for it; the portal has looked at nothing");

        (await customer.StatusOfAsync("Storage")).ShouldContain("Verified by hand");
        var azure = tenant.ServicePrincipals
            .Where(p => Apis.Azure.ApplicationId == p.ApplicationId || Apis.Storage.ApplicationId == p.ApplicationId)
            .Select(p => p.Id);
        tenant.Grants.ShouldNotContain(g => azure.Contains(g.ResourceId));
    }
}
