using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Data.Sqlite;

/// <summary>
/// Copies the database as it is at one moment, while the portal runs. The copy is a complete database; to restore it, put it in place of the original.
/// </summary>
public sealed class SqliteBackup(IDbContextFactory<PortalDbContext> contexts)
{
    /// <exception cref="IOException">The file exists already, its folder does not, or there is no database.</exception>
    /// <exception cref="NotSupportedException">The database is no file.</exception>
    public async Task WriteAsync(string file, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!db.Database.IsSqlite())
            throw new NotSupportedException("the database is on a server, which has backups of its own.");
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        if (!await db.Database.CanConnectAsync(cancellationToken))
            throw new FileNotFoundException("there is no database at Database:ConnectionString.");

        // SQLite fills only an empty file, whose creator decides who may read it.
        await using (var empty = OnlyForOwner.Open(file, FileMode.CreateNew, FileAccess.Write))
            await empty.FlushAsync(cancellationToken);

        await db.Database.ExecuteSqlAsync($"VACUUM INTO {Path.GetFullPath(file)}", cancellationToken);
    }
}
