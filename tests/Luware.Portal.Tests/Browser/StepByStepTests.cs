using Luware.Onboarding.Tenants;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Browser;

/// <summary>The same journey with each step reviewed and approved alone; the portal leads from one to the next.</summary>
public sealed class StepByStepTests(BrowserFixture browser, AzuriteFixture azurite, ITestOutputHelper output)
{
    [Fact]
    public async Task Contoso_in_Switzerland_goes_step_by_step() =>
        await OnboardAsync(worlds => worlds.Contoso, "Anna Keller", applications: 1, people: 1, actions: 14);

    [Fact]
    public async Task Fabrikam_in_Germany_goes_step_by_step() =>
        await OnboardAsync(worlds => worlds.Fabrikam, "Katrin Vogel", applications: 2, people: 40, actions: 15);

    private async Task OnboardAsync(Func<SandboxTenants, SandboxTenant> choose, string person, int applications, int people, int actions)
    {
        await using var world = await azurite.StartWorldAsync();
        await using var portal = await RunningPortal.StartAsync(world);
        await using var context = await browser.NewContextAsync();
        var tenant = choose(world.Tenants);
        var customer = new Customer(await context.NewPageAsync(), portal.Address);

        await customer.SignInAsync(person);
        await customer.AllowStepByStepAsync();
        await customer.ChooseTestUserAsync();
        await customer.ApproveStepAsync("1 Security groups");
        await customer.SeesConsentAsync();
        await customer.AcceptAsync(applications);
        foreach (var step in new[] { "3 Whitelisting", "4 Policies", "5 Grants" })
            await customer.ApproveStepAsync(step);
        await customer.SeesAsync("6 Storage");
        await customer.NameStorageAsync(tenant.Azure!.Id);
        await customer.ApproveStepAsync("6 Storage");
        await customer.SeesTextAsync("The recorders are still to be reported ready");
        var tenants = portal.Services.GetRequiredService<ITenants>();
        (await tenants.SetReadyAsync(tenant.Id, ready: true, "Nina Keller", TestContext.Current.CancellationToken)).ShouldBeTrue();
        await customer.ConfirmAsync(people);
        await customer.SeesAsync("Recording is set up");

        foreach (var step in new[] { "Security groups", "Consent", "Whitelisting", "Policies", "Grants", "Storage" })
            (await customer.StatusOfAsync(step)).ShouldContain("Verified");
        customer.Actions.ShouldBe(actions, "as docs/decisions/0011 says");
        output.WriteLine($"measured: {tenant.Name}: {customer.Actions} actions of the person step by step");
    }
}
