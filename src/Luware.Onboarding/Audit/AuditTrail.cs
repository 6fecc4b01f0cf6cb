using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Audit;

/// <summary>Adds entries to the chains in the order of events.</summary>
internal sealed class AuditTrail(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private long lastMoment;

    /// <summary>
    /// Adds an entry to a change that is about to be saved, so that both are saved or neither; <see cref="AuditSeal"/> then gives it its number.
    /// </summary>
    public void Add(PortalDbContext db, AuditLine line) => Add(db, line, NextMoment());

    public static void Add(PortalDbContext db, AuditLine line, DateTimeOffset at) => db.Audit.Add(new AuditEntry
    {
        TenantId = line.TenantId, At = at, Kind = line.Kind, Subject = line.Subject, Person = line.Person, PersonTenant = line.PersonTenant,
        DataJson = line.Data.ToJson(),
    });

    /// <summary>
    /// Loads the end of a chain before its entries are read to decide whether to add one. If somebody else adds an entry between the read and the save, the
    /// save collides at that end and the change is retried; the same happens if a change found no end and another one has begun the chain meanwhile.
    /// </summary>
    public static async Task KnowEndAsync(PortalDbContext db, Guid chain, CancellationToken cancellationToken)
    {
        if (await db.AuditHeads.SingleOrDefaultAsync(h => h.TenantId == chain, cancellationToken) is null)
            db.ChainNotBegun = chain;
    }

    public Task WriteAsync(AuditLine line, CancellationToken cancellationToken) =>
        contexts.ChangeAsync(line.TenantId, db =>
        {
            Add(db, line);
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>
    /// Returns the current time, or a microsecond after the last value if the clock has not advanced. Within a process no value repeats, so it also orders the
    /// entries. Not finer than a microsecond, because not every database stores more.
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
