namespace Luware.Onboarding.Data.Sqlite;

/// <summary>
/// The line in which this process's writers stand, one line for a database file. SQLite lets one write at a time and has the others ask again
/// after a while: many at once would mostly sleep, and the unlucky one would give up first.
/// </summary>
/// <param name="limit">How long a place in the line is kept. Where another process holds the file nobody's turn comes, and the last would wait for the limits of all before it.</param>
public sealed class SqliteWriters(TimeSpan limit) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public SqliteWriters() : this(TimeSpan.FromSeconds(30))
    {
    }

    /// <summary>Waits for its turn, writes, and gives the turn on whatever came of it.</summary>
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
