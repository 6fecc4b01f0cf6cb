using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class ColleagueLinkConfiguration : IEntityTypeConfiguration<ColleagueLink>
{
    public void Configure(EntityTypeBuilder<ColleagueLink> builder)
    {
        builder.HasOne<CustomerTenant>().WithMany().HasForeignKey(l => l.TenantId);
        // One per step, so that only one link stays valid if two people hand over the same step at the same time.
        builder.HasIndex(l => new { l.TenantId, l.Step }).IsUnique();
        builder.HasIndex(l => l.Hash).IsUnique();
        builder.HasIndex(l => l.ExpiresAt);
        builder.Property(l => l.Step).HasMaxLength(Lengths.Step);
        builder.Property(l => l.Hash).HasMaxLength(32);
        builder.Property(l => l.HomeAccountId).HasMaxLength(100);
        builder.Property(l => l.SessionId).HasMaxLength(100);
    }
}
