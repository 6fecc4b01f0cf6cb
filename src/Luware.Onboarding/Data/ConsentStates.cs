using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Data;

internal sealed class ConsentStates(
    IDbContextFactory<PortalDbContext> contexts, IOptions<ConsentStateOptions> options, ConsentMetrics metrics, TimeProvider time) : IConsentStates
{
    public async Task<string> IssueAsync(Guid entraTenantId, Guid applicationId, Guid issuedBy, CancellationToken cancellationToken)
    {
        var (state, hash) = OneTimeSecret.Create();
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.ConsentStates.Add(new ConsentStateRow
        {
            Hash = hash, EntraTenantId = entraTenantId, ApplicationId = applicationId, IssuedBy = issuedBy,
            IssuedAt = now, ExpiresAt = now + options.Value.StateLifetime,
        });
        await db.SaveChangesAsync(cancellationToken);
        return state;
    }

    public async Task<ConsentReturn> RedeemAsync(string? state, string? returnedTenant, CancellationToken cancellationToken)
    {
        var result = await LookUpAsync(state, returnedTenant, cancellationToken);
        metrics.Returned(result.Kind);
        return result;
    }

    private async Task<ConsentReturn> LookUpAsync(string? state, string? returnedTenant, CancellationToken cancellationToken)
    {
        if (OneTimeSecret.HashOf(state) is not { } hash)
            return new ConsentReturn(ConsentReturnKind.Unknown, null, null);

        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // One statement decides who used it: two redirects at the same moment cannot both.
        var usedNow = await db.ConsentStates.Where(s => s.Hash == hash && s.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.UsedAt, now).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken);
        var row = await db.ConsentStates.AsNoTracking().SingleOrDefaultAsync(s => s.Hash == hash, cancellationToken);
        return row is null
            ? new ConsentReturn(ConsentReturnKind.Unknown, null, null)
            : new ConsentReturn(Judge(row, usedNow == 1, returnedTenant, now), row.EntraTenantId, row.ApplicationId);
    }

    /// <summary>An error redirect names no tenant; a success redirect that names another one is not this consent.</summary>
    private static ConsentReturnKind Judge(ConsentStateRow row, bool usedNow, string? returnedTenant, DateTimeOffset now) =>
        !usedNow ? ConsentReturnKind.Used
        : row.ExpiresAt <= now ? ConsentReturnKind.Expired
        : !string.IsNullOrEmpty(returnedTenant) && (!Guid.TryParse(returnedTenant, out var tenant) || tenant != row.EntraTenantId) ? ConsentReturnKind.OtherTenant
        : ConsentReturnKind.Accepted;
}
