using Luware.Onboarding.Data.Entities;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Data;

/// <summary>How a context is opened for one operation.</summary>
public static class PortalContexts
{
    /// <summary>Each that fails means that somebody else got through: as many as may want to write about one tenant at once.</summary>
    private const int ChangeAttempts = 50;
    private const int SqliteConstraintUnique = 2067;

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
    public static async Task ChangeAsync(
        this IDbContextFactory<PortalDbContext> factory, Guid tenantId, Func<PortalDbContext, Task> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await factory.OpenAsync(tenantId, cancellationToken);
            try
            {
                await change(db);
                await db.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (DbUpdateException e) when (attempt < ChangeAttempts && (e is DbUpdateConcurrencyException || IsUniqueViolation(e)))
            {
                // Somebody was faster: once more, on what they left.
            }
        }
    }

    /// <summary>Says out loud that a query crosses tenants.</summary>
    public static IQueryable<T> AcrossTenants<T>(this IQueryable<T> rows) where T : class, ITenantRow =>
        rows.IgnoreQueryFilters([PortalDbContext.TenantFilter]);

    public static bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique };
}
