using Luware.Onboarding.Data.Entities;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Luware.Onboarding.Data;

/// <summary>The portal's tables, which are the same on every database. Each provider has a derived context for what differs, and for its migrations.</summary>
public abstract class PortalDbContext(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    internal const string TenantFilter = "tenant";

    /// <summary>The tenant whose rows queries see and writes may touch. Without one, tenants' rows are not seen at all.</summary>
    public Guid? TenantId { get; internal set; }

    /// <summary>The derived rows that are updated in every save of a tenant's rows.</summary>
    internal IReadOnlyList<IDerivedRows> Derived { get; set; } = [];

    /// <summary>The audit chain whose end this change looked for and did not find; null if it looked for none, or found it.</summary>
    internal Guid? ChainNotBegun { get; set; }

    public DbSet<CustomerTenant> Tenants => Set<CustomerTenant>();
    public DbSet<TenantSummary> Summaries => Set<TenantSummary>();
    public DbSet<TenantWord> Words => Set<TenantWord>();
    public DbSet<StepChoice> Choices => Set<StepChoice>();
    public DbSet<StepRecord> Steps => Set<StepRecord>();
    public DbSet<Run> Runs => Set<Run>();
    public DbSet<GateConfirmation> Confirmations => Set<GateConfirmation>();
    public DbSet<JournalEntry> Journal => Set<JournalEntry>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();
    public DbSet<KnownPerson> People => Set<KnownPerson>();
    public DbSet<ColleagueLink> ColleagueLinks => Set<ColleagueLink>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<RevokedLink> RevokedLinks => Set<RevokedLink>();
    public DbSet<SessionRow> Sessions => Set<SessionRow>();
    public DbSet<TokenCacheRow> TokenCaches => Set<TokenCacheRow>();
    public DbSet<ConsentStateRow> ConsentStates => Set<ConsentStateRow>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>Begins a transaction in which every query sees the same moment, without blocking writers.</summary>
    public abstract Task<IDbContextTransaction> BeginSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>Updates the statistics by which the database chooses indexes, if it does not do so by itself.</summary>
    public virtual Task OptimizeAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        GuardChanges();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var rows in Derived)
            await rows.FollowAsync(this, cancellationToken);
        GuardChanges();
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        FilterByTenant<StepChoice>(modelBuilder);
        FilterByTenant<StepRecord>(modelBuilder);
        FilterByTenant<Run>(modelBuilder);
        FilterByTenant<GateConfirmation>(modelBuilder);
        FilterByTenant<JournalEntry>(modelBuilder);
        FilterByTenant<AuditEntry>(modelBuilder);
        FilterByTenant<KnownPerson>(modelBuilder);
        FilterByTenant<ColleagueLink>(modelBuilder);
        FilterByTenant<Invitation>(modelBuilder);
        FilterByTenant<RevokedLink>(modelBuilder);
        FilterByTenant<TenantSummary>(modelBuilder);
        FilterByTenant<TenantWord>(modelBuilder);

        foreach (var type in modelBuilder.Model.GetEntityTypes().Where(t => typeof(Entity).IsAssignableFrom(t.ClrType)))
        {
            modelBuilder.Entity(type.ClrType).Property(nameof(Entity.Id)).ValueGeneratedNever();
            modelBuilder.Entity(type.ClrType).Property(nameof(Entity.Version)).IsConcurrencyToken();
        }
    }

    private void FilterByTenant<T>(ModelBuilder modelBuilder) where T : class, ITenantRow =>
        modelBuilder.Entity<T>().HasQueryFilter(TenantFilter, row => row.TenantId == TenantId);

    private void GuardChanges()
    {
        foreach (var entry in ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            if (entry.Entity is ITenantRow row && row.TenantId != TenantId)
                throw new InvalidOperationException(
                    $"A row of tenant {row.TenantId} was to be written while the context belongs to {TenantId?.ToString() ?? "no tenant"}.");
            if (entry.Entity is JournalEntry or AuditEntry && entry.State != EntityState.Added)
                throw new InvalidOperationException("The journal and the audit are only ever added to.");
            if (entry is { State: EntityState.Modified, Entity: Entity changed })
                changed.Version++;
        }
    }
}
