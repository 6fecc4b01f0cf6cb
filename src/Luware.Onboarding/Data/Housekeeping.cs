using Luware.Onboarding.Colleagues;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Data;

/// <summary>
/// Deletes what nobody can use any more: expired sessions with their tokens, orphaned token caches, old consent states, links to colleagues and journal lines.
/// </summary>
internal sealed partial class Housekeeping(
    IDbContextFactory<PortalDbContext> contexts, Retention retention, IOptions<ColleagueOptions> colleagues, TimeProvider time, ILogger<Housekeeping> logger)
    : PeriodicService(time)
{
    /// <summary>Only a margin: a sign-in writes its session's row before its token cache.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromMinutes(15);

    /// <summary>How long a used or expired state can still be distinguished from an unknown one.</summary>
    private static readonly TimeSpan StateMemory = TimeSpan.FromDays(7);

    /// <summary>How long revoked links are remembered, so that their holders can be distinguished from guessers.</summary>
    private static readonly TimeSpan RevokedMemory = TimeSpan.FromDays(30);

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        var orphaned = now - OrphanAge;
        var forgotten = now - StateMemory;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sessions = await db.Sessions.Where(s => s.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        var caches = await db.TokenCaches
            .Where(c => c.WrittenAt <= orphaned && !db.Sessions.Any(s => s.SessionId == c.SessionId))
            .ExecuteDeleteAsync(cancellationToken);
        var states = await db.ConsentStates.Where(s => s.ExpiresAt <= forgotten).ExecuteDeleteAsync(cancellationToken);
        var links = await SweepLinksAsync(now - colleagues.Value.KeepExpired, cancellationToken);
        var revoked = now - RevokedMemory;
        links += await db.RevokedLinks.AcrossTenants().Where(l => l.RevokedAt <= revoked).ExecuteDeleteAsync(cancellationToken);
        var (texts, lines) = await retention.SweepAsync(cancellationToken);
        if (sessions + caches + states + links + texts + lines > 0)
            Log.Swept(logger, sessions, caches, states, links, texts, lines);
        await db.OptimizeAsync(cancellationToken);
    }

    /// <summary>
    /// Deletes expired links tenant by tenant, in changes of their own, so that the rows derived from them follow. A failure holds up no other.
    /// </summary>
    private async Task<int> SweepLinksAsync(DateTimeOffset expired, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tenants = await db.ColleagueLinks.AcrossTenants().Where(l => l.ExpiresAt <= expired)
            .Select(l => l.TenantId).Distinct().ToListAsync(cancellationToken);
        var swept = 0;
        foreach (var tenant in tenants)
        {
            try
            {
                swept += await SweepLinksAsync(tenant, expired, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.LinksFailed(logger, tenant, e);
            }
        }

        return swept;
    }

    private Task<int> SweepLinksAsync(Guid tenant, DateTimeOffset expired, CancellationToken cancellationToken) => contexts.ChangeAsync(tenant, async own =>
    {
        var links = await own.ColleagueLinks.Where(l => l.ExpiresAt <= expired).ToListAsync(cancellationToken);
        own.ColleagueLinks.RemoveRange(links);
        return links.Count;
    }, cancellationToken);

    protected override TimeSpan Every => TimeSpan.FromMinutes(10);

    protected override void Failed(Exception exception) => Log.SweepFailed(logger, exception);

    private static partial class Log
    {
        [LoggerMessage(2111, LogLevel.Information,
            "Swept {Sessions} expired sessions, {Caches} token caches, {States} consent states, "
            + "{Links} links to colleagues, {Texts} answers and {Lines} lines of the journal")]
        public static partial void Swept(ILogger logger, int sessions, int caches, int states, int links, int texts, int lines);

        [LoggerMessage(2112, LogLevel.Warning, "Sweeping expired rows failed; the next round tries again")]
        public static partial void SweepFailed(ILogger logger, Exception exception);

        [LoggerMessage(2113, LogLevel.Warning, "The expired links of the tenant {TenantId} could not be swept; the next round tries again")]
        public static partial void LinksFailed(ILogger logger, Guid tenantId, Exception exception);
    }
}
