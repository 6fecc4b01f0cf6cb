using System.Collections.Concurrent;
using Luware.Onboarding.Data;
using Luware.Onboarding.Gateways;

namespace Luware.Portal.Tests.Doubles;

/// <summary>Sessions and their token caches in memory, with the rules of the real tables.</summary>
internal sealed class MemoryStores(TimeProvider time) : ISessions, ITokenCaches
{
    /// <summary>The ids of sessions that have ended; also the lock of every change.</summary>
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, SessionTicket> Sessions { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, byte[]> Caches { get; } = new(StringComparer.Ordinal);

    /// <summary>Thrown instead of an answer.</summary>
    public Exception? Fails { get; set; }

    /// <summary>The number of failed requests whether a session is alive.</summary>
    public int AskedInVain;

    public Task<SessionTicket?> FindAsync(string sessionId, CancellationToken cancellationToken) =>
        Fails is null ? Task.FromResult(Living(sessionId)) : Task.FromException<SessionTicket?>(Fails);

    public Task<bool> PutAsync(SessionTicket ticket, CancellationToken cancellationToken)
    {
        lock (_ended)
        {
            var there = Sessions.GetValueOrDefault(ticket.SessionId);
            if (there is not null && (there.TenantId, there.PersonId) != (ticket.TenantId, ticket.PersonId))
                return Task.FromException<bool>(new InvalidOperationException("A session cannot change hands."));
            if (_ended.Contains(ticket.SessionId) || ticket.Version is { } seen && seen != there?.Version)
                return Task.FromResult(false);

            Sessions[ticket.SessionId] = ticket with { Version = (there?.Version ?? 0) + 1 };
            return Task.FromResult(true);
        }
    }

    public Task DeleteAsync(string sessionId, CancellationToken cancellationToken)
    {
        lock (_ended)
        {
            if (Sessions.TryRemove(sessionId, out _))
                _ended.Add(sessionId);
            Caches.TryRemove(sessionId, out _);
        }

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

        return Task.FromResult(Living(access.SessionId) is { } s && (s.TenantId, s.PersonId) == (access.TenantId, access.PersonId));
    }

    public Task<byte[]?> ReadAsync(string sessionId, CancellationToken cancellationToken) => Task.FromResult(Caches.GetValueOrDefault(sessionId));

    public Task ReplaceAsync(string sessionId, byte[] read, byte[] encrypted, CancellationToken cancellationToken)
    {
        lock (_ended)
        {
            if (Caches.GetValueOrDefault(sessionId) is { } there && there.AsSpan().SequenceEqual(read))
                Caches[sessionId] = encrypted;
        }

        return Task.CompletedTask;
    }

    public Task WriteAsync(string sessionId, byte[] encrypted, CancellationToken cancellationToken)
    {
        // A sign-in writes its cache before its session.
        lock (_ended)
        {
            if (!_ended.Contains(sessionId))
                Caches[sessionId] = encrypted;
        }

        return Task.CompletedTask;
    }

    private SessionTicket? Living(string sessionId) =>
        Sessions.GetValueOrDefault(sessionId) is { } session && session.ExpiresAt > time.GetUtcNow() ? session : null;
}
