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

    /// <remarks>A job that still held a token when its person signed out must not bring the cache back, so an ended session takes nothing.</remarks>
    public async Task WriteAsync(string sessionId, byte[] encrypted, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Sessions.AnyAsync(s => s.SessionId == sessionId && s.EndedAt != null, cancellationToken))
            return;

        var row = await db.TokenCaches.SingleOrDefaultAsync(c => c.SessionId == sessionId, cancellationToken);
        if (row is null)
            db.TokenCaches.Add(new TokenCacheRow { SessionId = sessionId, Encrypted = encrypted, WrittenAt = time.GetUtcNow() });
        else
            (row.Encrypted, row.WrittenAt) = (encrypted, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
