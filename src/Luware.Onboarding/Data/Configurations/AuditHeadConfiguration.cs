using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

/// <remarks>EF writes tables in the order of their names, so a late writer fails here before anything else of theirs is written.</remarks>
internal sealed class AuditHeadConfiguration : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.ToTable("AuditChains");
        builder.HasKey(h => h.TenantId);
        builder.HasIndex(h => h.At);
        builder.Property(h => h.TenantId).ValueGeneratedNever();
        builder.Property(h => h.Sequence).IsConcurrencyToken();
        builder.Property(h => h.Mac).HasMaxLength(32);
        builder.Property(h => h.KeyName).HasMaxLength(40);
        builder.Property(h => h.Seal).HasMaxLength(32);
    }
}
