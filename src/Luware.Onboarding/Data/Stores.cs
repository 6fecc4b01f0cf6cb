using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Data;

/// <summary>Sign-in sessions as rows: ending one ends its cookie, its circuits and its tokens.</summary>
public interface ISessions
{
    Task<SessionTicket?> FindAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>Stores or replaces the session's ticket.</summary>
    /// <returns>False when nothing was stored: the session has ended, or another ticket was stored since the version that this one was made from.</returns>
    Task<bool> PutAsync(SessionTicket ticket, CancellationToken cancellationToken);

    /// <summary>Ends the session and deletes its token cache.</summary>
    Task DeleteAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>Ends every session of the tenant and deletes their token caches.</summary>
    /// <param name="db">Its transaction decides whether that happens.</param>
    Task DeleteOfTenantAsync(PortalDbContext db, Guid entraTenantId, CancellationToken cancellationToken);

    /// <summary>True while the session exists, has not expired and belongs to this tenant and person.</summary>
    Task<bool> IsAliveAsync(TenantAccess access, CancellationToken cancellationToken);

    /// <param name="db">The context to use, so that the caller's next query needs no second connection.</param>
    /// <inheritdoc cref="IsAliveAsync(TenantAccess, CancellationToken)"/>
    Task<bool> IsAliveAsync(PortalDbContext db, TenantAccess access, CancellationToken cancellationToken);
}

public static class LiveSessions
{
    /// <exception cref="UnauthorizedAccessException">The session has ended.</exception>
    public static async Task RequireAsync(this ISessions sessions, TenantAccess access, CancellationToken cancellationToken)
    {
        if (!await sessions.IsAliveAsync(access, cancellationToken))
            throw new UnauthorizedAccessException("The session has ended.");
    }

    /// <param name="db">The context of a change that collides with whatever ends the session.</param>
    /// <inheritdoc cref="RequireAsync(ISessions, TenantAccess, CancellationToken)"/>
    public static async Task RequireAsync(this ISessions sessions, PortalDbContext db, TenantAccess access, CancellationToken cancellationToken)
    {
        if (!await sessions.IsAliveAsync(db, access, cancellationToken))
            throw new UnauthorizedAccessException("The session has ended.");
    }
}

/// <param name="SessionId">The hash of the key that the cookie holds; the key itself is never stored.</param>
/// <param name="Ticket">The authentication ticket, encrypted.</param>
public sealed record SessionTicket(string SessionId, Guid TenantId, Guid PersonId, byte[] Ticket, DateTimeOffset ExpiresAt)
{
    /// <summary>The stored version that the ticket was made from; null to replace any, as a new sign-in does.</summary>
    public int? Version { get; init; }
}

/// <summary>MSAL's token caches, one per session, encrypted by the caller.</summary>
public interface ITokenCaches
{
    Task<byte[]?> ReadAsync(string sessionId, CancellationToken cancellationToken);

    Task WriteAsync(string sessionId, byte[] encrypted, CancellationToken cancellationToken);

    /// <summary>Replaces the cache only if it is still what was read; otherwise another portal's cache, or its absence, is kept.</summary>
    Task ReplaceAsync(string sessionId, byte[] read, byte[] encrypted, CancellationToken cancellationToken);
}
