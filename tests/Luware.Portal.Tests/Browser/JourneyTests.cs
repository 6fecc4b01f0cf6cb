using Luware.Onboarding.Tenants;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Browser;

/// <summary>From the sign-in page to "recording is set up" and all seven steps verified, in a real browser, over real wires.</summary>
public sealed class JourneyTests(BrowserFixture browser, AzuriteFixture azurite, ITestOutputHelper output)
{
    [Fact]
    public async Task Contoso_in_Switzerland_goes_from_sign_in_to_verified() =>
        await OnboardAsync(worlds => worlds.Contoso, "Anna Keller", applications: 1, people: 1, most: 10);

    [Fact]
    public async Task Fabrikam_in_Germany_goes_from_sign_in_to_verified_with_two_applications() =>
        await OnboardAsync(worlds => worlds.Fabrikam, "Katrin Vogel", applications: 2, people: 40, most: 11);

    [Fact]
    public async Task Northwind_keeps_what_was_made_by_hand_and_nothing_is_made_twice()
    {
        var tenant = await OnboardAsync(worlds => worlds.Northwind, "Stefan Albrecht", applications: 1, people: 12, most: 11);

        tenant.Instances.Count.ShouldBe(2);
        tenant.Policies.Count.ShouldBe(1);
        tenant.Writes.Where(w => w.What.Contains("-Cs", StringComparison.Ordinal)).Select(w => (w.What, w.Target)).ShouldBeUnique();
        tenant.Writes.ShouldNotContain(w => w.What == "New-CsTeamsComplianceRecordingPolicy");
    }

    private async Task<SandboxTenant> OnboardAsync(Func<SandboxTenants, SandboxTenant> choose, string person, int applications, int people, int most)
    {
        await using var world = await azurite.StartWorldAsync();
        await using var portal = await RunningPortal.StartAsync(world);
        await using var context = await browser.NewContextAsync();
        var tenant = choose(world.Tenants);
        var customer = new Customer(await context.NewPageAsync(), portal.Address);

        await customer.SignInAsync(person);
        await customer.AllowAsync();
        await customer.ChooseTestUserAsync();
        await customer.NameStorageAsync(tenant.Azure!.Id);
        await customer.ApproveAsync();
        await customer.AcceptAsync(applications);
        await customer.SeesTextAsync("The recorders are still to be reported ready");
        var tenants = portal.Services.GetRequiredService<ITenants>();
        (await tenants.SetReadyAsync(tenant.Id, ready: true, "Nina Keller", TestContext.Current.CancellationToken)).ShouldBeTrue();
        await customer.ConfirmAsync(people);
        await customer.SeesAsync("Recording is set up");

        foreach (var step in new[] { "Security groups", "Consent", "Whitelisting", "Policies", "Grants", "Storage" })
            (await customer.StatusOfAsync(step)).ShouldContain("Verified");
        (await customer.StatusOfAsync("Chat capture")).ShouldContain("Skipped");
        customer.Actions.ShouldBeLessThanOrEqualTo(most, "so few are promised");
        output.WriteLine($"measured: {tenant.Name}: {customer.Actions} actions of the person from the sign-in page to verified");

        // Optional, and so outside what is counted.
        await customer.WantChatCaptureAsync();
        await customer.SeesProgressAsync("7 of 7 steps verified");
        await customer.SeesAsync("Recording is set up");
        (await Axe.LookAsync("seven steps verified", customer.Page)).ShouldBeEmpty();
        return tenant;
    }
}
