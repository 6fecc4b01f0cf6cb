using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

/// <remarks>No foreign key: entries outlast the tenant's row, and the chain of Luware's own people has none.</remarks>
internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.HasIndex(e => new { e.TenantId, e.Sequence }).IsUnique();
        builder.Property(e => e.Kind).HasMaxLength(40);
        builder.Property(e => e.Subject).HasMaxLength(Lengths.Step + 1 + Lengths.ActionKey);
        builder.Property(e => e.KeyName).HasMaxLength(40);
        builder.Property(e => e.PreviousMac).HasMaxLength(32);
        builder.Property(e => e.Mac).HasMaxLength(32);
    }
}
