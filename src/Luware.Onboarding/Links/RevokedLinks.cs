using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Links;

/// <summary>Remembers every revoked link in the same save that deletes it.</summary>
internal sealed class RevokedLinks(IOptions<ColleagueOptions> options, TimeProvider time) : IDerivedRows
{
    /// <inheritdoc/>
    public Task FollowAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var entry in db.ChangeTracker.Entries().Where(e => e.State == EntityState.Deleted).ToList())
        {
            if (entry.Entity is Invitation invitation)
                db.RevokedLinks.Add(new RevokedLink { Id = invitation.Id, TenantId = invitation.TenantId, Hash = invitation.Hash, RevokedAt = now });
            // A link past its time is swept, not revoked.
            else if (entry.Entity is ColleagueLink link && link.ExpiresAt > now - options.Value.KeepExpired)
                db.RevokedLinks.Add(new RevokedLink { Id = link.Id, TenantId = link.TenantId, Hash = link.Hash, Step = link.Step, RevokedAt = now });
        }

        return Task.CompletedTask;
    }
}
