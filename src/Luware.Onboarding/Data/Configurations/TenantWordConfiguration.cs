using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class TenantWordConfiguration : IEntityTypeConfiguration<TenantWord>
{
    public const int TextLength = 64;

    public void Configure(EntityTypeBuilder<TenantWord> builder)
    {
        // One index per query: which tenants have a word, in the order of their names, and whether a given one has it.
        builder.HasKey(w => new { w.TenantId, w.Text });
        builder.HasIndex(w => new { w.Text, w.NameKey, w.TenantId });
        builder.HasOne<CustomerTenant>().WithMany().HasForeignKey(w => w.TenantId);
        builder.Property(w => w.Text).HasMaxLength(TextLength);
        builder.Property(w => w.NameKey).HasMaxLength(Lengths.DisplayName);
    }
}
