using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Luware.Onboarding.Data.Sqlite;

/// <summary>The portal on SQLite, whose provider can neither sort nor compare <see cref="DateTimeOffset"/>: times are UTC ticks.</summary>
public sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options, SqliteWriters writers) : PortalDbContext(options)
{
    /// <remarks>A deferred transaction takes no lock; in write-ahead mode its first read fixes the moment.</remarks>
    public override async Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        var transaction = ((SqliteConnection)Database.GetDbConnection()).BeginTransaction(deferred: true);
        return (await Database.UseTransactionAsync(transaction, cancellationToken))!;
    }

    /// <remarks>
    /// Without statistics SQLite takes the first index that fits, which may cover half of all tenants. It samples, and only tables that have grown.
    /// </remarks>
    public override Task OptimizeAsync(CancellationToken cancellationToken) => Database.ExecuteSqlRawAsync("PRAGMA optimize = 0x10002", cancellationToken);

    /// <remarks>A save inside a transaction already holds the write lock.</remarks>
    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        Database.CurrentTransaction is null
            ? writers.WriteAsync(() => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken)
            : base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
