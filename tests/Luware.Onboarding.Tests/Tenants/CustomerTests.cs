using Luware.Onboarding.Engine;
using Luware.Onboarding.Tests.Engine;

namespace Luware.Onboarding.Tests.Tenants;

public sealed class CustomerTests
{
    [Fact]
    public async Task A_customer_of_the_settings_keeps_its_rows_when_its_name_changes()
    {
        var world = new FakeWorld();
        var before = await EngineHost.StartAsync(world, keepsFile: true);
        await before.ApproveAsync();
        await before.UntilRunIsAsync(RunState.Done);
        await before.DisposeAsync();

        await using var after = await EngineHost.StartAsync(world, before.File, admin: before.Admin, settings: ("Customers:0:Name", "Contoso AG"));

        var view = (await after.Engine.ReadAsync(after.Admin, default))!;
        view.Tenant.Name.ShouldBe("Contoso AG");
        view.Steps.ShouldAllBe(s => s.Status == StepStatus.Verified);
    }
}
