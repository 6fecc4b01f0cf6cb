using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants;

internal sealed class Tenants(
    IDbContextFactory<PortalDbContext> contexts, CustomerTenants customers, IRegionCatalog regions, Journal journal, RunCommands runs, RunFeed feed, TimeProvider time) : ITenants
{
    public async Task<Guid> AddAsync(Guid entraTenantId, string name, string region, CancellationToken cancellationToken)
    {
        var key = regions.Find(region)?.Key ?? throw new ArgumentException($"There is no region {region}.", nameof(region));
        var (id, _) = await AddAsync(new CustomerTenant { EntraTenantId = entraTenantId, Name = name, Region = key, CreatedAt = time.GetUtcNow() }, null, cancellationToken);
        return id;
    }

    public async Task<bool> SetReadyAsync(Guid entraTenantId, bool ready, string by, CancellationToken cancellationToken)
    {
        if (await customers.FindAsync(entraTenantId, cancellationToken) is not { } customer)
            return false;

        await SetReadyAsync(customer.Id, ready, by, null, cancellationToken);
        return true;
    }

    /// <param name="by">Null if no person did it.</param>
    /// <returns>The id of the new row, or of the existing one with this tenant, and whether it is new.</returns>
    internal async Task<(Guid Id, bool IsNew)> AddAsync(CustomerTenant row, Actor? by, CancellationToken cancellationToken)
    {
        var answer = (row.Id, IsNew: true);
        // Two concurrent additions of the same tenant collide in its index: the second is retried and finds the first.
        await contexts.ChangeAsync(row.Id, async db =>
        {
            if (await db.Tenants.Where(t => t.EntraTenantId == row.EntraTenantId).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(cancellationToken) is { } there)
            {
                answer = (there, false);
                return;
            }

            db.Tenants.Add(row);
            var said = by is null ? new Sentence("Engine.TenantThere") : new Sentence("Engine.TenantAdded", by.Mention);
            journal.Add(db, new JournalLine(row.Id, null, JournalKind.TenantAdded, said) { Person = by?.Access.PersonId, PersonTenant = by?.Access.TenantId, Facts = TenantRules.Facts(row) });
        }, cancellationToken);
        feed.Publish(answer.Id);
        return answer;
    }

    /// <summary>Changes a tenant's row, writes the lines that record it, and notifies all pages.</summary>
    /// <param name="change">Returns no line if the row is already as it should be.</param>
    /// <returns>False if there is no such tenant.</returns>
    internal Task<bool> ChangeAsync(Guid tenantId, Func<CustomerTenant, IReadOnlyList<JournalLine>> change, CancellationToken cancellationToken) =>
        ChangeAsync(tenantId, (_, row) => Task.FromResult(change(row)), cancellationToken);

    /// <inheritdoc cref="ChangeAsync(Guid, Func{CustomerTenant, IReadOnlyList{JournalLine}}, CancellationToken)"/>
    internal async Task<bool> ChangeAsync(Guid tenantId, Func<PortalDbContext, CustomerTenant, Task<IReadOnlyList<JournalLine>>> change, CancellationToken cancellationToken)
    {
        var isThere = true;
        await contexts.ChangeAsync(tenantId, async db =>
        {
            if (await db.Tenants.SingleOrDefaultAsync(t => t.Id == tenantId, cancellationToken) is { } row)
                foreach (var line in await change(db, row))
                    journal.Add(db, line);
            else
                isThere = false;
        }, cancellationToken);
        if (isThere)
            feed.Publish(tenantId);
        return isThere;
    }

    internal async Task<bool> SetReadyAsync(Guid tenantId, bool ready, string by, TenantAccess? person, CancellationToken cancellationToken)
    {
        IReadOnlyList<Run> woken = [];
        var isThere = await ChangeAsync(tenantId, async (db, row) =>
        {
            woken = await runs.NudgeAsync(db, actor: null, cancellationToken);
            // A flag that was set for other recording applications is set anew.
            return (ready ? customers.Show(row).Tenant.Ready : !row.Ready) ? [] : [SetReady(row, ready, by, person)];
        }, cancellationToken);
        await runs.WakeAsync(woken, cancellationToken);
        return isThere;
    }

    /// <returns>The line that records it.</returns>
    internal JournalLine SetReady(CustomerTenant row, bool ready, string by, TenantAccess? person)
    {
        (row.Ready, row.ReadyDigest) = (ready, ready ? RegionDigests.OfRecorders(customers.Show(row).Region) : null);
        (row.ReadyBy, row.ReadyAt) = (by, time.GetUtcNow());
        return new JournalLine(row.Id, row.CurrentRunId, JournalKind.ReadyChanged, new Sentence(ready ? "Engine.ReadySet" : "Engine.ReadyCleared", by))
        {
            Person = person?.PersonId, PersonTenant = person?.TenantId, Facts = new AuditData { ["ready"] = ready },
        };
    }
}
