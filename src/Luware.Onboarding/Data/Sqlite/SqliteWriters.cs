namespace Luware.Onboarding.Data.Sqlite;

/// <summary>
/// The queue of this process's writers, one per database file. SQLite allows one writer at a time and makes the others poll: many at once would mostly sleep,
/// and an unlucky one would time out.
/// </summary>
/// <param name="limit">
/// How long a writer waits in the queue. Without it, if another process holds the file, the last writer would wait for the limits of all before it.
/// </param>
public sealed class SqliteWriters(TimeSpan limit) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public SqliteWriters() : this(TimeSpan.FromSeconds(30))
    {
    }

    /// <summary>Waits for its turn, writes, and passes the turn on whatever the outcome.</summary>
    /// <exception cref="TimeoutException">Its turn did not come.</exception>
    public async Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        if (!await turn.WaitAsync(limit, cancellationToken))
            throw new TimeoutException($"Others have held the database for {limit.TotalSeconds:F0} s.");
        try
        {
            return await write();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();
}
