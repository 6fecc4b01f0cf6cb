using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tests.Data;
using Luware.Onboarding.Tests.Engine;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tests.Audit;

/// <summary>The ends of chains are written to the log, outside the database.</summary>
public sealed class AnchorTests
{
    [Fact]
    public async Task A_round_anchors_what_has_grown_since_the_last_one_and_nothing_else()
    {
        await using var chain = await ChainFixture.CreateAsync();
        var log = new LogBook();
        var rounds = new AnchorRounds(
            chain.Database.Contexts, new AuditAnchors(log.For<AuditAnchors>()), Options.Create(new AuditOptions()), chain.Database.Clock,
            log.For<AnchorRounds>());

        chain.Database.Clock.Advance(TimeSpan.FromHours(1));
        var next = await rounds.AnchorAsync(DateTimeOffset.MinValue, default);
        log.Take().ShouldBe([$"The audit of tenant {chain.Tenant.Id} ends at {(await chain.VerifyAsync()).Head}"]);

        chain.Database.Clock.Advance(TimeSpan.FromHours(1));
        var other = await chain.Database.AddTenantAsync();
        await rounds.AnchorAsync(next, default);
        log.Take().ShouldHaveSingleItem().ShouldContain($"{other.Id} ends at 1:");
    }

    [Fact]
    public async Task What_was_begun_before_a_round_and_saved_after_it_is_anchored_by_the_next_one()
    {
        await using var chain = await ChainFixture.CreateAsync();
        var log = new LogBook();
        using var rounds = new AnchorRounds(
            chain.Database.Contexts, new AuditAnchors(log.For<AuditAnchors>()), Options.Create(new AuditOptions()), chain.Database.Clock,
            log.For<AnchorRounds>());

        var next = await chain.Database.Contexts.ChangeAsync(chain.Tenant.Id, db =>
        {
            chain.Trail.Add(db, new AuditLine(chain.Tenant.Id, "Slow"));
            chain.Database.Clock.Advance(TimeSpan.FromSeconds(30));
            return rounds.AnchorAsync(DateTimeOffset.MinValue, default);
        }, default);
        log.Take();
        await rounds.AnchorAsync(next, default);

        log.Take().ShouldBe([$"The audit of tenant {chain.Tenant.Id} ends at {(await chain.VerifyAsync()).Head}"]);
    }

    [Fact]
    public async Task A_process_that_lives_shorter_than_a_round_anchors_at_its_start_and_at_its_stop()
    {
        await using var chain = await ChainFixture.CreateAsync();
        var log = new LogBook();
        using var rounds = new AnchorRounds(
            chain.Database.Contexts, new AuditAnchors(log.For<AuditAnchors>()), Options.Create(new AuditOptions()), chain.Database.Clock,
            log.For<AnchorRounds>());

        await rounds.StartAsync(default);
        log.Take().ShouldBe([$"The audit of tenant {chain.Tenant.Id} ends at {(await chain.VerifyAsync()).Head}"]);

        chain.Database.Clock.Advance(TimeSpan.FromMinutes(2));
        await chain.GrowAsync(chain.Tenant.Id, 1);
        await rounds.StopAsync(default);
        log.Take().ShouldBe([$"The audit of tenant {chain.Tenant.Id} ends at {(await chain.VerifyAsync()).Head}"]);
    }

    [Fact]
    public async Task What_a_process_added_before_it_died_is_anchored_by_the_next_one_days_later()
    {
        await using var chain = await ChainFixture.CreateAsync();
        var log = new LogBook();
        chain.Database.Clock.Advance(TimeSpan.FromDays(3));
        using var rounds = new AnchorRounds(
            chain.Database.Contexts, new AuditAnchors(log.For<AuditAnchors>()), Options.Create(new AuditOptions()), chain.Database.Clock,
            log.For<AnchorRounds>());

        await rounds.StartAsync(default);

        log.Take().ShouldBe([$"The audit of tenant {chain.Tenant.Id} ends at {(await chain.VerifyAsync()).Head}"]);
        await rounds.StopAsync(default);
    }

    [Fact]
    public async Task An_end_that_was_not_committed_is_no_anchor()
    {
        var lost = new LostAnswer { IsBeforeCommit = true };
        await using var database = await TestDatabase.OnPostgreSqlAsync(lost);
        var log = new LogBook();
        database.Get<ILoggerFactory>().AddProvider(log);
        var tenant = await database.AddTenantAsync();
        lost.IsDue = true;

        await database.Contexts.ChangeAtOnceAsync(tenant.Id, db =>
        {
            AuditTrail.Add(db, new AuditLine(tenant.Id, nameof(JournalKind.RunEnded)), database.Clock.GetUtcNow());
            return Task.FromResult(true);
        }, default);

        lost.IsDue.ShouldBeFalse();
        var rounds = new AnchorRounds(
            database.Contexts, database.Get<AuditAnchors>(), Options.Create(new AuditOptions()), database.Clock, log.For<AnchorRounds>());
        await rounds.AnchorAsync(DateTimeOffset.MinValue, default);
        var head = (await database.Get<AuditVerifier>().VerifyAsync(tenant.Id, [], default)).Head;
        log.Take().Where(l => l.StartsWith("The audit of tenant", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldEndWith($"{head}");
    }

    [Fact]
    public async Task The_end_of_a_run_is_an_anchor()
    {
        var log = new LogBook();
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        portal.Get<ILoggerFactory>().AddProvider(log);

        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        await Until.TrueAsync(() => log.Lines.Any(l => l.StartsWith("The audit of tenant", StringComparison.Ordinal)), "the end of the run is anchored");

        var head = (await portal.Get<AuditVerifier>().VerifyAsync((await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id, [], default)).Head;
        log.Take().Where(l => l.StartsWith("The audit of tenant", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldEndWith($"{head}");
    }
}
