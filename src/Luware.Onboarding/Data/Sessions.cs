using System.Linq.Expressions;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Gateways;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Data;

internal sealed class Sessions(IDbContextFactory<PortalDbContext> contexts, TimeProvider time) : ISessions
{
    /// <summary>
    /// Compiled, because it runs before every answer and translating it takes longer than running it; per instance, because it belongs to one model.
    /// </summary>
    private readonly Func<PortalDbContext, string, Guid, Guid, DateTimeOffset, CancellationToken, Task<bool>> isAlive = EF.CompileAsyncQuery(
        (PortalDbContext db, string sessionId, Guid tenantId, Guid personId, DateTimeOffset now, CancellationToken cancellationToken) =>
            db.Sessions.Any(s => s.SessionId == sessionId && s.EndedAt == null && s.ExpiresAt > now && s.EntraTenantId == tenantId && s.PersonId == personId));

    public async Task<SessionTicket?> FindAsync(string sessionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var row = await db.Sessions.AsNoTracking()
            .SingleOrDefaultAsync(s => s.SessionId == sessionId && s.EndedAt == null && s.ExpiresAt > now, cancellationToken);
        return row is null ? null : new SessionTicket(row.SessionId, row.EntraTenantId, row.PersonId, row.Ticket, row.ExpiresAt) { Version = row.Version };
    }

    /// <remarks>Requests of one browser may sign in concurrently: the later one wins, and none fails.</remarks>
    public async Task<bool> PutAsync(SessionTicket ticket, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await RenewAsync(db, ticket, cancellationToken) is { } isStored)
            return isStored;
        if (ticket.Version is not null)
            return false;

        db.Sessions.Add(new SessionRow
        {
            SessionId = ticket.SessionId, EntraTenantId = ticket.TenantId, PersonId = ticket.PersonId,
            Ticket = ticket.Ticket, ExpiresAt = ticket.ExpiresAt,
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (StoreFaults.IsUniqueViolation(e))
        {
            return await RenewAsync(db, ticket, cancellationToken) ?? false;
        }
    }

    public Task DeleteAsync(string sessionId, CancellationToken cancellationToken) =>
        contexts.InTransactionAsync(db => DeleteAsync(db, s => s.SessionId == sessionId, sessionId, cancellationToken), cancellationToken);

    public Task DeleteOfTenantAsync(PortalDbContext db, Guid entraTenantId, CancellationToken cancellationToken) =>
        DeleteAsync(db, s => s.EntraTenantId == entraTenantId, null, cancellationToken);

    public async Task<bool> IsAliveAsync(TenantAccess access, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await IsAliveAsync(db, access, cancellationToken);
    }

    public Task<bool> IsAliveAsync(PortalDbContext db, TenantAccess access, CancellationToken cancellationToken) =>
        isAlive(db, access.SessionId, access.TenantId, access.PersonId, time.GetUtcNow(), cancellationToken);

    /// <param name="cache">A token cache to delete even if its session has no row.</param>
    private async Task DeleteAsync(PortalDbContext db, Expression<Func<SessionRow, bool>> which, string? cache, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await db.Sessions.Where(which).Where(s => s.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.Ticket, Array.Empty<byte>()).SetProperty(s => s.Version, s => s.Version + 1),
            cancellationToken);
        var ended = db.Sessions.Where(which).Select(s => s.SessionId);
        await db.TokenCaches.Where(c => c.SessionId == cache || ended.Contains(c.SessionId)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <returns>Null when there is no such session; false when it has ended or has another version by now and is left unchanged.</returns>
    private static async Task<bool?> RenewAsync(PortalDbContext db, SessionTicket ticket, CancellationToken cancellationToken)
    {
        var same = db.Sessions.Where(s => s.SessionId == ticket.SessionId);
        var renewed = await same
            .Where(s => s.EndedAt == null && s.EntraTenantId == ticket.TenantId && s.PersonId == ticket.PersonId)
            .Where(s => ticket.Version == null || s.Version == ticket.Version)
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Ticket, ticket.Ticket).SetProperty(s => s.ExpiresAt, ticket.ExpiresAt)
                    .SetProperty(s => s.Version, s => s.Version + 1),
                cancellationToken);
        if (renewed > 0)
            return true;

        var found = await same.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (found is { EndedAt: null } && (found.EntraTenantId != ticket.TenantId || found.PersonId != ticket.PersonId))
            throw new InvalidOperationException("A session cannot change hands.");
        return found is null ? null : false;
    }
}
