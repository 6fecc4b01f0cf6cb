using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Links;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Luware.Onboarding.Tenants;

internal sealed class TenantChanges(
    IDbContextFactory<PortalDbContext> contexts, CustomerTenants customers, IRegionCatalog regions, Journal journal,
    LinkRevocation revocation, ISessions sessions, RunCommands runs, RunFeed feed, TimeProvider time) : ITenants
{
    public async Task<Guid> AddAsync(Guid entraTenantId, string name, string region, CancellationToken cancellationToken)
    {
        var key = regions.Find(region)?.Key ?? throw new ArgumentException($"There is no region {region}.", nameof(region));
        var row = new CustomerTenant { EntraTenantId = entraTenantId, Name = name, Region = key, CreatedAt = time.GetUtcNow() };
        return (await AddAsync(row, null, cancellationToken)).Id;
    }

    public async Task<bool> SetReadyAsync(Guid entraTenantId, bool ready, string by, CancellationToken cancellationToken)
    {
        if (await customers.FindAsync(entraTenantId, cancellationToken) is not { } customer)
            return false;

        return await SetReadyAsync(customer.Id, ready, seen: null, by, person: null, cancellationToken);
    }

    /// <param name="by">Null if no person did it.</param>
    /// <returns>The new row, or the existing one with this tenant.</returns>
    internal async Task<CustomerTenant> AddAsync(CustomerTenant row, Actor? by, CancellationToken cancellationToken)
    {
        // Two concurrent additions of the same tenant collide in its index: the second is retried and finds the first.
        var answer = await contexts.ChangeAsync(row.Id, async db =>
        {
            if (await db.Tenants.AsNoTracking().SingleOrDefaultAsync(t => t.EntraTenantId == row.EntraTenantId, cancellationToken) is { } there)
                return there;

            db.Tenants.Add(row);
            var said = by is null ? new Sentence("Engine.TenantThere") : new Sentence("Engine.TenantAdded", by.Mention);
            journal.Add(db, new JournalLine(row.Id, null, JournalKind.TenantAdded, said)
            {
                Person = by?.Access.PersonId, PersonTenant = by?.Access.TenantId, Facts = TenantRules.Facts(row),
            });
            return row;
        }, cancellationToken);
        feed.Publish(answer.Id);
        return answer;
    }

    /// <summary>
    /// Changes a tenant's row and notifies the tenant's followers. A change for which a run may wait wakes it in the same save, so that nothing is lost if the
    /// portal dies or the page is closed directly afterwards.
    /// </summary>
    /// <param name="ifGone">The result if there is no such tenant.</param>
    /// <param name="change">Makes the change, and adds the journal lines about it itself.</param>
    /// <returns>What the change returned.</returns>
    internal async Task<T> ChangeAsync<T>(Guid tenantId, T ifGone, Func<PortalDbContext, CustomerTenant, Task<T>> change, CancellationToken cancellationToken)
    {
        var (answer, woken) = await contexts.ChangeAsync<(T, Run?)>(tenantId, async db =>
        {
            if (await db.Tenants.SingleOrDefaultAsync(t => t.Id == tenantId, cancellationToken) is not { } row)
                return (ifGone, null);
            var said = await change(db, row);
            return (said, ConcernsRuns(db.Entry(row)) ? await runs.NudgeAsync(db, actor: null, cancellationToken) : null);
        }, cancellationToken);
        feed.Publish(tenantId);
        await runs.WakeAsync(woken, cancellationToken);
        return answer;
    }

    /// <param name="seen">The groups that the person vouches for, as far as the tenant still has them.</param>
    internal Task<bool> SetReadyAsync(Guid tenantId, bool ready, IReadOnlyCollection<Guid> seen, Actor actor, CancellationToken cancellationToken) =>
        SetReadyAsync(tenantId, ready, seen, actor.Mention, actor.Access, cancellationToken);

    /// <param name="seen">Null for all that the tenant has.</param>
    private Task<bool> SetReadyAsync(
        Guid tenantId, bool ready, IReadOnlyCollection<Guid>? seen, string by, TenantAccess? person, CancellationToken cancellationToken) =>
        ChangeAsync(tenantId, ifGone: false, async (db, row) =>
        {
            var known = (await Readings.LoadAsync(db, cancellationToken)).GroupsForLuware;
            IReadOnlyList<Guid>? groups = ready ? [.. known.Where(g => seen?.Contains(g) != false)] : null;
            // A flag that was set for other recording applications, or without one of the groups, is set anew.
            if (groups is null ? row.Ready : !customers.Show(row).Tenant.IsReadyFor(groups))
                journal.Add(db, SetReady(row, groups, by, person));
            return true;
        }, cancellationToken);

    /// <param name="groups">The groups that Luware has synchronised; null clears the flag.</param>
    /// <returns>The line that records it.</returns>
    internal JournalLine SetReady(CustomerTenant row, IReadOnlyList<Guid>? groups, string by, TenantAccess? person)
    {
        if (groups is null)
            row.SetReady(digest: null, groupsJson: null, by, time.GetUtcNow());
        else
            row.SetReady(RegionDigests.OfRecorders(customers.Show(row).Region), EngineJson.Write(groups), by, time.GetUtcNow());
        return new JournalLine(row.Id, row.CurrentRunId, JournalKind.ReadyChanged, new Sentence(groups is null ? "Engine.ReadyCleared" : "Engine.ReadySet", by))
        {
            Person = person?.PersonId, PersonTenant = person?.TenantId, Facts = new AuditData { ["ready"] = groups is not null, ["groups"] = groups },
        };
    }

    /// <returns>Why it was not done.</returns>
    internal async Task<Sentence?> SetClosedAsync(Guid tenantId, bool closed, Sentence? read, Actor actor, Sentence ifGone, CancellationToken cancellationToken)
    {
        var (by, staff) = (actor.Access.PersonId, actor.Access.TenantId);
        var problem = await contexts.ChangeAtOnceAsync<Sentence?>(tenantId, async db =>
        {
            // The tenant's row is read first and updated, as when a run starts, so that the two collide. A run that ends here collides with its next pass.
            if (await db.Tenants.SingleOrDefaultAsync(t => t.Id == tenantId, cancellationToken) is not { } row)
                return ifGone;
            if (row.ClosedAt is not null == closed)
                return null;
            if (closed && await runs.EndWaitingAsync(db, read, cancellationToken) is { } obstacle)
                return obstacle;

            row.ClosedAt = closed ? time.GetUtcNow() : null;
            if (closed)
            {
                await revocation.RevokeAllAsync(db, actor, staff, cancellationToken);
                await sessions.DeleteOfTenantAsync(db, row.EntraTenantId, cancellationToken);
            }

            var (kind, words) = closed ? (JournalKind.TenantClosed, "Engine.TenantClosed") : (JournalKind.TenantReopened, "Engine.TenantReopened");
            journal.Add(db, new JournalLine(row.Id, null, kind, new Sentence(words, actor.Mention)) { Person = by, PersonTenant = staff });
            return null;
        }, cancellationToken);
        feed.Publish(tenantId);
        return problem;
    }

    /// <summary>
    /// True if the ready flag, the region or its application ids have changed, because runs wait for the flag and for Luware's corrections. The flag's time
    /// changes whenever the flag is set, set anew or cleared.
    /// </summary>
    private static bool ConcernsRuns(EntityEntry<CustomerTenant> row) =>
        row.Property(t => t.ReadyAt).IsModified || row.Property(t => t.Region).IsModified || row.Property(t => t.ApplicationIdsJson).IsModified;
}
