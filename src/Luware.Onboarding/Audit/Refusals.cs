using Luware.Onboarding.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Audit;

/// <summary>
/// Writes that somebody was refused. Whoever is refused can come again as often as they like, and must not fill the chain: the same is written
/// once a day, and of one kind so much a day. That there was more is in the log.
/// </summary>
internal sealed partial class Refusals(IDbContextFactory<PortalDbContext> contexts, AuditTrail trail, TimeProvider time, ILogger<Refusals> logger)
{
    public const int MostADay = 100;

    /// <summary>So many entries are looked through, by the index: a chain is never swept, and a stranger's look must not grow with it.</summary>
    private const int LookedThrough = 1000;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public Task WriteAsync(AuditLine line, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(line.TenantId, db => AddAsync(db, line, cancellationToken), cancellationToken);

    /// <summary>Adds it to a change that is about to be saved. Two at once collide at the chain's end, and the later one finds what the first has written.</summary>
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

    /// <summary>These no outsider brings about: there are no more of them than sessions of people who were let in.</summary>
    private static bool IsEndOfSession(string kind) => kind is AuditKinds.RoleLost or AuditKinds.RenewalRefused;

    private static partial class Log
    {
        [LoggerMessage(2404, LogLevel.Information, "{Kind} was not written into the audit of tenant {TenantId} again, reason {Reason}: the same, or as many as a day takes, stand there already")]
        public static partial void LeftOut(ILogger logger, string kind, Guid tenantId, object? reason);
    }
}
