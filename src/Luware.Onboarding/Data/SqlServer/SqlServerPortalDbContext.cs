using System.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Luware.Onboarding.Data.SqlServer;

/// <summary>The portal on SQL Server or Azure SQL.</summary>
public sealed class SqlServerPortalDbContext(DbContextOptions<SqlServerPortalDbContext> options) : PortalDbContext(options)
{
    private const string Ordinal = "Latin1_General_100_BIN2";

    /// <remarks>The first migration allows it in the database.</remarks>
    public override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(IsolationLevel.Snapshot, cancellationToken);

    /// <remarks>What is searched by its beginning and sorted by the cockpit is compared letter by letter, so that an index serves it in every language.</remarks>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<TenantSummary>().Property(s => s.NameKey).UseCollation(Ordinal);
        modelBuilder.Entity<TenantWord>().Property(w => w.Text).UseCollation(Ordinal);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTimes>();
}
