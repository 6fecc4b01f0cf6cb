using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Audit;

/// <summary>The names behind object ids, stored apart from the chain so that one person can be erased and the chain stays intact.</summary>
internal sealed class People(IDbContextFactory<PortalDbContext> contexts, AuditTrail trail, IOptions<StaffOptions> staff)
{
    public static async Task KnowAsync(PortalDbContext db, Guid chain, Actor actor, CancellationToken cancellationToken)
    {
        var (tenant, id) = (actor.Access.TenantId, actor.Access.PersonId);
        if (await db.People.SingleOrDefaultAsync(p => p.EntraTenantId == tenant && p.ObjectId == id, cancellationToken) is { } known)
            (known.Name, known.UserPrincipalName) = (actor.Name, actor.UserPrincipalName);
        else
            db.People.Add(new KnownPerson
            {
                TenantId = chain, EntraTenantId = tenant, ObjectId = id, Name = actor.Name, UserPrincipalName = actor.UserPrincipalName,
            });
    }

    /// <summary>The names of the chain's own tenant, and of Luware's own people.</summary>
    public Task<PersonNames> NamesAsync(PortalDbContext db, Guid chain, CancellationToken cancellationToken) =>
        PersonNames.ReadAsync(db, chain, staff.Value.Tenant, cancellationToken);

    public async Task<IReadOnlyList<AuditPerson>> KnownAsync(Guid chain, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(chain, cancellationToken);
        return await db.People.Where(p => p.Name != "").OrderBy(p => p.Name)
            .Select(p => new AuditPerson(p.ObjectId, p.Name, p.UserPrincipalName)).ToListAsync(cancellationToken);
    }

    /// <param name="by">Null if it was requested at the command line.</param>
    /// <returns>False if the chain has no name for the person.</returns>
    public Task<bool> EraseAsync(Guid chain, Guid person, Actor? by, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(chain, async db =>
        {
            var rows = await db.People.Where(p => p.ObjectId == person && p.Name != "").ToListAsync(cancellationToken);
            if (rows.Count == 0)
                return false;

            rows.ForEach(r => r.Erase());
            trail.Add(db, new AuditLine(chain, AuditKinds.PersonErased)
            {
                Subject = $"{person}", Person = by?.Access.PersonId, PersonTenant = by?.Access.TenantId,
            });
            return true;
        }, cancellationToken);
}
