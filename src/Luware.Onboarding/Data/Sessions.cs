using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Data;

internal sealed class Sessions(IDbContextFactory<PortalDbContext> contexts, TimeProvider time) : ISessions
{
    public async Task<SessionTicket?> FindAsync(string sessionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await Alive(db, sessionId).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return row is null ? null : new SessionTicket(row.SessionId, row.EntraTenantId, row.PersonId, row.Ticket, row.ExpiresAt);
    }

    public async Task PutAsync(SessionTicket ticket, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Sessions.SingleOrDefaultAsync(s => s.SessionId == ticket.SessionId, cancellationToken);
        if (row is { EndedAt: not null })
            return;
        if (row is not null && (row.EntraTenantId != ticket.TenantId || row.PersonId != ticket.PersonId))
            throw new InvalidOperationException("A session cannot change hands.");

        if (row is null)
            db.Sessions.Add(new SessionRow
            {
                SessionId = ticket.SessionId, EntraTenantId = ticket.TenantId, PersonId = ticket.PersonId,
                Ticket = ticket.Ticket, ExpiresAt = ticket.ExpiresAt,
            });
        else
            (row.Ticket, row.ExpiresAt) = (ticket.Ticket, ticket.ExpiresAt);
        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task DeleteAsync(string sessionId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Sessions.Where(s => s.SessionId == sessionId && s.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.Ticket, Array.Empty<byte>()).SetProperty(s => s.Version, s => s.Version + 1),
            cancellationToken);
        await db.TokenCaches.Where(c => c.SessionId == sessionId).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<bool> IsAliveAsync(string sessionId, Guid tenantId, Guid personId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Alive(db, sessionId).AnyAsync(s => s.EntraTenantId == tenantId && s.PersonId == personId, cancellationToken);
    }

    private IQueryable<SessionRow> Alive(PortalDbContext db, string sessionId)
    {
        var now = time.GetUtcNow();
        return db.Sessions.Where(s => s.SessionId == sessionId && s.EndedAt == null && s.ExpiresAt > now);
    }
}
