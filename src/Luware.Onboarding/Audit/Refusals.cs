using Luware.Onboarding.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Audit;

/// <summary>
/// Records refusals. A refused person can come back as often as they like and must not fill the chain, so the same refusal is recorded once a day, and each
/// kind up to a daily limit. The log mentions what was left out.
/// </summary>
internal sealed partial class Refusals(IDbContextFactory<PortalDbContext> contexts, AuditTrail trail, TimeProvider time, ILogger<Refusals> logger)
{
    public const int MostADay = 100;

    /// <summary>The number of entries to search, by an index. Chains only grow, and the work that a stranger causes must not grow with them.</summary>
    private const int LookedThrough = 1000;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public Task WriteAsync(AuditLine line, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(line.TenantId, db => AddAsync(db, line, cancellationToken), cancellationToken);

    /// <summary>
    /// Adds a refusal to a change that is about to be saved. Two concurrent ones collide at the chain's end, and the retried one finds the entry of the first.
    /// </summary>
    public async Task AddAsync(PortalDbContext db, AuditLine line, CancellationToken cancellationToken)
    {
        await AuditTrail.KnowEndAsync(db, line.TenantId, cancellationToken);
        var since = time.GetUtcNow() - Day;
        var json = line.Data.ToJson();
        var latest = await db.Audit.AsNoTracking().OrderByDescending(e => e.Sequence).Take(LookedThrough).Where(e => e.Kind == line.Kind && e.At > since)
            .Select(e => new { e.Subject, e.Person, e.PersonTenant, e.DataJson }).ToListAsync(cancellationToken);
        if ((latest.Count < MostADay || IsEndOfSession(line.Kind)) && !latest.Contains(new { line.Subject, line.Person, line.PersonTenant, DataJson = json }))
            trail.Add(db, line);
        else
            Log.LeftOut(logger, line.Kind, line.TenantId, line.Data.GetValueOrDefault("reason"));
    }

    /// <summary>True for entries that no outsider can cause, because each ends a session of an admitted person.</summary>
    private static bool IsEndOfSession(string kind) => kind is AuditKinds.RoleLost or AuditKinds.RenewalRefused;

    private static partial class Log
    {
        [LoggerMessage(2404, LogLevel.Information,
            "{Kind} was not written into the audit of tenant {TenantId} again, reason {Reason}: the same, or as many as a day takes, stand there already")]
        public static partial void LeftOut(ILogger logger, string kind, Guid tenantId, object? reason);
    }
}
