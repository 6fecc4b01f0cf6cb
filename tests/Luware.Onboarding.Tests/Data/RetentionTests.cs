using System.Text.Encodings.Web;
using System.Text.Json;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Data;

public abstract class RetentionTests(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
    public async Task Test_calls_on_which_the_gate_rests_stay_however_old()
    {
        var nina = EngineHost.Person("Nina");
        await database.Contexts.ChangeAsync(tenant.Id, db =>
        {
            new Journal(database.Contexts, database.Get<AuditTrail>()).Add(db, TestCalls.Line(tenant.Id, nina, TestCallKind.Inside, "policy", worked: false));
            return Task.CompletedTask;
        }, default);

        database.Clock.Advance(TimeSpan.FromDays(4000));
        await SweepAsync();

        await using var after = await database.Contexts.OpenAsync(tenant.Id, default);
        (await TestCalls.HaveFailedAsync(after, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_that_still_waits_loses_nothing()
    {
        await AddRunAsync(hasEnded: false);

        database.Clock.Advance(TimeSpan.FromDays(4000));

        (await SweepAsync()).Count(line => line.Raw == "word for word").ShouldBe(2);
    }

    [Fact]
    public async Task What_was_answered_to_a_run_that_waited_long_goes_by_its_own_age_once_the_run_has_ended()
    {
        await AddRunAsync(hasEnded: false);
        database.Clock.Advance(TimeSpan.FromDays(400));
        (await SweepAsync()).ShouldAllBe(line => line.Raw != null);
        await using (var db = await database.Contexts.OpenAsync(tenant.Id, default))
            await db.Runs.ExecuteUpdateAsync(runs => runs.SetProperty(r => r.EndedAt, database.Clock.GetUtcNow()));

        database.Clock.Advance(TimeSpan.FromDays(1));

        (await SweepAsync()).ShouldAllBe(line => line.Raw == null);
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
        var retention = NewRetention(1);

        var rounds = new List<int>();
        for (var i = 0; i < 3; i++)
            rounds.Add((await retention.SweepAsync(default)).Texts);

        rounds.ShouldBe([1, 1, 0]);
    }

    [Fact]
    public async Task What_went_is_said_in_the_chain_of_whose_it_was_once_however_many_portals_sweep()
    {
        await AddRunAsync(hasEnded: true);
        var other = await database.AddTenantAsync();
        database.Clock.Advance(TimeSpan.FromDays(3650));
        var now = database.Clock.GetUtcNow();

        await Task.WhenAll(NewRetention(100).SweepAsync(default), NewRetention(100).SweepAsync(default));

        await using var db = await database.Contexts.OpenAsync(tenant.Id, default);
        var said = await db.Audit.Where(e => e.Sequence > 1).OrderBy(e => e.Sequence).ToListAsync();
        said.ShouldAllBe(e => e.Kind == AuditKinds.JournalSwept && e.Person == null);
        said.Select(e => e.DataJson).ShouldBe(
        [
            JsonSerializer.Serialize(new { answers = 2, upTo = now - TimeSpan.FromDays(365) }, Json),
            JsonSerializer.Serialize(new { lines = 1, upTo = now - TimeSpan.FromDays(3650) }, Json),
        ]);
        (await database.Get<AuditVerifier>().VerifyAsync(tenant.Id, [], default)).IsWhole.ShouldBeTrue();
        (await db.Audit.AcrossTenants().CountAsync(e => e.TenantId == other.Id)).ShouldBe(1, "nothing of theirs was old");
    }

    [Fact]
    public async Task A_sweep_that_has_waited_for_another_portals_neither_counts_nor_says_what_went_by_it()
    {
        Assert.SkipUnless(provider == DatabaseProvider.PostgreSql, "Elsewhere no row is seen as it was before whoever is waited for.");
        await AddRunAsync(hasEnded: true);
        database.Clock.Advance(TimeSpan.FromDays(365));
        Task<(int, int)> later = null!;

        await database.Contexts.InTransactionAsync(async db =>
        {
            await db.Journal.AcrossTenants().ExecuteUpdateAsync(set => set.SetProperty(e => e.Raw, (string?)null));
            later = NewRetention(100).SweepAsync(default);
            while (await db.Database
                .SqlQuery<int>($"SELECT COUNT(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                .SingleAsync() == 0)
            {
                if (later.IsFaulted)
                    await later;
                later.IsCompleted.ShouldBeFalse();
            }
        }, default);

        (await later).ShouldBe((0, 0));
        await using var db = await database.Contexts.OpenAsync(tenant.Id, default);
        (await db.Audit.CountAsync()).ShouldBe(1, "that the customer was added");
    }

    [Fact]
    public async Task Nothing_goes_where_it_cannot_be_said()
    {
        await AddRunAsync(hasEnded: true);
        database.Clock.Advance(TimeSpan.FromDays(3650));
        await database.RenameAsync("AuditEntries", "Elsewhere");

        await Should.ThrowAsync<Exception>(() => NewRetention(100).SweepAsync(default));

        await using var after = await database.Contexts.OpenAsync(tenant.Id, default);
        (await after.Journal.CountAsync(e => e.Raw != null)).ShouldBe(2);
    }

    private Retention NewRetention(int limit) =>
        new(database.Contexts, database.Get<AuditTrail>(), Options.Create(new RetentionOptions()), database.Clock) { Limit = limit };

    private async Task AddRunAsync(bool hasEnded, DateTimeOffset? written = null)
    {
        var now = database.Clock.GetUtcNow();
        var run = database.NewRun(tenant);
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
        await database.Get<IEnumerable<IHostedService>>().OfType<Housekeeping>().Single().RunOnceAsync(default);
        await using var db = await database.Contexts.OpenAsync(tenant.Id, default);
        return await db.Journal.AsNoTracking().ToListAsync();
    }
}

public sealed class RetentionOnSqliteTests() : RetentionTests(DatabaseProvider.Sqlite);

public sealed class RetentionOnPostgreSqlTests() : RetentionTests(DatabaseProvider.PostgreSql);

public sealed class RetentionOnSqlServerTests() : RetentionTests(DatabaseProvider.SqlServer);
