using System.Linq.Expressions;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Luware.Onboarding.Data.Configurations;

internal sealed class TenantSummaryConfiguration : IEntityTypeConfiguration<TenantSummary>
{
    /// <summary>Each index begins with what every query names, then the filtered or sorted column, then name and id, so that its order has no ties.</summary>
    private static readonly Expression<Func<TenantSummary, object?>>[] Indexes =
    [
        s => new { s.IsClosed, s.NameKey, s.Id },
        s => new { s.IsClosed, s.Region, s.NameKey, s.Id },
        s => new { s.IsClosed, s.OwnerName, s.NameKey, s.Id },
        s => new { s.IsClosed, s.Ready, s.NameKey, s.Id },
        s => new { s.IsClosed, s.Status, s.NameKey, s.Id },
        s => new { s.IsClosed, s.Waits, s.NameKey, s.Id },
        s => new { s.IsClosed, s.IsStuck, s.NameKey, s.Id },
        s => new { s.IsClosed, s.Verified, s.NameKey, s.Id },
        s => new { s.IsClosed, s.Since, s.NameKey, s.Id },
        s => new { s.IsClosed, s.LastActivityAt, s.NameKey, s.Id },
        s => new { s.IsClosed, s.IdleSince, s.NameKey, s.Id },
        s => s.DueAt,
    ];

    public void Configure(EntityTypeBuilder<TenantSummary> builder)
    {
        builder.HasOne<CustomerTenant>().WithOne().HasForeignKey<TenantSummary>(s => s.Id);
        builder.Property(s => s.Name).HasMaxLength(Lengths.DisplayName);
        builder.Property(s => s.NameKey).HasMaxLength(Lengths.DisplayName);
        builder.Property(s => s.Domain).HasMaxLength(Lengths.Domain);
        builder.Property(s => s.Region).HasMaxLength(20);
        builder.Property(s => s.Language).HasMaxLength(2);
        builder.Property(s => s.OwnerName).HasMaxLength(Lengths.DisplayName);
        builder.Property(s => s.Who).HasMaxLength(Lengths.DisplayName);
        builder.Property(s => s.AtStep).HasMaxLength(Lengths.Step);
        foreach (var index in Indexes)
            builder.HasIndex(index);
    }
}
