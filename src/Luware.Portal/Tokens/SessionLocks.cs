namespace Luware.Portal.Tokens;

/// <summary>One token request at a time in a session, so that two of them do not ask Entra for the same. Those of other portals are met in the row.</summary>
/// <remarks>A fixed number of locks is shared by all sessions: nothing to clean up, and a rare collision only waits.</remarks>
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
