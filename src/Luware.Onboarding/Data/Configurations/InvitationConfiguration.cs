using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.HasOne<CustomerTenant>().WithMany().HasForeignKey(i => i.TenantId);
        builder.HasIndex(i => new { i.TenantId, i.AcceptedBy });
        builder.HasIndex(i => i.Hash).IsUnique();
        builder.Property(i => i.Hash).HasMaxLength(32);
    }
}
