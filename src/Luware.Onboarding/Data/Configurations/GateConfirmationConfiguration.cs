using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class GateConfirmationConfiguration : IEntityTypeConfiguration<GateConfirmation>
{
    public void Configure(EntityTypeBuilder<GateConfirmation> builder)
    {
        builder.HasOne<Run>().WithMany().HasForeignKey(c => c.RunId);
        builder.HasIndex(c => new { c.RunId, c.Step, c.ActionKey });
        builder.Property(c => c.Step).HasMaxLength(Lengths.Step);
        builder.Property(c => c.ActionKey).HasMaxLength(Lengths.ActionKey);
    }
}
