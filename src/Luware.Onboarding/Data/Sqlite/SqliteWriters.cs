namespace Luware.Onboarding.Data.Sqlite;

/// <summary>
/// The line in which this process's writers stand, one line for a database file. SQLite lets one write at a time and has the others ask again
/// after a while: many at once would mostly sleep, and the unlucky one would give up first.
/// </summary>
public sealed class SqliteWriters : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Waits for its turn, writes, and gives the turn on whatever came of it.</summary>
    public async Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
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
