using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Luware.Onboarding.Data;

/// <summary>How a context is opened for one operation.</summary>
public static class PortalContexts
{
    /// <summary>Each failed attempt means that another writer succeeded, so this limits how many may write about one tenant at once.</summary>
    private const int ChangeAttempts = 50;

    /// <summary>Opens a context that sees and writes the rows of one tenant.</summary>
    public static async Task<PortalDbContext> OpenAsync(this IDbContextFactory<PortalDbContext> factory, Guid tenantId, CancellationToken cancellationToken)
    {
        var db = await factory.CreateDbContextAsync(cancellationToken);
        db.TenantId = tenantId;
        return db;
    }

    /// <summary>
    /// Carries out a change on fresh rows and saves it. It is carried out again if somebody else changed the same rows meanwhile, so its findings belong into
    /// its result and not into outer variables.
    /// </summary>
    /// <returns>What the attempt that was saved returned.</returns>
    public static Task<T> ChangeAsync<T>(
        this IDbContextFactory<PortalDbContext> factory, Guid tenantId, Func<PortalDbContext, Task<T>> change, CancellationToken cancellationToken) =>
        factory.ChangeAsync(db =>
        {
            db.TenantId = tenantId;
            return change(db);
        }, cancellationToken);

    /// <inheritdoc cref="ChangeAsync{T}(IDbContextFactory{PortalDbContext}, Guid, Func{PortalDbContext, Task{T}}, CancellationToken)"/>
    public static Task ChangeAsync(
        this IDbContextFactory<PortalDbContext> factory, Guid tenantId, Func<PortalDbContext, Task> change, CancellationToken cancellationToken) =>
        factory.ChangeAsync(tenantId, async db =>
        {
            await change(db);
            return true;
        }, cancellationToken);

    /// <inheritdoc cref="ChangeAsync{T}(IDbContextFactory{PortalDbContext}, Guid, Func{PortalDbContext, Task{T}}, CancellationToken)"/>
    /// <param name="change">Sets the context's tenant before it writes a tenant's rows.</param>
    public static Task<T> ChangeAsync<T>(
        this IDbContextFactory<PortalDbContext> factory, Func<PortalDbContext, Task<T>> change, CancellationToken cancellationToken) =>
        UntilSavedAsync(async () =>
        {
            await using var db = await factory.CreateDbContextAsync(cancellationToken);
            var result = await change(db);
            await factory.SaveAsync(db, cancellationToken);
            return result;
        });

    /// <summary>A change that also runs ExecuteUpdate or ExecuteDelete: all of it is saved, or nothing.</summary>
    /// <inheritdoc cref="ChangeAsync{T}(IDbContextFactory{PortalDbContext}, Guid, Func{PortalDbContext, Task{T}}, CancellationToken)"/>
    public static Task<T> ChangeAtOnceAsync<T>(
        this IDbContextFactory<PortalDbContext> factory, Guid tenantId, Func<PortalDbContext, Task<T>> change, CancellationToken cancellationToken) =>
        UntilSavedAsync(async () =>
        {
            (Guid Entry, T Result)? sent = null;
            return await factory.InTransactionAsync((db, token) => db.Database.BeginTransactionAsync(token), async db =>
            {
                if (sent is var (entry, result) && await WasSavedAsync(db, entry, cancellationToken))
                    return result;

                db.TenantId = tenantId;
                result = await change(db);
                sent = NewEntry(db) is { } added ? (added, result) : null;
                await db.SaveChangesAsync(cancellationToken);
                return result;
            }, cancellationToken);
        });

    /// <summary>Removes the tenant filter from a query that is meant to cross tenants.</summary>
    public static IQueryable<T> AcrossTenants<T>(this IQueryable<T> rows) where T : class, ITenantRow =>
        rows.IgnoreQueryFilters([PortalDbContext.TenantFilter]);

    /// <summary>
    /// Carries out work in one transaction, all of it or none. It is repeated on a new context if the server was briefly unreachable, so it must not write into
    /// outer variables.
    /// </summary>
    public static Task InTransactionAsync(
        this IDbContextFactory<PortalDbContext> factory, Func<PortalDbContext, Task> work, CancellationToken cancellationToken) =>
        factory.InTransactionAsync((db, token) => db.Database.BeginTransactionAsync(token), async db =>
        {
            await work(db);
            return true;
        }, cancellationToken);

    /// <summary>Reads several things as they were at one moment, without blocking writers.</summary>
    public static Task<T> ReadAtOnceAsync<T>(
        this IDbContextFactory<PortalDbContext> factory, Func<PortalDbContext, Task<T>> read, CancellationToken cancellationToken) =>
        factory.InTransactionAsync((db, token) => db.BeginSnapshotAsync(token), read, cancellationToken);

    private static async Task<T> UntilSavedAsync<T>(Func<Task<T>> save)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await save();
            }
            catch (DbUpdateException e) when (attempt < ChangeAttempts && IsCollision(e))
            {
                // Somebody else was faster: try again on the rows that they left.
            }
        }
    }

    /// <summary>
    /// Saves a change. If the answer to a commit is lost, the retrying connection sends the same rows again and collides with itself. If the change's own audit
    /// entry exists then, the change was saved, and repeating it would put it into the chain twice. The same holds for <see cref="ChangeAtOnceAsync"/>, whose
    /// transaction is repeated as a whole.
    /// </summary>
    private static async Task SaveAsync(this IDbContextFactory<PortalDbContext> factory, PortalDbContext db, CancellationToken cancellationToken)
    {
        var entry = NewEntry(db);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (entry is not null && IsCollision(e))
        {
            await using var after = await factory.CreateDbContextAsync(cancellationToken);
            if (!await WasSavedAsync(after, entry.Value, cancellationToken))
                throw;
        }
    }

    private static Guid? NewEntry(PortalDbContext db) => db.ChangeTracker.Entries<AuditEntry>().FirstOrDefault(e => e.State == EntityState.Added)?.Entity.Id;

    private static Task<bool> WasSavedAsync(PortalDbContext db, Guid entry, CancellationToken cancellationToken) =>
        db.Audit.AcrossTenants().AnyAsync(a => a.Id == entry, cancellationToken);

    private static bool IsCollision(DbUpdateException exception) => exception is DbUpdateConcurrencyException || StoreFaults.IsUniqueViolation(exception);

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
