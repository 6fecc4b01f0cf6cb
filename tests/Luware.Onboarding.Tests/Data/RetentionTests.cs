using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Data;

public abstract class RetentionTests(DatabaseProvider provider) : IAsyncLifetime
{
    private TestDatabase database = null!;
    private CustomerTenant tenant = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(provider);
        tenant = await database.AddTenantAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await database.DisposeAsync();
    }

    [Fact]
    public async Task What_was_answered_to_a_run_that_has_ended_goes_after_a_year_and_its_lines_stay()
    {
        await AddRunAsync(hasEnded: true);

        database.Clock.Advance(TimeSpan.FromDays(364));
        (await SweepAsync()).ShouldAllBe(line => line.Raw == "word for word");
        database.Clock.Advance(TimeSpan.FromDays(1));
        var lines = await SweepAsync();

        lines.Count.ShouldBe(2);
        lines.ShouldAllBe(line => line.Raw == null);
    }

    [Fact]
    public async Task Old_lines_go_but_for_those_that_later_runs_rest_on()
    {
        await AddRunAsync(hasEnded: true);

        database.Clock.Advance(TimeSpan.FromDays(3650));

        (await SweepAsync()).ShouldHaveSingleItem().Kind.ShouldBe(JournalKind.ActionStarted);
    }

    [Fact]
    public async Task A_run_that_still_waits_loses_nothing()
    {
        await AddRunAsync(hasEnded: false);

        database.Clock.Advance(TimeSpan.FromDays(4000));

        (await SweepAsync()).Count(line => line.Raw == "word for word").ShouldBe(2);
    }

    [Fact]
    public async Task The_journal_is_looked_through_once_a_day()
    {
        await SweepAsync();
        await AddRunAsync(hasEnded: true, written: database.Clock.GetUtcNow() - TimeSpan.FromDays(366));

        database.Clock.Advance(TimeSpan.FromHours(23));
        (await SweepAsync()).ShouldAllBe(line => line.Raw != null);
        database.Clock.Advance(TimeSpan.FromHours(1));
        (await SweepAsync()).ShouldAllBe(line => line.Raw == null);
    }

    [Fact]
    public async Task A_round_takes_so_much_and_the_next_one_goes_on()
    {
        await AddRunAsync(hasEnded: true);
        database.Clock.Advance(TimeSpan.FromDays(365));
        var retention = new Retention(Options.Create(new RetentionOptions()), database.Clock) { Limit = 1 };
        await using var db = await database.Contexts.CreateDbContextAsync();

        var rounds = new List<int>();
        for (var i = 0; i < 3; i++)
            rounds.Add((await retention.SweepAsync(db, default)).Texts);

        rounds.ShouldBe([1, 1, 0]);
    }

    private async Task AddRunAsync(bool hasEnded, DateTimeOffset? written = null)
    {
        var now = database.Clock.GetUtcNow();
        var run = new Run
        {
            TenantId = tenant.Id, Kind = RunKind.Apply, ApprovedAt = now, ApprovedBy = "Anna", PlanDigest = "1", PlanJson = "[]", ChoicesJson = "{}", WaitsJson = "[]", WakeAt = now,
            Access = new TenantAccess(tenant.EntraTenantId, Guid.NewGuid(), "account", "session"),
        };
        run.Begin();
        if (hasEnded)
            run.End(RunState.Done, now);
        await using var db = await database.Contexts.OpenAsync(tenant.Id, default);
        db.Add(run);
        foreach (var kind in (JournalKind[])[JournalKind.ActionStarted, JournalKind.ActionWaiting])
            db.Add(new JournalEntry { TenantId = tenant.Id, RunId = run.Id, At = written ?? now, Kind = kind, TextJson = "{}", Raw = "word for word" });
        await db.SaveChangesAsync();
    }

    private async Task<List<JournalEntry>> SweepAsync()
    {
        await database.Get<IEnumerable<IHostedService>>().OfType<Housekeeping>().Single().SweepAsync(default);
        await using var db = await database.Contexts.OpenAsync(tenant.Id, default);
        return await db.Journal.AsNoTracking().ToListAsync();
    }
}

public sealed class RetentionOnSqliteTests() : RetentionTests(DatabaseProvider.Sqlite);

public sealed class RetentionOnPostgreSqlTests() : RetentionTests(DatabaseProvider.PostgreSql);

public sealed class RetentionOnSqlServerTests() : RetentionTests(DatabaseProvider.SqlServer);
