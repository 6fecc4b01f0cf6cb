using System.Linq.Expressions;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>The data of a summary: one tenant's rows as they will be after the save, without long texts.</summary>
/// <param name="Handed">The steps that are handed to a colleague, with the colleague once they have accepted.</param>
internal sealed record TenantRows(
    CustomerTenant Tenant, IReadOnlyList<StepRow> Steps, RunRow? Run, IReadOnlyDictionary<string, Guid?> Handed, InvitationState Invitation)
{
    private static readonly Rows<StepRecord, StepRow> StepRows = new(s => new StepRow(s.Id, s.Step, s.Status, s.DetailJson), r => r.Id);

    private static readonly Rows<ColleagueLink, LinkRow> LinkRows = new(l => new LinkRow(l.Id, l.Step, l.SentBy, l.AcceptedBy, l.ExpiresAt), r => r.Id);

    private static readonly Rows<Invitation, InvitationRow> InvitationRows = new(i => new InvitationRow(i.Id, i.AcceptedBy != null, i.ExpiresAt), r => r.Id);

    /// <summary>The steps whose link, or whose colleague's admission, has expired, with the person who had handed them on.</summary>
    public IReadOnlyDictionary<string, Guid> Expired { get; private init; } = new Dictionary<string, Guid>(StringComparer.Ordinal);

    /// <summary>True while, for some kind of call and some policy, the latest test call did not work.</summary>
    public bool HasFailedCall { get; init; }

    /// <summary>The next moment at which an invitation or a link expires.</summary>
    public DateTimeOffset? DueAt { get; private init; }

    public static async Task<TenantRows> LoadAsync(PortalDbContext db, CustomerTenant tenant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var steps = await StepRows.LoadAsync(db, cancellationToken);
        var links = await LinkRows.LoadAsync(db, cancellationToken);
        var invitations = await InvitationRows.LoadAsync(db, cancellationToken);
        var open = invitations.FindAll(i => !i.IsAccepted);
        var state = open.Count < invitations.Count ? InvitationState.Accepted
            : open.Exists(i => i.ExpiresAt > now) ? InvitationState.Open
            : open.Count > 0 ? InvitationState.Expired
            : InvitationState.None;
        // Another portal may have handed the same step on since the context read its link; then this save fails and is retried with the other's row.
        links = [.. links.DistinctBy(l => l.Step, StringComparer.Ordinal)];
        var good = links.FindAll(l => l.ExpiresAt > now);
        var run = await RunAsync(db, tenant.CurrentRunId, cancellationToken);
        return new TenantRows(tenant, steps, run, good.ToDictionary(l => l.Step, l => l.Colleague, StringComparer.Ordinal), state)
        {
            Expired = links.Except(good).ToDictionary(l => l.Step, l => l.Sender, StringComparer.Ordinal),
            DueAt = open.Select(i => i.ExpiresAt).Concat(good.Select(l => l.ExpiresAt)).Where(at => at > now).Select(at => (DateTimeOffset?)at).Min(),
        };
    }

    private static async Task<RunRow?> RunAsync(PortalDbContext db, Guid? id, CancellationToken cancellationToken) =>
        db.ChangeTracker.Entries<Run>().FirstOrDefault(e => e.Entity.Id == id) is { Entity: var run }
            ? new RunRow(run.Kind, run.State, run.ApprovedBy, run.WaitsJson)
            : await db.Runs.Where(r => r.Id == id).Select(r => new RunRow(r.Kind, r.State, r.ApprovedBy, r.WaitsJson)).SingleOrDefaultAsync(cancellationToken);

    /// <param name="row">What a summary needs of an entity, in the database and in the context alike.</param>
    private sealed class Rows<TEntity, TRow>(Expression<Func<TEntity, TRow>> row, Func<TRow, Guid> id) where TEntity : Entity
    {
        private readonly Func<TEntity, TRow> read = row.Compile();

        /// <summary>Loads the stored rows, replaced by the context's changed ones.</summary>
        public async Task<List<TRow>> LoadAsync(PortalDbContext db, CancellationToken cancellationToken)
        {
            var inHand = db.ChangeTracker.Entries<TEntity>().ToList();
            var ids = inHand.ConvertAll(e => e.Entity.Id);
            var rows = (await db.Set<TEntity>().Select(row).ToListAsync(cancellationToken)).FindAll(r => !ids.Contains(id(r)));
            return [.. rows, .. inHand.Where(e => e.State != EntityState.Deleted).Select(e => read(e.Entity))];
        }
    }

    private sealed record LinkRow(Guid Id, string Step, Guid Sender, Guid? Colleague, DateTimeOffset ExpiresAt);

    private sealed record InvitationRow(Guid Id, bool IsAccepted, DateTimeOffset ExpiresAt);
}

internal sealed record StepRow(Guid Id, string Step, StepStatus Status, string? DetailJson);

internal sealed record RunRow(RunKind Kind, RunState State, string ApprovedBy, string WaitsJson)
{
    public bool IsActive => State.IsActive();

    public bool TakesBack => Kind is RunKind.Undo or RunKind.Offboard;
}

internal enum InvitationState
{
    None,
    Open,
    Expired,
    Accepted,
}
