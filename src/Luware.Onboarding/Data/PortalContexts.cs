using Luware.Onboarding.Data.Entities;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Luware.Onboarding.Data;

/// <summary>How a context is opened for one operation.</summary>
public static class PortalContexts
{
    /// <summary>Each that fails means that somebody else got through: as many as may want to write about one tenant at once.</summary>
    private const int ChangeAttempts = 50;
    private const int SqliteConstraintUnique = 2067, SqliteConstraintPrimaryKey = 1555;
    private const int SqlServerUniqueIndex = 2601, SqlServerUniqueConstraint = 2627;

    /// <summary>Opens a context that sees and writes the rows of one tenant.</summary>
    public static async Task<PortalDbContext> OpenAsync(this IDbContextFactory<PortalDbContext> factory, Guid tenantId, CancellationToken cancellationToken)
    {
        var db = await factory.CreateDbContextAsync(cancellationToken);
        db.TenantId = tenantId;
        return db;
    }

    /// <summary>
    /// Carries out a change on fresh rows and saves it. Where somebody else changed the same rows in the meantime it is carried
    /// out again on theirs, so the change must hold no more than what it read itself.
    /// </summary>
    public static Task ChangeAsync(
        this IDbContextFactory<PortalDbContext> factory, Guid tenantId, Func<PortalDbContext, Task> change, CancellationToken cancellationToken) =>
        factory.ChangeAsync(db =>
        {
            db.TenantId = tenantId;
            return change(db);
        }, cancellationToken);

    /// <inheritdoc cref="ChangeAsync(IDbContextFactory{PortalDbContext}, Guid, Func{PortalDbContext, Task}, CancellationToken)"/>
    /// <param name="change">Says whose rows it is about, once it has found out.</param>
    public static Task ChangeAsync(
        this IDbContextFactory<PortalDbContext> factory, Func<PortalDbContext, Task> change, CancellationToken cancellationToken) =>
        UntilSavedAsync(async () =>
        {
            await using var db = await factory.CreateDbContextAsync(cancellationToken);
            await change(db);
            await db.SaveChangesAsync(cancellationToken);
        });

    /// <summary>For a change that also deletes or updates rows where they lie: all of it or nothing.</summary>
    /// <inheritdoc cref="ChangeAsync(IDbContextFactory{PortalDbContext}, Guid, Func{PortalDbContext, Task}, CancellationToken)"/>
    public static Task ChangeAtOnceAsync(
        this IDbContextFactory<PortalDbContext> factory, Guid tenantId, Func<PortalDbContext, Task> change, CancellationToken cancellationToken) =>
        UntilSavedAsync(() => factory.InTransactionAsync(async db =>
        {
            db.TenantId = tenantId;
            await change(db);
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken));

    /// <summary>Says out loud that a query crosses tenants.</summary>
    public static IQueryable<T> AcrossTenants<T>(this IQueryable<T> rows) where T : class, ITenantRow =>
        rows.IgnoreQueryFilters([PortalDbContext.TenantFilter]);

    /// <summary>
    /// Does several things in one transaction, all of them or none. Where the server was out of reach for a moment they are all done again
    /// on a new context, so they must hold no more than what they read themselves.
    /// </summary>
    public static Task InTransactionAsync(
        this IDbContextFactory<PortalDbContext> factory, Func<PortalDbContext, Task> work, CancellationToken cancellationToken) =>
        factory.InTransactionAsync((db, token) => db.Database.BeginTransactionAsync(token), async db =>
        {
            await work(db);
            return true;
        }, cancellationToken);

    /// <summary>Reads several things as they were at one moment, without keeping anybody from writing.</summary>
    public static Task<T> ReadAtOnceAsync<T>(
        this IDbContextFactory<PortalDbContext> factory, Func<PortalDbContext, Task<T>> read, CancellationToken cancellationToken) =>
        factory.InTransactionAsync((db, token) => db.BeginSnapshotAsync(token), read, cancellationToken);

    public static bool IsUniqueViolation(DbUpdateException exception) => exception.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteConstraintUnique or SqliteConstraintPrimaryKey,
        SqlException sql => sql.Number is SqlServerUniqueIndex or SqlServerUniqueConstraint,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        _ => false,
    };

    private static async Task UntilSavedAsync(Func<Task> save)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await save();
                return;
            }
            catch (DbUpdateException e) when (attempt < ChangeAttempts && (e is DbUpdateConcurrencyException || IsUniqueViolation(e)))
            {
                // Somebody was faster: once more, on what they left.
            }
        }
    }

    private static async Task<T> InTransactionAsync<T>(
        this IDbContextFactory<PortalDbContext> factory, Func<PortalDbContext, CancellationToken, Task<IDbContextTransaction>> begin,
        Func<PortalDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var any = await factory.CreateDbContextAsync(cancellationToken);
        return await any.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var db = await factory.CreateDbContextAsync(cancellationToken);
            await using var transaction = await begin(db, cancellationToken);
            var result = await work(db);
            await transaction.CommitAsync(cancellationToken);
            return result;
        });
    }
}
