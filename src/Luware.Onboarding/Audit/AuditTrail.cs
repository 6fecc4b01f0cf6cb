using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Audit;

/// <summary>Adds to the chains, in the order in which things happen.</summary>
internal sealed class AuditTrail(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private long lastMoment;

    /// <summary>Adds an entry to a change that is about to be saved, so that neither is there without the other; <see cref="AuditSeal"/> gives it its place then.</summary>
    public void Add(PortalDbContext db, AuditLine line) => Add(db, line, NextMoment());

    public static void Add(PortalDbContext db, AuditLine line, DateTimeOffset at) => db.Audit.Add(new AuditEntry
    {
        TenantId = line.TenantId, At = at, Kind = line.Kind, Subject = line.Subject, Person = line.Person, PersonTenant = line.PersonTenant,
        DataJson = line.Data.ToJson(),
    });

    public Task WriteAsync(AuditLine line, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(line.TenantId, db =>
        {
            Add(db, line);
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>
    /// Now, or a microsecond after the last where the clock has not moved on: never twice the same within one process, so that it is also
    /// the order. No finer, because not every database keeps more.
    /// </summary>
    public DateTimeOffset NextMoment()
    {
        while (true)
        {
            var last = Interlocked.Read(ref lastMoment);
            var next = Math.Max(time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMicrosecond, last + 1);
            if (Interlocked.CompareExchange(ref lastMoment, next, last) == last)
                return new DateTimeOffset(next * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        }
    }
}
