using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class StepRecordConfiguration : IEntityTypeConfiguration<StepRecord>
{
    public void Configure(EntityTypeBuilder<StepRecord> builder)
    {
        builder.HasOne<CustomerTenant>().WithMany().HasForeignKey(s => s.TenantId);
        builder.HasIndex(s => new { s.TenantId, s.Step }).IsUnique();
        builder.Property(s => s.Step).HasMaxLength(Lengths.Step);
        builder.Property(s => s.Status).HasConversion<string>().HasMaxLength(40);
        builder.Property(s => s.ChoicesDigest).HasMaxLength(64);
        builder.Property(s => s.RegionDigest).HasMaxLength(64);
        builder.HasIndex(s => new { s.Step, s.RegionDigest });
    }
}
