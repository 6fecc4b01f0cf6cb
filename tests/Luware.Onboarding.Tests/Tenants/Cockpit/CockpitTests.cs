using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Tenants.Cockpit;

/// <summary>What the cockpit finds, over a real database.</summary>
public sealed class CockpitTests : IAsyncLifetime
{
    private static readonly string[] Names =
    [
        "Alpine Ski House Bank", "Zürcher Privatbank AG", "adatum Versicherungen", "Bank Linth", "Coho Winery", "Contoso Bank", "Fabrikam GmbH",
        "Litware", "Northwind", "Proseware", "Tailspin", "Woodgrove",
    ];

    private readonly Actor nina = EngineHost.Specialist();
    private EngineHost portal = null!;

    private ICockpit Cockpit => portal.Get<ICockpit>();

    private IDbContextFactory<PortalDbContext> Contexts => portal.Get<IDbContextFactory<PortalDbContext>>();

    public async ValueTask InitializeAsync()
    {
        portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.SignInAsync(nina);
        foreach (var name in Names)
            await portal.Get<ITenants>().AddAsync(Guid.NewGuid(), name, "MTCH", default);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Theory]
    [InlineData("bank", "Alpine Ski House Bank|Bank Linth|Contoso Bank")]
    [InlineData("BAN", "Alpine Ski House Bank|Bank Linth|Contoso Bank")]
    [InlineData("bank alp", "Alpine Ski House Bank")]
    [InlineData("zuerich", "")]
    [InlineData("zurcher", "Zürcher Privatbank AG")]
    [InlineData("Zürch", "Zürcher Privatbank AG")]
    [InlineData("ank", "")]
    [InlineData("'; drop table Tenants; --", "")]
    public async Task Words_are_found_by_their_beginning_whatever_their_capitals_and_marks(string typed, string found) =>
        (await NamesAsync(new CockpitView { Search = typed })).ShouldBe(found.Split('|', StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("muster", true)]
    [InlineData("bank", true)]
    [InlineData("muster-ba", true)]
    [InlineData("söhne", true)]
    [InlineData("\"bern\"", true)]
    [InlineData("a.g", true)]
    [InlineData("uster", false)]
    public async Task A_word_of_several_parts_is_found_whole_and_by_each_of_them(string typed, bool isFound)
    {
        await portal.Get<ITenants>().AddAsync(Guid.NewGuid(), "Muster-Bank & Söhne (Bern) A.G.", "MTCH", default);

        (await NamesAsync(new CockpitView { Search = typed })).Contains("Muster-Bank & Söhne (Bern) A.G.").ShouldBe(isFound);
    }

    [Fact]
    public async Task A_tenant_is_found_by_its_domain_and_by_its_id()
    {
        var desk = portal.Get<ISpecialistDesk>();
        var id = Guid.NewGuid();
        var tenant = (await desk.AddAsync(nina, new TenantDetails("Relecloud", $"{id}", "MTCH"), default)).TenantId!.Value;
        await Contexts.ChangeAsync(tenant, async db => (await db.Tenants.SingleAsync(t => t.Id == tenant)).Domain = "relecloud.example", default);

        foreach (var typed in new[] { "relecloud.exa", $"{id}", $"{id}"[..8].ToUpperInvariant() })
            (await NamesAsync(new CockpitView { Search = typed })).ShouldBe(["Relecloud"], typed);

        var seen = new TenantDetails("Relecloud", "", "MTCH");
        await desk.ChangeAsync(nina, tenant, seen, seen with { Name = "Relecloud Systems" }, read: null, default);
        (await NamesAsync(new CockpitView { Search = "systems" })).ShouldBe(["Relecloud Systems"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_tenant_is_on_one_page_from_whichever_end_it_is_read(bool descending)
    {
        for (var i = 0; i < 40; i++)
            await portal.Get<ITenants>().AddAsync(Guid.NewGuid(), "Same name", "MTCH", default);
        var view = new CockpitView { Sort = CockpitSort.Ready, Descending = descending };
        var seen = new List<CockpitRow>();
        for (var page = 1; page <= 3; page++)
            seen.AddRange((await Cockpit.ReadAsync(nina, view with { Page = page }, default)).Rows);

        seen.Select(r => r.Id).Distinct().Count().ShouldBe(Names.Length + 41);
        var keys = seen.ConvertAll(r => SearchWords.Key(r.Name));
        keys.ShouldBe(descending ? keys.OrderDescending(StringComparer.Ordinal) : keys.Order(StringComparer.Ordinal));
        (await Cockpit.ReadAsync(nina, view with { Page = 99 }, default)).Rows[^1].Id.ShouldBe(seen[^1].Id);
    }

    [Fact]
    public async Task Filters_find_what_they_say()
    {
        await SetAsync("Litware", set =>
            set.SetProperty(s => s.Status, StepStatus.Failed).SetProperty(s => s.IsStuck, true).SetProperty(s => s.Waits, WaitsFor.Customer));
        await SetAsync("Northwind", set => set.SetProperty(s => s.IdleSince, DateTimeOffset.UtcNow.AddDays(-8)));
        await SetAsync("Proseware", set => set.SetProperty(s => s.Status, StepStatus.Verified).SetProperty(s => s.IdleSince, (DateTimeOffset?)null));
        await SetAsync("Tailspin", set => set.SetProperty(s => s.OwnerName, "Marco Frei").SetProperty(s => s.Region, "MTDE"));

        (await NamesAsync(new CockpitView { Status = StepStatus.Failed })).ShouldBe(["Litware"]);
        (await NamesAsync(new CockpitView { Waits = WaitsFor.Customer })).ShouldBe(["Litware"]);
        (await NamesAsync(new CockpitView { Stuck = true })).ShouldBe(["Litware"]);
        (await NamesAsync(new CockpitView { Idle = true })).ShouldBe(["Northwind"]);
        (await NamesAsync(new CockpitView { Owner = "Marco Frei" })).ShouldBe(["Tailspin"]);
        (await NamesAsync(new CockpitView { Region = "MTDE", Owner = "Nina" })).ShouldBe([]);
        (await NamesAsync(new CockpitView { Region = "MTDE" })).ShouldBe(["Tailspin"]);
        var filters = await Cockpit.ReadFiltersAsync(nina, default);
        (filters.Tenants, filters.Stuck, filters.Idle).ShouldBe((Names.Length + 1, 1, 1));
        filters.Owners.ShouldBe(["Marco Frei"]);
    }

    [Fact]
    public async Task A_word_that_very_many_have_is_not_counted_and_still_shows_them_in_order()
    {
        await AddManyAsync();

        var page = await Cockpit.ReadAsync(nina, new CockpitView { Search = "many", Page = 2 }, default);

        (page.IsMore, page.Total, page.Rows.Count).ShouldBe((true, CockpitSearch.Counted, CockpitView.PageSize));
        page.Rows[0].Name.ShouldBe("Many 1018");
        var both = await Cockpit.ReadAsync(nina, new CockpitView { Search = "many 1018" }, default);
        (both.IsMore, both.Rows.Single().Name).ShouldBe((false, "Many 1018"));
    }

    [Theory]
    [InlineData(CockpitView.PageSize + 2, 2)]
    [InlineData(CockpitView.PageSize, CockpitView.PageSize)]
    [InlineData(0, 0)]
    public async Task A_page_behind_the_end_of_what_is_not_counted_is_the_last_one(int failed, int shown)
    {
        await AddManyAsync();
        await using var db = await Contexts.CreateDbContextAsync();
        var some = db.Summaries.AcrossTenants().Where(s => s.NameKey.StartsWith("many")).OrderBy(s => s.NameKey).Take(failed).Select(s => s.Id);
        await db.Summaries.AcrossTenants().Where(s => some.Contains(s.Id)).ExecuteUpdateAsync(set => set.SetProperty(s => s.Status, StepStatus.Failed));

        var page = await Cockpit.ReadAsync(nina, new CockpitView { Search = "many", Status = StepStatus.Failed, Page = 5 }, default);

        (page.Rows.Count, page.Total, page.IsMore).ShouldBe((shown, failed, false));
        page.Rows.Select(r => r.Name).ShouldBe(Enumerable.Range(1000 + failed - shown, shown).Select(i => $"Many {i}"));
    }

    [Theory]
    [InlineData("many", false)]
    [InlineData("mani", true)]
    [InlineData("man", false)]
    [InlineData("man", true)]
    public async Task Whoever_has_any_of_the_words_that_begin_so_is_found_once_in_the_order_of_names(string typed, bool descending)
    {
        await AddManyAsync("'manifold'");

        foreach (var name in (string[])["Manchester", "Ärzte Many"])
            await portal.Get<ITenants>().AddAsync(Guid.NewGuid(), name, "MTCH", default);
        string[] others = typed switch { "many" => ["Ärzte Many"], "man" => ["Ärzte Many", "Manchester"], _ => [] };
        string[] expected = [.. others, .. Enumerable.Range(1000, 1101).Select(i => $"Many {i}")];
        if (descending)
            Array.Reverse(expected);

        for (var page = 1; page <= 3; page++)
        {
            var skip = (page - 1) * CockpitView.PageSize;
            var found = await NamesAsync(new CockpitView { Search = typed, Page = page, Descending = descending });
            found.ShouldBe(expected[skip..(skip + CockpitView.PageSize)]);
        }
    }

    [Fact]
    public async Task A_second_word_narrows_down_what_very_many_have()
    {
        await portal.Get<ITenants>().AddAsync(Guid.NewGuid(), "Other", "MTCH", default);
        await AddManyAsync("'other'");

        (await NamesAsync(new CockpitView { Search = "many oth" })).ShouldBe(Enumerable.Range(1000, CockpitView.PageSize).Select(i => $"Many {i}"));
    }

    [Fact]
    public async Task A_beginning_of_very_many_words_is_followed_in_the_rows_themselves()
    {
        await AddManyAsync($"'wide' || (i % {CockpitSearch.Followed + 1})");

        (await NamesAsync(new CockpitView { Search = "wid", Page = 2 })).ShouldBe(Enumerable.Range(1018, CockpitView.PageSize).Select(i => $"Many {i}"));
    }

    [Fact]
    public async Task The_export_is_all_pages_in_the_same_order()
    {
        var view = new CockpitView { Sort = CockpitSort.Name, Descending = true };

        var exported = new List<string>();
        await foreach (var row in Cockpit.ExportAsync(nina, view, default))
            exported.Add(row.Name);

        exported.ShouldBe(await NamesAsync(view));
    }

    [Fact]
    public async Task What_changes_while_it_is_exported_is_neither_lost_nor_there_twice()
    {
        await AddManyAsync();
        var view = new CockpitView { Search = "many" };
        var exported = new List<string>();

        await foreach (var row in Cockpit.ExportAsync(nina, view, default))
        {
            if (exported.Count == 0)
            {
                await SetAsync("Many 1000", set => set.SetProperty(s => s.NameKey, "zzz"));
                await SetAsync("Many 2100", set => set.SetProperty(s => s.NameKey, "aaa").SetProperty(s => s.Domain, "changed.example"));
                await using var db = await Contexts.CreateDbContextAsync();
                await db.Summaries.AcrossTenants().Where(s => s.Name == "Many 2050").ExecuteDeleteAsync();
            }

            exported.Add($"{row.Name} {row.Domain}".TrimEnd());
        }

        exported.ShouldBe(Enumerable.Range(1000, 1101).Where(i => i != 2050).Select(i => i == 2100 ? "Many 2100 changed.example" : $"Many {i}"));
    }

    [Fact]
    public async Task A_change_of_any_tenant_is_a_pulse()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var pulses = Cockpit.FollowAsync(nina, limit.Token).GetAsyncEnumerator(limit.Token);
        (await pulses.MoveNextAsync()).ShouldBeTrue();

        var next = pulses.MoveNextAsync().AsTask();
        portal.Get<RunFeed>().Publish(Guid.NewGuid());

        (await next).ShouldBeTrue();
    }

    /// <summary>
    /// Inserts, in bulk, more tenants with one word than the cockpit counts; each is also found by its number and by a third word. They have the current rule,
    /// because otherwise the portal would renew their summaries meanwhile.
    /// </summary>
    /// <param name="third">An SQL expression of i, the tenant's number.</param>
    private async Task AddManyAsync(string? third = null)
    {
        Assert.SkipWhen(portal.Database.Provider == DatabaseProvider.SqlServer, "The rows are inserted by SQL that SQLite and PostgreSQL have in common.");
        var isServer = portal.Database.Provider == DatabaseProvider.PostgreSql;
        string Id(int group) => isServer ? $"CAST('00000000-0000-0000-000{group}-00000000' || i AS uuid)" : $"'00000000-0000-0000-000{group}-00000000' || i";
        var (own, entra, moment) = (Id(0), Id(1), isServer ? "now()" : "0");
        var numbers = "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 2100)";
        var words = string.Concat(new[] { "'many'", "CAST(i AS text)", third }.OfType<string>().Select(word => $"""
            {numbers} INSERT INTO "Words" ("TenantId", "Text", "NameKey") SELECT {own}, {word}, 'many ' || i FROM n;
            """));
        await using var db = await Contexts.CreateDbContextAsync();
        var all = $"""
            {numbers} INSERT INTO "Tenants" ("Id", "EntraTenantId", "Name", "Region", "Language", "Ready", "CreatedAt", "Version")
                SELECT {own}, {entra}, 'Many ' || i, 'MTCH', 'en', FALSE, {moment}, 0 FROM n;
            {numbers} INSERT INTO "Summaries" ("Id", "TenantId", "EntraTenantId", "Name", "NameKey", "Region", "Language", "Ready", "Status", "IsStuck", "Verified", "Steps", "Since", "LastActivityAt", "Rule", "Version")
                SELECT {own}, {own}, {entra}, 'Many ' || i, 'many ' || i, 'MTCH', 'en', FALSE, 0, FALSE, 0, 3, {moment}, {moment}, {SummaryKeeper.Rule}, 0 FROM n;
            {words}
            """;
        await db.Database.ExecuteSqlRawAsync(all);
    }

    private async Task<List<string>> NamesAsync(CockpitView view) => [.. (await Cockpit.ReadAsync(nina, view, default)).Rows.Select(r => r.Name)];

    private async Task SetAsync(string name, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<TenantSummary>> set)
    {
        await using var db = await Contexts.CreateDbContextAsync();
        (await db.Summaries.AcrossTenants().Where(s => s.Name == name).ExecuteUpdateAsync(set)).ShouldBe(1);
    }
}
