using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Data.Sqlite;

/// <summary>Brings the file up to date at start.</summary>
/// <remarks>
/// EF's own migration lock is a row, and a killed process leaves it behind: the next start would wait forever. So a file lock, which the operating
/// system always releases, is taken first; a row found while holding it is stale.
/// </remarks>
internal sealed partial class SqliteMigration(
    IDbContextFactory<PortalDbContext> contexts, IOptions<DatabaseOptions> options, TimeProvider time, ILogger<SqliteMigration> logger) : IDatabaseMigration
{
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);

    public async Task<IReadOnlyList<string>> FindMissingAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
    }

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(options.Value.ConnectionString).DataSource);
        OnlyForOwner.MakeFolder(Path.GetDirectoryName(file)!);
        await using var alone = await LockAsync(file + ".migrating", cancellationToken);
        await CloseToOthersAsync(file);

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await ClearStaleLockAsync(db, cancellationToken);
        // Checked first, because EF would otherwise compare its whole model with the last migration at each start, which a test does already.
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            await db.Database.MigrateAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellationToken);
    }

    private async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + LockLimit;
        while (true)
        {
            try
            {
                return OnlyForOwner.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            }
            catch (IOException) when (time.GetUtcNow() < until)
            {
                await Task.Delay(LockPoll, time, cancellationToken);
            }
        }
    }

    /// <summary>Creates an empty file, which SQLite takes for a new database; its log and index get the rights of the file.</summary>
    /// <remarks>An existing file is not opened: closing it again would release SQLite's locks in the same process.</remarks>
    private async Task CloseToOthersAsync(string file)
    {
        if (!File.Exists(file))
            await OnlyForOwner.Open(file, FileMode.CreateNew, FileAccess.Write).DisposeAsync();
        foreach (var open in new[] { file, $"{file}-wal", $"{file}-shm" }.Where(path => !OnlyForOwner.Tighten(path)))
            Log.OpenToOthers(logger, open);
    }

    private async Task ClearStaleLockAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var exists = await db.Database
            .SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = '__EFMigrationsLock'")
            .SingleAsync(cancellationToken);
        if (exists > 0 && await db.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken) > 0)
            Log.StaleLockCleared(logger);
    }

    private static partial class Log
    {
        [LoggerMessage(2101, LogLevel.Warning, "A migration lock was left behind by a process that was killed; it has been cleared")]
        public static partial void StaleLockCleared(ILogger logger);

        [LoggerMessage(2102, LogLevel.Warning,
            "Other accounts of this machine may use '{File}', and the portal cannot change that: see to its owner and its rights")]
        public static partial void OpenToOthers(ILogger logger, string file);
    }
}
