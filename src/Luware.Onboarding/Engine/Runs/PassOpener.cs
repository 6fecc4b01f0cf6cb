using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Loads what a pass needs: tenant, region, stored readings, colleagues' sign-ins, and the steps to go through in their order.</summary>
internal sealed class PassOpener(
    IStepCatalog catalog, StepGraph graph, CustomerTenants tenants, Readings readings, ColleagueSignIns colleagues, Journal journal, Commentary said)
{
    public async Task<RunPass> OpenAsync(Run run, CancellationToken cancellationToken)
    {
        var (tenant, region) = await tenants.ShowAsync(run.TenantId, cancellationToken);
        return new RunPass(run, tenant, region, await readings.LoadAsync(run.TenantId, cancellationToken), said)
        {
            ColleagueSignIns = await colleagues.LoadAsync(run.TenantId, tenant.EntraTenantId, cancellationToken),
            Entries = run.Kind == RunKind.Apply ? ToApply(run) : await ToTakeBackAsync(run, cancellationToken),
        };
    }

    /// <summary>The run's steps and those that they depend on, which must still be as they were.</summary>
    private IReadOnlyList<StepEntry> ToApply(Run run)
    {
        var wanted = RunScope.Steps(run).SelectMany(graph.Upstream).ToHashSet(StringComparer.Ordinal);
        return [.. catalog.Entries.Where(e => wanted.Contains(e.Step.Name))];
    }

    /// <summary>The run's steps, dependent ones first, without those that it has taken back already.</summary>
    private async Task<IReadOnlyList<StepEntry>> ToTakeBackAsync(Run run, CancellationToken cancellationToken)
    {
        var (scope, done) = (RunScope.Steps(run), await journal.StepsAsync(run, JournalKind.StepTakenBack, cancellationToken));
        return [.. catalog.Entries.Reverse().Where(e => scope.Contains(e.Step.Name) && !done.Contains(e.Step.Name))];
    }
}
