using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Links;

/// <summary>
/// Records in the chain of the link's tenant that it was refused, and why. A link that was never issued, or is forgotten by now, belongs to no chain.
/// </summary>
internal sealed class LinkRefusals(IDbContextFactory<PortalDbContext> contexts, Refusals refusals)
{
    /// <summary>Records a link opened by somebody who is not signed in, or whose sign-in is not considered.</summary>
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
        // The person who accepted a link can be refused only because it has expired.
        var why = !isTheirs ? "OtherTenant" : found.Link.IsRevoked ? "Revoked" : found.Link.AcceptedBy is { } by && by != holder?.PersonId ? "Used" : "Expired";
        await refusals.WriteAsync(new AuditLine(found.Link.TenantId, AuditKinds.LinkRefused)
        {
            Subject = found.Link.Step, Person = holder?.PersonId, PersonTenant = isTheirs ? null : holder!.EntraTenantId,
            Data = new AuditData { [kind == LinkKind.Invitation ? "invitation" : "link"] = found.Link.Id, ["reason"] = why },
        }, cancellationToken);
    }

    /// <summary>Returns links of one kind only: a valid link opened at the wrong address is no refusal.</summary>
    private static IQueryable<Known> Of(LinkKind kind, PortalDbContext db)
    {
        var revoked = db.RevokedLinks.AcrossTenants();
        return kind == LinkKind.Invitation
            ? db.Invitations.AcrossTenants()
                .Select(i => new Known { Id = i.Id, TenantId = i.TenantId, Hash = i.Hash, Step = "", AcceptedBy = i.AcceptedBy, IsRevoked = false })
                .Concat(Revoked(revoked.Where(l => l.Step == "")))
            : db.ColleagueLinks.AcrossTenants()
                .Select(l => new Known { Id = l.Id, TenantId = l.TenantId, Hash = l.Hash, Step = l.Step, AcceptedBy = l.AcceptedBy, IsRevoked = false })
                .Concat(Revoked(revoked.Where(l => l.Step != "")));
    }

    private static IQueryable<Known> Revoked(IQueryable<RevokedLink> links) =>
        links.Select(l => new Known { Id = l.Id, TenantId = l.TenantId, Hash = l.Hash, Step = l.Step, AcceptedBy = null, IsRevoked = true });

    /// <summary>The columns that all tables of links have in common.</summary>
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
