using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Colleagues;

/// <summary>Says in the chain of whose link it is that it let nobody in, and why. Of a link that was never made, or that is long forgotten, there is nobody to tell.</summary>
internal sealed class LinkRefusals(IDbContextFactory<PortalDbContext> contexts, Refusals refusals, TimeProvider time)
{
    /// <summary>Whoever opened it is not signed in, or not asked.</summary>
    public async Task TellAsync(string secret, CancellationToken cancellationToken)
    {
        if (OneTimeSecret.HashOf(secret) is { } hash)
            await TellAsync(links => links.Where(l => l.Hash == hash), null, cancellationToken);
    }

    public Task TellAsync(Guid linkId, LinkHolder holder, CancellationToken cancellationToken) =>
        TellAsync(links => links.Where(l => l.Id == linkId), holder, cancellationToken);

    private async Task TellAsync(Func<IQueryable<Known>, IQueryable<Known>> which, LinkHolder? holder, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (from link in which(All(db))
                           join customer in db.Tenants on link.TenantId equals customer.Id
                           select new { Link = link, customer.EntraTenantId }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return;

        var isTheirs = holder is null || holder.EntraTenantId == found.EntraTenantId;
        var why = !isTheirs ? "OtherTenant" : found.Link.IsRevoked ? "Revoked" : found.Link.ExpiresAt <= time.GetUtcNow() ? "Expired" : "Used";
        await refusals.WriteAsync(new AuditLine(found.Link.TenantId, AuditKinds.LinkRefused)
        {
            Subject = found.Link.Step, Person = holder?.PersonId, PersonTenant = isTheirs ? null : holder!.EntraTenantId,
            Data = new AuditData { [found.Link.Step.Length == 0 ? "invitation" : "link"] = found.Link.Id, ["reason"] = why },
        }, cancellationToken);
    }

    private static IQueryable<Known> All(PortalDbContext db) => db.Invitations.AcrossTenants()
        .Select(i => new Known { Id = i.Id, TenantId = i.TenantId, Hash = i.Hash, Step = "", ExpiresAt = i.ExpiresAt, IsRevoked = false })
        .Concat(db.ColleagueLinks.AcrossTenants().Select(l => new Known { Id = l.Id, TenantId = l.TenantId, Hash = l.Hash, Step = l.Step, ExpiresAt = l.ExpiresAt, IsRevoked = false }))
        .Concat(db.RevokedLinks.AcrossTenants().Select(l => new Known { Id = l.Id, TenantId = l.TenantId, Hash = l.Hash, Step = l.Step, ExpiresAt = l.RevokedAt, IsRevoked = true }));

    /// <summary>What the three tables of links say alike.</summary>
    private sealed class Known
    {
        public Guid Id { get; init; }

        public Guid TenantId { get; init; }

        public required byte[] Hash { get; init; }

        public required string Step { get; init; }

        public DateTimeOffset ExpiresAt { get; init; }

        public bool IsRevoked { get; init; }
    }
}
