using System.Runtime.CompilerServices;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Audit;

internal sealed class AuditKeeper(IDbContextFactory<PortalDbContext> contexts, AuditVerifier verifier, People people) : IAuditKeeper
{
    public async IAsyncEnumerable<CheckedChain> VerifyAsync(
        Guid? entraTenantId, IReadOnlyCollection<WrittenAnchor> anchors, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chains = await ChainsAsync(entraTenantId, cancellationToken);
        var written = anchors.ToLookup(a => a.Tenant, a => a.Anchor);
        foreach (var (id, tenant) in chains)
        {
            var own = new HashSet<Guid?> { null, id, tenant?.EntraTenantId }.SelectMany(of => written[of]);
            yield return new CheckedChain(tenant?.Name, tenant?.EntraTenantId ?? id, await verifier.VerifyAsync(id, [.. own], cancellationToken));
        }

        // If a tenant's row is gone too, only its anchors show that it had a chain.
        var known = chains.SelectMany(c => new[] { c.Id, c.Tenant?.EntraTenantId }).ToHashSet();
        foreach (var gone in written.Where(of => of.Key is not null && !known.Contains(of.Key) && (entraTenantId is null || of.Key == entraTenantId)))
            yield return new CheckedChain(null, gone.Key!.Value, await verifier.VerifyAsync(gone.Key.Value, [.. gone], cancellationToken));
    }

    public async Task<int> EraseAsync(Guid person, Guid? entraTenantId, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var (id, _) in await ChainsAsync(entraTenantId, cancellationToken))
        {
            if (await people.EraseAsync(id, person, by: null, cancellationToken))
                erased++;
        }

        return erased;
    }

    private async Task<List<(Guid Id, CustomerTenant? Tenant)>> ChainsAsync(Guid? entraTenantId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tenants = await db.Tenants.AsNoTracking().ToDictionaryAsync(t => t.Id, cancellationToken);
        var chains = (await verifier.ChainsAsync(cancellationToken)).Select(id => (Id: id, Tenant: tenants.GetValueOrDefault(id)));
        return [.. chains.Where(c => entraTenantId is null || (c.Tenant?.EntraTenantId ?? c.Id) == entraTenantId)];
    }
}
