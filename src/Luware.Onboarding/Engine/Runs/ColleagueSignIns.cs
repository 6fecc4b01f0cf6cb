using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Gateways;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Loads the steps that colleagues have approved, with the sign-in that a run uses for each instead of its own.</summary>
internal sealed class ColleagueSignIns(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public async Task<IReadOnlyDictionary<string, ColleagueSignIn>> LoadAsync(Guid tenantId, Guid entraTenantId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(tenantId, cancellationToken);
        var links = await AcceptedLinks(db, time.GetUtcNow()).AsNoTracking().ToListAsync(cancellationToken);
        return links.ToDictionary(
            l => l.Step, l => new ColleagueSignIn(new TenantAccess(entraTenantId, l.AcceptedBy!.Value, l.HomeAccountId!, l.SessionId!), l.ExpiresAt),
            StringComparer.Ordinal);
    }

    /// <summary>The links of colleagues who have approved their step and are still admitted to it.</summary>
    public static IQueryable<ColleagueLink> AcceptedLinks(PortalDbContext db, DateTimeOffset now) =>
        db.ColleagueLinks.Where(l => l.SessionId != null && l.ExpiresAt > now);
}

/// <param name="Until">When the colleague's admission to the step ends.</param>
internal sealed record ColleagueSignIn(TenantAccess Access, DateTimeOffset Until);
