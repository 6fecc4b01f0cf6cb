using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class StepChoiceConfiguration : IEntityTypeConfiguration<StepChoice>
{
    public void Configure(EntityTypeBuilder<StepChoice> builder)
    {
        builder.HasOne<CustomerTenant>().WithMany().HasForeignKey(c => c.TenantId);
        builder.HasIndex(c => new { c.TenantId, c.Step }).IsUnique();
        builder.Property(c => c.Step).HasMaxLength(Lengths.Step);
    }
}
