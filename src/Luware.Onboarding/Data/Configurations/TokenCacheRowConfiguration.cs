using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class TokenCacheRowConfiguration : IEntityTypeConfiguration<TokenCacheRow>
{
    public void Configure(EntityTypeBuilder<TokenCacheRow> builder)
    {
        builder.HasIndex(c => c.SessionId).IsUnique();
        builder.HasIndex(c => c.WrittenAt);
        builder.Property(c => c.SessionId).HasMaxLength(100);
    }
}
