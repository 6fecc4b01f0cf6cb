using System.Collections.Concurrent;
using Luware.Onboarding.Data;
using Luware.Onboarding.Gateways;

namespace Luware.Portal.Tests.Doubles;

/// <summary>Sessions and their token caches in memory, with the rules of the real tables.</summary>
internal sealed class MemoryStores : ISessions, ITokenCaches
{
    public ConcurrentDictionary<string, SessionTicket> Sessions { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, byte[]> Caches { get; } = new(StringComparer.Ordinal);

    /// <summary>Thrown instead of an answer.</summary>
    public Exception? Fails { get; set; }

    /// <summary>The number of failed requests whether a session is alive.</summary>
    public int AskedInVain;

    public Task<SessionTicket?> FindAsync(string sessionId, CancellationToken cancellationToken) =>
        Fails is null ? Task.FromResult(Sessions.GetValueOrDefault(sessionId)) : Task.FromException<SessionTicket?>(Fails);

    public Task<bool> PutAsync(SessionTicket ticket, CancellationToken cancellationToken)
    {
        var there = Sessions.GetValueOrDefault(ticket.SessionId);
        if (ticket.Version is { } seen && seen != there?.Version)
            return Task.FromResult(false);

        Sessions[ticket.SessionId] = ticket with { Version = (there?.Version ?? 0) + 1 };
        return Task.FromResult(true);
    }

    public Task DeleteAsync(string sessionId, CancellationToken cancellationToken)
    {
        Sessions.TryRemove(sessionId, out _);
        Caches.TryRemove(sessionId, out _);
        return Task.CompletedTask;
    }

    public async Task DeleteOfTenantAsync(PortalDbContext db, Guid entraTenantId, CancellationToken cancellationToken)
    {
        foreach (var session in Sessions.Values.Where(s => s.TenantId == entraTenantId).ToList())
            await DeleteAsync(session.SessionId, cancellationToken);
    }

    public Task<bool> IsAliveAsync(PortalDbContext db, TenantAccess access, CancellationToken cancellationToken) => IsAliveAsync(access, cancellationToken);

    public Task<bool> IsAliveAsync(TenantAccess access, CancellationToken cancellationToken)
    {
        if (Fails is not null)
        {
            Interlocked.Increment(ref AskedInVain);
            return Task.FromException<bool>(Fails);
        }

        return Task.FromResult(Sessions.GetValueOrDefault(access.SessionId) is { } s && (s.TenantId, s.PersonId) == (access.TenantId, access.PersonId) && s.ExpiresAt > DateTimeOffset.UtcNow);
    }

    public Task<byte[]?> ReadAsync(string sessionId, CancellationToken cancellationToken) => Task.FromResult(Caches.GetValueOrDefault(sessionId));

    public Task ReplaceAsync(string sessionId, byte[] read, byte[] encrypted, CancellationToken cancellationToken)
    {
        if (Caches.GetValueOrDefault(sessionId) is { } there && there.AsSpan().SequenceEqual(read))
            Caches[sessionId] = encrypted;
        return Task.CompletedTask;
    }

    public Task WriteAsync(string sessionId, byte[] encrypted, CancellationToken cancellationToken)
    {
        if (Sessions.ContainsKey(sessionId))
            Caches[sessionId] = encrypted;
        return Task.CompletedTask;
    }
}
