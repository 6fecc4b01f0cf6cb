using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class SessionRowConfiguration : IEntityTypeConfiguration<SessionRow>
{
    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.HasIndex(s => s.SessionId).IsUnique();
        builder.HasIndex(s => s.ExpiresAt);
        builder.Property(s => s.SessionId).HasMaxLength(100);
    }
}
