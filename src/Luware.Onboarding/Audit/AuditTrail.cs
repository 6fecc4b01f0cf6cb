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

    /// <summary>
    /// Before a look at what stands in the chain decides whether something is added: whoever adds between the look and the save is collided with at
    /// the end that was there before, and the change looks again. Only a chain that has no end yet can be begun twice with the same.
    /// </summary>
    public static Task KnowEndAsync(PortalDbContext db, Guid chain, CancellationToken cancellationToken) =>
        db.AuditHeads.SingleOrDefaultAsync(h => h.TenantId == chain, cancellationToken);

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
