using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Tests.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Audit;

/// <summary>A database with one tenant's chain of five entries, and the hands of somebody who can write to the database and has no key.</summary>
internal sealed class ChainFixture : IAsyncDisposable
{
    public const int Length = 5;

    private ChainFixture(TestDatabase database, CustomerTenant tenant) => (Database, Tenant) = (database, tenant);

    public TestDatabase Database { get; }

    public CustomerTenant Tenant { get; }

    public AuditTrail Trail => Database.Get<AuditTrail>();

    public static async Task<ChainFixture> CreateAsync(DatabaseProvider? provider = null)
    {
        var database = await TestDatabase.CreateAsync(provider);
        var chain = new ChainFixture(database, await database.AddTenantAsync());
        await chain.GrowAsync(chain.Tenant.Id, Length - 1);
        return chain;
    }

    public async Task GrowAsync(Guid tenantId, int entries)
    {
        for (var i = 0; i < entries; i++)
        {
            var line = new AuditLine(tenantId, $"Kind{i}") { Person = Guid.NewGuid(), Subject = "groups", Data = new AuditData { ["n"] = i } };
            await Trail.WriteAsync(line, default);
        }
    }

    public Task<AuditFinding> VerifyAsync(params AuditAnchor[] anchors) => Database.Get<AuditVerifier>().VerifyAsync(Tenant.Id, anchors, default);

    public Task<AuditFinding> VerifyAsync(AuditOptions keys) =>
        new AuditVerifier(Database.Contexts, new AuditKeys(Options.Create(keys))).VerifyAsync(Tenant.Id, [], default);

    /// <summary>Every entry's place and seal, as they may have been written down.</summary>
    public async Task<AuditAnchor[]> AnchorsAsync()
    {
        await using var db = await Database.Contexts.OpenAsync(Tenant.Id, default);
        return [.. (await db.Audit.OrderBy(e => e.Sequence).ToListAsync()).Select(e => new AuditAnchor(e.Sequence, e.Mac))];
    }

    /// <summary>On SQLite. @tenant is the tenant whose chain it is.</summary>
    public async Task TamperAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database.File}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@tenant", Tenant.Id);
        (await command.ExecuteNonQueryAsync()).ShouldBePositive("nothing was tampered with");
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
