using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class ConsentStateRowConfiguration : IEntityTypeConfiguration<ConsentStateRow>
{
    public void Configure(EntityTypeBuilder<ConsentStateRow> builder)
    {
        builder.HasIndex(s => s.Hash).IsUnique();
        builder.HasIndex(s => s.ExpiresAt);
        builder.Property(s => s.Hash).HasMaxLength(32);
    }
}
