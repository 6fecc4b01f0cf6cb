using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class CustomerTenantConfiguration : IEntityTypeConfiguration<CustomerTenant>
{
    public const int NoteLength = 4000;

    public void Configure(EntityTypeBuilder<CustomerTenant> builder)
    {
        builder.HasIndex(t => t.EntraTenantId).IsUnique();
        builder.Property(t => t.Name).HasMaxLength(Lengths.DisplayName);
        builder.Property(t => t.Domain).HasMaxLength(Lengths.Domain);
        builder.Property(t => t.Region).HasMaxLength(20);
        builder.Property(t => t.Package).HasMaxLength(40);
        builder.Property(t => t.Language).HasMaxLength(2);
        builder.Property(t => t.ApplicationIdsJson).HasMaxLength(500);
        builder.Property(t => t.OwnerName).HasMaxLength(Lengths.DisplayName);
        builder.Property(t => t.OwnerMail).HasMaxLength(Lengths.Mail);
        builder.Property(t => t.Note).HasMaxLength(NoteLength);
        builder.Property(t => t.ReadyDigest).HasMaxLength(64);
        builder.Property(t => t.ReadyBy).HasMaxLength(Lengths.DisplayName);
    }
}
