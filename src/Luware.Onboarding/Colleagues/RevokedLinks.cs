using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Colleagues;

/// <summary>Remembers every revoked link in the same save that deletes it.</summary>
internal sealed class RevokedLinks(TimeProvider time) : IDerivedRows
{
    /// <inheritdoc/>
    public Task FollowAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var entry in db.ChangeTracker.Entries().Where(e => e.State == EntityState.Deleted).ToList())
        {
            if (entry.Entity is Invitation invitation)
                db.RevokedLinks.Add(new RevokedLink { Id = invitation.Id, TenantId = invitation.TenantId, Hash = invitation.Hash, RevokedAt = now });
            else if (entry.Entity is ColleagueLink link)
                db.RevokedLinks.Add(new RevokedLink { Id = link.Id, TenantId = link.TenantId, Hash = link.Hash, Step = link.Step, RevokedAt = now });
        }

        return Task.CompletedTask;
    }
}
