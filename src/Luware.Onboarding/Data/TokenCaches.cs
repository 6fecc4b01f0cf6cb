using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Data;

internal sealed class TokenCaches(IDbContextFactory<PortalDbContext> contexts, TimeProvider time) : ITokenCaches
{
    public async Task<byte[]?> ReadAsync(string sessionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.TokenCaches.Where(c => c.SessionId == sessionId).Select(c => c.Encrypted).SingleOrDefaultAsync(cancellationToken);
    }

    /// <remarks>A job that still held a token when its person signed out must not restore the cache, so nothing is stored for an ended session.</remarks>
    public async Task WriteAsync(string sessionId, byte[] encrypted, CancellationToken cancellationToken)
    {
        try
        {
            await contexts.InTransactionAsync(db => WriteAsync(db, sessionId, encrypted, cancellationToken), cancellationToken);
        }
        catch (DbUpdateException e) when (StoreFaults.IsUniqueViolation(e))
        {
            // Another portal has added the row at the same moment, so now it can be updated.
            await contexts.InTransactionAsync(db => WriteAsync(db, sessionId, encrypted, cancellationToken), cancellationToken);
        }
    }

    public async Task ReplaceAsync(string sessionId, byte[] read, byte[] encrypted, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        await db.TokenCaches.Where(c => c.SessionId == sessionId && c.Encrypted == read)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Encrypted, encrypted).SetProperty(c => c.WrittenAt, now), cancellationToken);
    }

    private async Task WriteAsync(PortalDbContext db, string sessionId, byte[] encrypted, CancellationToken cancellationToken)
    {
        // Changes nothing but locks the session's row until the end: a concurrent sign-out waits and then deletes what is written here.
        await db.Sessions.Where(s => s.SessionId == sessionId).ExecuteUpdateAsync(set => set.SetProperty(s => s.Version, s => s.Version), cancellationToken);
        if (await db.Sessions.AnyAsync(s => s.SessionId == sessionId && s.EndedAt != null, cancellationToken))
            return;

        var row = await db.TokenCaches.SingleOrDefaultAsync(c => c.SessionId == sessionId, cancellationToken);
        if (row is null)
            db.TokenCaches.Add(new TokenCacheRow { SessionId = sessionId, Encrypted = encrypted, WrittenAt = time.GetUtcNow() });
        else
            (row.Encrypted, row.WrittenAt) = (encrypted, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
    }
}
