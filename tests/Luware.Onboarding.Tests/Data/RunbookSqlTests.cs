using System.Text.RegularExpressions;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tests.Architecture;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Data;

/// <summary>docs/operations.md gives SQL to people who are woken at night, whatever their database is.</summary>
public sealed partial class RunbookSqlTests
{
    private const string Correlation = "5c1f6b1e-9d0b-4d0c-8f3e-2f5d3a7c9b01";

    public static TheoryData<DatabaseProvider> Providers => new(Enum.GetValues<DatabaseProvider>());

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Every_query_of_the_runbook_finds_its_row(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var run = await AddRunAsync(database);
        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/operations.md"), TestContext.Current.CancellationToken);
        var queries = Query().Matches(document).Select(m => m.Groups["sql"].Value).ToList();
        queries.Count.ShouldBe(6);
        await using var db = await database.Contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);

        foreach (var query in queries)
        {
            var id = provider == DatabaseProvider.Sqlite ? $"upper('{run}')" : $"'{run}'";
            var asked = query.Replace("'<run>'", id, StringComparison.Ordinal).Replace("<id>", Correlation, StringComparison.Ordinal);
            (await CountAsync(db, asked)).ShouldBe(1, query);
        }
    }

    private static async Task<Guid> AddRunAsync(TestDatabase database)
    {
        var (tenant, now) = (await database.AddTenantAsync(), database.Clock.GetUtcNow());
        var run = database.NewRun(tenant);
        await using var db = await database.Contexts.OpenAsync(tenant.Id, default);
        db.Add(run);
        db.Add(new JournalEntry
        {
            TenantId = tenant.Id, RunId = run.Id, At = now, Kind = JournalKind.ActionFailed, TextJson = "{}",
            Raw = "word for word", CorrelationId = Correlation,
        });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return run.Id;
    }

    private static async Task<int> CountAsync(PortalDbContext db, string query)
    {
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        // Our own document's.
#pragma warning disable CA2100
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var count = 0;
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            count++;
        return count;
    }

    [GeneratedRegex("`(?<sql>SELECT [^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Query();
}
