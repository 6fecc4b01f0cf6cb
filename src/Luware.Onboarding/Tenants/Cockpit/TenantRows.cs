using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>What a summary is made of: one tenant's rows as they will be once the context is saved, without the long texts in them.</summary>
internal sealed record TenantRows(
    CustomerTenant Tenant, IReadOnlyList<StepRow> Steps, RunRow? Run, IReadOnlyDictionary<string, Guid?> Handed, InvitationState Invitation)
{
    public static async Task<TenantRows> LoadAsync(PortalDbContext db, CustomerTenant tenant, CancellationToken cancellationToken)
    {
        var steps = await LoadAsync(db, db.Steps.Select(s => new StepRow(s.Id, s.Step, s.Status, s.DetailJson)), (StepRecord s) => new StepRow(s.Id, s.Step, s.Status, s.DetailJson), r => r.Id, cancellationToken);
        var links = await LoadAsync(db, db.ColleagueLinks.Select(l => new LinkRow(l.Id, l.Step, l.AcceptedBy)), (ColleagueLink l) => new LinkRow(l.Id, l.Step, l.AcceptedBy), r => r.Id, cancellationToken);
        var invitations = await LoadAsync(
            db, db.Invitations.Select(i => new InvitationRow(i.Id, i.AcceptedBy != null)), (Invitation i) => new InvitationRow(i.Id, i.AcceptedBy != null), r => r.Id, cancellationToken);
        return new TenantRows(
            tenant, steps, await RunAsync(db, tenant.CurrentRunId, cancellationToken), links.ToDictionary(l => l.Step, l => l.Colleague, StringComparer.Ordinal),
            invitations.Exists(i => i.IsAccepted) ? InvitationState.Accepted : invitations.Count > 0 ? InvitationState.Open : InvitationState.None);
    }

    private static async Task<RunRow?> RunAsync(PortalDbContext db, Guid? id, CancellationToken cancellationToken) =>
        db.ChangeTracker.Entries<Run>().FirstOrDefault(e => e.Entity.Id == id) is { Entity: var run }
            ? new RunRow(run.State, run.ApprovedBy, run.WaitsJson)
            : await db.Runs.Where(r => r.Id == id).Select(r => new RunRow(r.State, r.ApprovedBy, r.WaitsJson)).SingleOrDefaultAsync(cancellationToken);

    /// <summary>The stored rows, with what the context has in hand in their place.</summary>
    private static async Task<List<TRow>> LoadAsync<TEntity, TRow>(
        PortalDbContext db, IQueryable<TRow> stored, Func<TEntity, TRow> read, Func<TRow, Guid> id, CancellationToken cancellationToken)
        where TEntity : Entity
    {
        var inHand = db.ChangeTracker.Entries<TEntity>().ToList();
        var ids = inHand.ConvertAll(e => e.Entity.Id);
        var rows = (await stored.ToListAsync(cancellationToken)).FindAll(r => !ids.Contains(id(r)));
        return [.. rows, .. inHand.Where(e => e.State != EntityState.Deleted).Select(e => read(e.Entity))];
    }

    private sealed record LinkRow(Guid Id, string Step, Guid? Colleague);

    private sealed record InvitationRow(Guid Id, bool IsAccepted);
}

internal sealed record StepRow(Guid Id, string Step, StepStatus Status, string? DetailJson);

internal sealed record RunRow(RunState State, string ApprovedBy, string WaitsJson);

internal enum InvitationState
{
    None,
    Open,
    Accepted,
}
