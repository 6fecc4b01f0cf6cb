using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class RunConfiguration : IEntityTypeConfiguration<Run>
{
    public void Configure(EntityTypeBuilder<Run> builder)
    {
        builder.HasOne<CustomerTenant>().WithMany().HasForeignKey(r => r.TenantId);
        builder.HasIndex(r => new { r.TenantId, r.ApprovedAt });
        builder.HasIndex(r => new { r.State, r.WakeAt });
        builder.Property(r => r.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(r => r.Step).HasMaxLength(Lengths.Step);
        builder.Property(r => r.PlanDigest).HasMaxLength(64);
        builder.Property(r => r.ApprovedBy).HasMaxLength(Lengths.DisplayName);
        builder.ComplexProperty(r => r.Access, access =>
        {
            access.Property(a => a.HomeAccountId).HasMaxLength(100);
            access.Property(a => a.SessionId).HasMaxLength(100);
        });
    }
}
