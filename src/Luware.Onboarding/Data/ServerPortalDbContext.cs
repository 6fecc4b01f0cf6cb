using System.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Luware.Onboarding.Data;

/// <summary>The portal on a database server that several portals can share.</summary>
/// <param name="moment">The isolation level in which several queries see the same moment without blocking writers.</param>
/// <param name="ordinal">The collation that compares letter by letter.</param>
public abstract class ServerPortalDbContext(DbContextOptions options, IsolationLevel moment, string ordinal) : PortalDbContext(options)
{
    /// <inheritdoc/>
    public override Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        Database.BeginTransactionAsync(moment, cancellationToken);

    /// <remarks>
    /// Columns that the cockpit searches by prefix and sorts by are compared letter by letter, so that an index serves them in every language.
    /// </remarks>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<TenantSummary>().Property(s => s.NameKey).UseCollation(ordinal);
        modelBuilder.Entity<TenantSummary>().Property(s => s.OwnerName).UseCollation(ordinal);
        modelBuilder.Entity<TenantWord>().Property(w => w.Text).UseCollation(ordinal);
        modelBuilder.Entity<TenantWord>().Property(w => w.NameKey).UseCollation(ordinal);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTimes>();
}
