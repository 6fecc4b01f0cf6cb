using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Luware.Onboarding.Tests.Tenants.Cockpit;

/// <summary>What an upgrade does to a filled database, and to what older portals still write into it.</summary>
public abstract class WordUpgradeTests(DatabaseProvider provider)
{
    private static readonly (string From, string To) Beginning = ("ba", "ba\uffff");

    [Fact]
    public async Task Words_that_are_there_already_lead_to_their_tenants_in_the_order_of_names()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        await using var db = await database.Contexts.CreateDbContextAsync();
        if (provider != DatabaseProvider.Sqlite)
            await database.MigrateAsync();
        else
            Directory.CreateDirectory(Path.GetDirectoryName(database.File)!);
        await db.GetService<IMigrator>().MigrateAsync("DueSummariesAndLongerNames");
        string[] names = ["coho", "alpine", "woodgrove", "contoso"];
        foreach (var name in names)
            await AddAsOlderPortalAsync(database, name, name == "coho" ? "bank" : "banken");

        await database.MigrateAsync();

        await using var after = await database.Contexts.CreateDbContextAsync();
        (await after.Words.AcrossTenants().Select(w => w.NameKey).ToListAsync()).ShouldBe(names, ignoreOrder: true);
        (await after.Summaries.AcrossTenants().Select(s => s.Rule).Distinct().ToListAsync()).ShouldBe([SummaryKeeper.Rule]);
        var search = new CockpitSearch([Beginning], IsBroad: true) { Whole = ["bank", "banken"] };
        (await PageAsync(after, search, descending: false, skip: 0)).ShouldBe(["alpine", "coho"]);
        (await PageAsync(after, search, descending: true, skip: 2)).ShouldBe(["coho", "alpine"]);
        (await new SearchPlanner().PlanAsync(after, "ba", default))!.IsBroad.ShouldBeFalse();

        await AddAsOlderPortalAsync(database, "fabrikam", "bank");
        (await PageAsync(after, search, descending: true, skip: 3)).Count.ShouldBe(2);
    }

    private static Task<List<string>> PageAsync(PortalDbContext db, CockpitSearch search, bool descending, int skip) =>
        CockpitQuery.Sorted(search.PageByName(db, descending, skip, take: 2), CockpitSort.Name, descending).Select(s => s.Name).ToListAsync();

    /// <summary>With SQL, because the model has columns that an older portal does not know.</summary>
    private static async Task AddAsOlderPortalAsync(TestDatabase database, string name, string word)
    {
        var id = Guid.CreateVersion7();
        await using var db = await database.Contexts.OpenAsync(id, default);
        var row = db.Database.IsSqlite() ? $"{id}".ToUpperInvariant() : (object)id;
        await db.Database.ExecuteSqlRawAsync(
            "INSERT INTO \"Tenants\" (\"Id\", \"EntraTenantId\", \"Name\", \"Region\", \"Language\", \"Ready\", \"Version\") VALUES ({0}, {0}, {1}, 'MTCH', 'en', {2}, 0)", row, name, false);
        db.Add(new TenantSummary
        {
            Id = id, TenantId = id, EntraTenantId = Guid.NewGuid(), Name = name, NameKey = name, Region = "MTCH", Language = "en", Rule = SummaryKeeper.Rule - 1,
        });
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlRawAsync("INSERT INTO \"Words\" (\"TenantId\", \"Text\") VALUES ({0}, {1})", row, word);
    }
}

public sealed class WordUpgradeOnSqliteTests() : WordUpgradeTests(DatabaseProvider.Sqlite);

public sealed class WordUpgradeOnPostgreSqlTests() : WordUpgradeTests(DatabaseProvider.PostgreSql);

public sealed class WordUpgradeOnSqlServerTests() : WordUpgradeTests(DatabaseProvider.SqlServer);
