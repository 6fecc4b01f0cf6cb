using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class CustomerTenantConfiguration : IEntityTypeConfiguration<CustomerTenant>
{
    public void Configure(EntityTypeBuilder<CustomerTenant> builder)
    {
        builder.HasIndex(t => t.EntraTenantId).IsUnique();
        builder.Property(t => t.Name).HasMaxLength(200);
        builder.Property(t => t.Region).HasMaxLength(20);
        builder.Property(t => t.ReadyBy).HasMaxLength(200);
    }
}
