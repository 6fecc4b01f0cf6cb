using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Luware.Onboarding.Tests.Engine.Runs;

/// <summary>The last look before a write: nobody acts in a run that is not theirs any more.</summary>
public sealed class RunRowsTests : IAsyncLifetime
{
    private readonly FakeWorld world = new();
    private EngineHost portal = null!;
    private AsyncServiceScope scope;
    private Run run = null!;
    private RunPass pass = null!;

    private RunRows Rows => portal.Get<RunRows>();

    /// <summary>A pass that stands before its first action.</summary>
    public async ValueTask InitializeAsync()
    {
        portal = await EngineHost.StartAsync(world);
        await portal.FreezeAsync();
        await portal.ApproveAsync();
        var view = (await portal.Engine.ReadAsync(portal.Admin, default))!;
        run = (await Rows.BeginAsync(view.Tenant.Id, view.Run!.Id, default)).ShouldNotBeNull();
        scope = portal.Get<IServiceScopeFactory>().CreateAsyncScope();
        pass = await scope.ServiceProvider.GetRequiredService<PassOpener>().OpenAsync(run, default);
        (await MayActAsync()).ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        await scope.DisposeAsync();
        await portal.DisposeAsync();
    }

    [Fact]
    public async Task No_pass_acts_in_a_run_that_another_has_taken_up()
    {
        (await Rows.BeginAsync(run.TenantId, run.Id, default)).ShouldNotBeNull();

        (await MayActAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task No_pass_acts_in_a_run_that_another_approval_has_replaced()
    {
        world.Second.Wanted[0] = world.Second.Wanted[0] with { Essence = "something else" };
        await portal.ApproveAsync();

        (await MayActAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task No_pass_acts_at_a_portal_that_stops()
    {
        portal.Get<IHostApplicationLifetime>().StopApplication();

        (await MayActAsync()).ShouldBeFalse();
    }

    private Task<bool> MayActAsync() => Rows.MayActAsync(pass, pass.Entries[0].Step, begun: null, default);
}
