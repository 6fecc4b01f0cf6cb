using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Colleagues;

/// <summary>Says in the chain of whose link it is that it let nobody in, and why. Of a link that was never made, or that is long forgotten, there is nobody to tell.</summary>
internal sealed class LinkRefusals(IDbContextFactory<PortalDbContext> contexts, Refusals refusals)
{
    /// <summary>Whoever opened it is not signed in, or not asked.</summary>
    public async Task TellAsync(LinkKind kind, string secret, CancellationToken cancellationToken)
    {
        if (OneTimeSecret.HashOf(secret) is { } hash)
            await TellAsync(kind, links => links.Where(l => l.Hash == hash), null, cancellationToken);
    }

    public Task TellAsync(LinkKind kind, Guid linkId, LinkHolder holder, CancellationToken cancellationToken) =>
        TellAsync(kind, links => links.Where(l => l.Id == linkId), holder, cancellationToken);

    private async Task TellAsync(LinkKind kind, Func<IQueryable<Known>, IQueryable<Known>> which, LinkHolder? holder, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (from link in which(Of(kind, db))
                           join customer in db.Tenants on link.TenantId equals customer.Id
                           select new { Link = link, customer.EntraTenantId }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return;

        var isTheirs = holder is null || holder.EntraTenantId == found.EntraTenantId;
        // Whoever comes back to what they accepted themselves is kept out by its time alone.
        var why = !isTheirs ? "OtherTenant" : found.Link.IsRevoked ? "Revoked" : found.Link.AcceptedBy is { } by && by != holder?.PersonId ? "Used" : "Expired";
        await refusals.WriteAsync(new AuditLine(found.Link.TenantId, AuditKinds.LinkRefused)
        {
            Subject = found.Link.Step, Person = holder?.PersonId, PersonTenant = isTheirs ? null : holder!.EntraTenantId,
            Data = new AuditData { [kind == LinkKind.Invitation ? "invitation" : "link"] = found.Link.Id, ["reason"] = why },
        }, cancellationToken);
    }

    /// <summary>Only what the door that was knocked at can open: a link that is good at the other one is no refused link of this one.</summary>
    private static IQueryable<Known> Of(LinkKind kind, PortalDbContext db)
    {
        var revoked = db.RevokedLinks.AcrossTenants();
        return kind == LinkKind.Invitation
            ? db.Invitations.AcrossTenants().Select(i => new Known { Id = i.Id, TenantId = i.TenantId, Hash = i.Hash, Step = "", AcceptedBy = i.AcceptedBy, IsRevoked = false })
                .Concat(revoked.Where(l => l.Step == "").Select(l => new Known { Id = l.Id, TenantId = l.TenantId, Hash = l.Hash, Step = l.Step, AcceptedBy = null, IsRevoked = true }))
            : db.ColleagueLinks.AcrossTenants().Select(l => new Known { Id = l.Id, TenantId = l.TenantId, Hash = l.Hash, Step = l.Step, AcceptedBy = l.AcceptedBy, IsRevoked = false })
                .Concat(revoked.Where(l => l.Step != "").Select(l => new Known { Id = l.Id, TenantId = l.TenantId, Hash = l.Hash, Step = l.Step, AcceptedBy = null, IsRevoked = true }));
    }

    /// <summary>What the tables of links say alike.</summary>
    private sealed class Known
    {
        public Guid Id { get; init; }

        public Guid TenantId { get; init; }

        public required byte[] Hash { get; init; }

        public required string Step { get; init; }

        public Guid? AcceptedBy { get; init; }

        public bool IsRevoked { get; init; }
    }
}

/// <summary>Each has a door of its own.</summary>
internal enum LinkKind
{
    Invitation,
    HandedStep,
}
