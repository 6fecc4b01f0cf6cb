using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class KnownPersonConfiguration : IEntityTypeConfiguration<KnownPerson>
{
    public void Configure(EntityTypeBuilder<KnownPerson> builder)
    {
        builder.ToTable("People");
        builder.HasIndex(p => new { p.TenantId, p.EntraTenantId, p.ObjectId }).IsUnique();
        builder.Property(p => p.Name).HasMaxLength(Lengths.DisplayName);
        builder.Property(p => p.UserPrincipalName).HasMaxLength(Lengths.UserPrincipalName);
    }
}
