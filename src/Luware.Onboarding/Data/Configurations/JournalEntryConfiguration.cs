using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class JournalEntryConfiguration : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> builder)
    {
        builder.HasOne<CustomerTenant>().WithMany().HasForeignKey(e => e.TenantId);
        builder.HasIndex(e => new { e.TenantId, e.At });
        builder.HasIndex(e => new { e.RunId, e.At });
        builder.HasIndex(e => e.At);
        builder.Property(e => e.Kind).HasConversion<string>().HasMaxLength(40);
        builder.Property(e => e.Step).HasMaxLength(Lengths.Step);
        builder.Property(e => e.ActionKey).HasMaxLength(Lengths.ActionKey);
        builder.Property(e => e.CorrelationId).HasMaxLength(200);
    }
}
