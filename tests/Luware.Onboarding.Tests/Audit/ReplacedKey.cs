using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Audit;

/// <summary>The same database after a restart with other keys.</summary>
internal static class ReplacedKey
{
    public static async Task WriteAsync(ChainFixture chain, AuditOptions keys)
    {
        var seal = new AuditSeal(new AuditKeys(Options.Create(keys)), new AuditAnchors(NullLogger<AuditAnchors>.Instance), NullLogger<AuditSeal>.Instance);
        await using var db = new SqlitePortalDbContext(
            new DbContextOptionsBuilder<SqlitePortalDbContext>().UseSqlite($"Data Source={chain.Database.File}").AddInterceptors(seal).Options,
            chain.Database.Get<SqliteWriters>())
        {
            TenantId = chain.Tenant.Id,
        };
        chain.Trail.Add(db, new AuditLine(chain.Tenant.Id, "Next"));
        await db.SaveChangesAsync();
    }
}
