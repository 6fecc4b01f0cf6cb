using System.Diagnostics;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;
using Luware.Portal.Benchmarks.Teams;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Benchmarks.Runs;

/// <summary>Measures how soon an approved plan is carried out: for one tenant alone, and for many tenants at once.</summary>
internal sealed class RunBenchmark(SandboxWorld world, MeasuredPortal portal, CancellationToken cancellationToken)
{
    private const int Alone = 10;
    private const int AtOnce = 50;
    private const int Unmeasured = 2;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions { Crowd = Unmeasured + Alone + AtOnce }, cancellationToken);
        await using var portal = await MeasuredPortal.StartAsync(world, cancellationToken);
        await new RunBenchmark(world, portal, cancellationToken).MeasureAsync();
    }

    private async Task MeasureAsync()
    {
        List<Approvable> all = [];
        foreach (var tenant in world.Tenants.Crowd)
            all.Add(await PlanAsync(tenant));
        foreach (var unmeasured in all.Take(Unmeasured))
            await ApproveAsync(unmeasured);

        var alone = new RunTimings();
        foreach (var one in all.Skip(Unmeasured).Take(Alone))
        {
            await portal.WaitForWarmAsync(cancellationToken);
            alone.Add(await ApproveAsync(one));
        }

        await portal.WaitForWarmAsync(cancellationToken);
        var memory = new MemoryLine(AtOnce);
        var began = Stopwatch.GetTimestamp();
        var crowd = new RunTimings();
        await foreach (var run in Task.WhenEach(all.TakeLast(AtOnce).Select(ApproveAsync)).WithCancellation(cancellationToken))
        {
            crowd.Add(await run);
            memory.Look(crowd.Count);
        }
        RunReport.Write(alone, crowd, Stopwatch.GetElapsedTime(began), memory);
    }

    /// <summary>Reads the tenant and makes the required choices.</summary>
    private async Task<Approvable> PlanAsync(SandboxTenant tenant)
    {
        var actor = await portal.SignInAsync(tenant, cancellationToken);
        await portal.Engine.PlanAsync(actor, null, cancellationToken);
        var testUser = Guid.Parse((await ReadAsync(actor)).Steps[0].Plan!.Options[SecurityGroupsStep.PersonOption][0].Value);
        await portal.Engine.ChooseAsync(actor, SecurityGroupsStep.StepName, new SecurityGroupsChoice() with { Testers = [testUser] }, cancellationToken);
        await portal.Engine.ChooseAsync(actor, StorageStep.StepName, new StorageChoice() with { ByHand = true }, cancellationToken);
        await portal.Engine.PlanAsync(actor, null, cancellationToken);
        return new Approvable(actor, (await ReadAsync(actor)).Digest ?? throw new InvalidOperationException("There is nothing to approve."));
    }

    /// <summary>Approves and follows the run as a page does, until it reaches the safety gate and only people can continue it.</summary>
    private async Task<RunTimes> ApproveAsync(Approvable plan)
    {
        var clicked = DateTimeOffset.UtcNow;
        if ((await portal.Engine.ApproveAsync(plan.Actor, plan.Digest, cancellationToken)).Problem is { } problem)
            throw new InvalidOperationException(problem.Key);
        await foreach (var view in portal.Engine.FollowAsync(plan.Actor, cancellationToken))
        {
            if (view.Run is { State: RunState.Failed })
                throw new InvalidOperationException("A run has failed.");
            if (view.Run is { State: RunState.Waiting } run && run.Waits.Any(w => w.Gate is not null))
                return new RunTimes(await portal.FirstActionAsync(run.Id, cancellationToken) - clicked, DateTimeOffset.UtcNow - clicked);
        }
        throw new OperationCanceledException(cancellationToken);
    }

    private async Task<OnboardingView> ReadAsync(Actor actor) =>
        await portal.Engine.ReadAsync(actor, cancellationToken) ?? throw new InvalidOperationException("The tenant is no customer.");

    private sealed record Approvable(Actor Actor, string Digest);
}
