using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine.Views;

/// <summary>Builds what a page shows, from rows of one moment and nothing else.</summary>
internal sealed class ViewReader(
    IDbContextFactory<PortalDbContext> contexts, CustomerTenants tenants, StepGraph graph, Places places, IOptionsMonitor<SafetyOptions> safety)
{
    public async Task<OnboardingView?> ReadAsync(Guid entraTenantId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var snapshot = await db.BeginSnapshotAsync(cancellationToken);
        if (await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.EntraTenantId == entraTenantId, cancellationToken) is not { } customer)
            return null;

        db.TenantId = customer.Id;
        var stored = await Readings.LoadAsync(db, cancellationToken);
        var run = customer.CurrentRunId is { } id ? await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) : null;
        var made = await Journal.NotTakenBackAsync(db, cancellationToken);
        var handed = await db.ColleagueLinks.AsNoTracking().ToDictionaryAsync(l => l.Step, Handed, StringComparer.Ordinal, cancellationToken);
        var (tenant, region) = tenants.Describe(customer);
        return new OnboardingView(
            tenant, region, stored.Choices, [.. graph.Nodes.Select(n => Step(n, stored, made) with { Handed = handed.GetValueOrDefault(n.Name) })], await ViewAsync(db, run, stored, cancellationToken),
            IsUnderWay(run, stored) ? null : PlanDigest.Of(graph, stored), safety.CurrentValue.NoWrites)
        {
            QueuePlace = places.Of(customer.Id),
        };
    }

    /// <summary>A run that already does what the latest readings ask for leaves nothing to approve.</summary>
    private bool IsUnderWay(Run? run, StoredSteps stored)
    {
        if (run is not { IsActive: true, Kind: RunKind.Apply })
            return false;

        var approved = EngineJson.Read<List<StepPlan>>(run.PlanJson);
        return graph.Nodes.All(n => stored.FreshPlan(graph, n.Name)?.Actions.All(a => approved.Covers(n.Name, a)) == true);
    }

    private async Task<RunView?> ViewAsync(PortalDbContext db, Run? run, StoredSteps stored, CancellationToken cancellationToken) =>
        run is null
            ? null
            : RunViews.Of(run, await db.Journal.AsNoTracking().Where(e => e.RunId == run.Id).OrderBy(e => e.At).ToListAsync(cancellationToken), ReadingsOf(run, stored));

    /// <summary>What was read since the approval with the choices that were approved.</summary>
    private List<StepPlan> ReadingsOf(Run run, StoredSteps stored)
    {
        var choices = RunChoices.Read(run.ChoicesJson);
        return
        [
            .. stored.Records.Values.Where(r => r.ReadAt >= run.ApprovedAt && r.ChoicesDigest == ChoicesDigest.Of(graph, r.Step, choices))
                .Select(r => stored.Plan(r.Step)).OfType<StepPlan>(),
        ];
    }

    private static HandedView Handed(ColleagueLink link) => new(link.SenderName, link.SentAt, link.ExpiresAt, link.ColleagueName, link.AcceptedAt);

    private static StepView Step(StepNode node, StoredSteps stored, IReadOnlySet<string> made)
    {
        var record = stored.Records.GetValueOrDefault(node.Name) ?? new StepRecord { TenantId = Guid.Empty, Step = node.Name };
        return new StepView(node.Name, record.Status, EngineJson.ReadSentence(record.DetailJson), stored.Plan(node.Name), record.VerifiedAt)
        {
            Roles = node.Roles,
            CanUndo = record.VerifiedAt is not null || made.Contains(node.Name),
        };
    }
}
