using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class RevokedLinkConfiguration : IEntityTypeConfiguration<RevokedLink>
{
    public void Configure(EntityTypeBuilder<RevokedLink> builder)
    {
        builder.HasOne<CustomerTenant>().WithMany().HasForeignKey(l => l.TenantId);
        builder.HasIndex(l => l.Hash).IsUnique();
        builder.HasIndex(l => l.RevokedAt);
        builder.Property(l => l.Hash).HasMaxLength(32);
        builder.Property(l => l.Step).HasMaxLength(Lengths.Step);
    }
}
