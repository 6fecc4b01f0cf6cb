using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine.Views;

/// <summary>Builds what a page shows, only from rows of one moment.</summary>
internal sealed class ViewReader(
    IDbContextFactory<PortalDbContext> contexts, CustomerTenants tenants, StepGraph graph, QueuePositions positions, PlanningQueue planning, People people,
    IOptionsMonitor<SafetyOptions> safety)
{
    public Task<OnboardingView?> ReadAsync(Guid entraTenantId, CancellationToken cancellationToken) =>
        contexts.ReadAtOnceAsync(db => ReadAsync(db, entraTenantId, cancellationToken), cancellationToken);

    private async Task<OnboardingView?> ReadAsync(PortalDbContext db, Guid entraTenantId, CancellationToken cancellationToken)
    {
        if (await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.EntraTenantId == entraTenantId, cancellationToken) is not { } customer)
            return null;

        db.TenantId = customer.Id;
        var stored = await Readings.LoadAsync(db, cancellationToken);
        var run = customer.CurrentRunId is { } id ? await db.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) : null;
        var made = await Journal.NotTakenBackAsync(db, cancellationToken);
        var names = await people.NamesAsync(db, customer.Id, cancellationToken);
        var links = await db.ColleagueLinks.AsNoTracking().ToDictionaryAsync(l => l.Step, StringComparer.Ordinal, cancellationToken);
        var (tenant, region) = tenants.Show(customer);
        var approvable = new Approvable(graph, stored, run is { IsActive: true, Kind: RunKind.Apply } ? run : null);
        return new OnboardingView(
            tenant, region, stored.Choices,
            [.. graph.Nodes.Select(n => Step(n, stored, approvable, made, names) with { Handed = Handed(links.GetValueOrDefault(n.Name), approvable, names) })],
            await ViewAsync(db, run, stored, names, cancellationToken),
            run is { IsActive: true, Kind: not RunKind.Apply } && !RunRows.YieldsToApproval(run) ? null : approvable.WholeUnlessUnderWay(),
            safety.CurrentValue.WritesStopped)
        {
            QueuePosition = positions.Of(customer.Id),
            ReadingSince = planning.Since(customer.Id),
            TestCalls = await TestCalls.ReadAsync(db, names, cancellationToken),
        };
    }

    private async Task<RunView?> ViewAsync(PortalDbContext db, Run? run, StoredSteps stored, PersonNames names, CancellationToken cancellationToken)
    {
        if (run is null)
            return null;

        var journal = await db.Journal.AsNoTracking().Where(e => e.RunId == run.Id).OrderBy(e => e.At).ToListAsync(cancellationToken);
        var view = RunViews.Of(run, journal, ReadingsOf(run, stored), names);
        return view is { Kind: RunKind.Apply, State: RunState.Done } && !graph.IsWhole(view.Steps)
            ? view with { Before = [.. view.Before, .. await BeforeAsync(db, view.Steps, cancellationToken)] }
            : view;
    }

    /// <summary>The findings for steps outside the last run, by the last run that included them.</summary>
    private static async Task<List<ObjectBefore>> BeforeAsync(PortalDbContext db, IEnumerable<string> seen, CancellationToken cancellationToken)
    {
        var steps = seen.ToHashSet(StringComparer.Ordinal);
        var earlier = await db.Runs.AsNoTracking().Where(r => r.Kind == RunKind.Apply).OrderByDescending(r => r.ApprovedAt).ToListAsync(cancellationToken);
        return [.. earlier.SelectMany(r => RunScope.Plans(r).Where(p => steps.Add(p.Step)).SelectMany(RunViews.Before))];
    }

    /// <summary>The readings since the approval that were made with the approved choices.</summary>
    private List<StepPlan> ReadingsOf(Run run, StoredSteps stored)
    {
        var choices = RunChoices.Read(run.ChoicesJson);
        return
        [
            .. stored.Records.Values.Where(r => r.ReadAt >= run.ApprovedAt && ChoicesDigest.IsOf(r, graph, choices))
                .Select(r => stored.Plan(r.Step)).OfType<StepPlan>(),
        ];
    }

    private static HandedView? Handed(ColleagueLink? link, Approvable approvable, PersonNames names) => link is null
        ? null
        : new HandedView(
            link.Id, names.Of(link.SentBy), link.SentAt, link.ExpiresAt, link.AcceptedBy is { } colleague ? names.Of(colleague) : null, link.AcceptedAt)
        {
            Approval = approvable.Handed(link.Step, takesOver: link.SessionId is null),
        };

    /// <summary>Names the person who vouched for the step.</summary>
    private static StepPlan? Named(StepPlan? plan, PersonNames names) =>
        plan is { IsByHand: true } ? plan with { Objects = [.. plan.Objects.Select(o => o with { What = names.In(o.What) })] } : plan;

    private StepView Step(StepNode node, StoredSteps stored, Approvable approvable, IReadOnlySet<string> made, PersonNames names)
    {
        var record = stored.Records.GetValueOrDefault(node.Name) ?? new StepRecord { TenantId = Guid.Empty, Step = node.Name };
        return new StepView(
            node.Name, record.Status, EngineJson.ReadSentence(record.DetailJson) is { } detail ? names.In(detail) : null,
            Named(stored.Plan(node.Name), names), record.VerifiedAt)
        {
            IsOutdated = record.PlanJson is not null && stored.FreshPlan(graph, node.Name) is null,
            Roles = node.Roles,
            DependsOn = node.DependsOn,
            Approval = approvable.Step(node.Name),
            NeededFirst = approvable.NeededFirst(node.Name),
            CanUndo = record.VerifiedAt is not null || made.Contains(node.Name),
        };
    }
}
