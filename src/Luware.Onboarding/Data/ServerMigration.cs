using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Luware.Onboarding.Data;

/// <summary>Migrates the database of a server, and creates it first if the server has none.</summary>
/// <remarks>
/// SQL Server's provider takes an application lock. PostgreSQL's locks the history table, which the first portal still has to create, so the session first
/// takes an advisory lock, which always ends with its connection.
/// </remarks>
internal sealed class ServerMigration(IDbContextFactory<PortalDbContext> contexts) : IDatabaseMigration
{
    /// <summary>An arbitrary number, the same in every version.</summary>
    internal const long Lock = 5_201_984_771;

    private static readonly TimeSpan LongestMigration = TimeSpan.FromHours(1);

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // A migration may rebuild a large index, and a portal that starts meanwhile waits for it in a single statement.
        db.Database.SetCommandTimeout(LongestMigration);
        await CreateWhereAbsentAsync(db.GetService<IRelationalDatabaseCreator>(), cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        if (db.Database.IsNpgsql())
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Lock})", cancellationToken);
        try
        {
            if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                await db.Database.MigrateAsync(cancellationToken);
        }
        finally
        {
            if (db.Database.IsNpgsql())
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Lock})", CancellationToken.None);
        }
    }

    public async Task<IReadOnlyList<string>> FindMissingAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
    }

    /// <summary>Creates the database if the server has none. No lock is possible before it exists, so of several portals that try, one succeeds.</summary>
    private static async Task CreateWhereAbsentAsync(IRelationalDatabaseCreator creator, CancellationToken cancellationToken)
    {
        if (await creator.ExistsAsync(cancellationToken))
            return;
        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (DbException)
        {
            if (!await creator.ExistsAsync(cancellationToken))
                throw;
        }
    }
}
