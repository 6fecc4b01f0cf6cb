namespace Luware.Portal.Tokens;

/// <summary>
/// Allows one token request at a time per session, so that two of them do not ask Entra for the same token. Conflicts with other portals are resolved in the
/// row.
/// </summary>
/// <remarks>A fixed number of locks is shared by all sessions: nothing needs cleaning up, and a rare collision only causes a wait.</remarks>
internal sealed class SessionLocks : IDisposable
{
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<IDisposable> EnterAsync(string sessionId, CancellationToken cancellationToken)
    {
        var gate = _locks[(uint)StringComparer.Ordinal.GetHashCode(sessionId) % _locks.Length];
        await gate.WaitAsync(cancellationToken);
        return new Exit(gate);
    }

    public void Dispose() => Array.ForEach(_locks, l => l.Dispose());

    private sealed class Exit(SemaphoreSlim gate) : IDisposable
    {
        private SemaphoreSlim? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
