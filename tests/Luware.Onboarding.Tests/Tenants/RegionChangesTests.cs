using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Data;
using Luware.Onboarding.Tests.Engine;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Onboarding.Tests.Tenants;

/// <summary>Steps that were verified with other data of their region are marked as changed once, for everybody.</summary>
public sealed class RegionChangesTests : IAsyncLifetime
{
    private readonly FakeWorld world = new();
    private readonly Actor nina = EngineHost.Specialist();
    private OwnDatabase own = null!;
    private EngineHost portal = null!;

    private RegionChanges Changes => portal.Get<RegionChanges>();

    public async ValueTask InitializeAsync()
    {
        world.First.RestsOn = region => $"{region.Applications[0].ApplicationId}";
        own = await OwnDatabase.CreateAsync();
        portal = await EngineHost.StartAsync(world, own);
        await portal.SignInAsync(nina);
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await own.DisposeAsync();
    }

    [Fact]
    public async Task At_the_start_after_a_change_the_steps_that_rest_on_it_are_marked_once()
    {
        await Changes.CheckAsync(default);
        (await ViewAsync()).Steps.ShouldAllBe(s => s.Status == StepStatus.Verified);
        await portal.DisposeAsync();

        world.First.RestsOn = _ => "another application";
        portal = await EngineHost.StartAsync(world, own, portal.Admin);
        await Changes.CheckAsync(default);

        var view = await ViewAsync();
        view.Steps.Select(s => s.Status).ShouldBe([StepStatus.ChangedSinceVerified, StepStatus.Verified, StepStatus.Verified]);
        view.Steps[0].Detail!.Key.ShouldBe("Engine.RegionChanged");
        view.Steps[0].Detail!.Arguments.ShouldBe(["Switzerland", "1"]);
        (await LinesAsync(view)).ShouldBe(1);
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(view.Tenant.Id, default);
        var summary = await db.Summaries.SingleAsync();
        (summary.Status, summary.AtStep, summary.Waits).ShouldBe((StepStatus.ChangedSinceVerified, "first", WaitsFor.Customer));
    }

    [Fact]
    public async Task What_a_portal_of_before_has_settled_meanwhile_is_marked_an_hour_after_the_start()
    {
        var clock = new FakeTimeProvider();
        var after = new FakeWorld();
        after.First.RestsOn = _ => "another application";
        await using var upgraded = await EngineHost.StartAsync(after, own, portal.Admin);
        var watch = new RegionWatch(upgraded.Get<RegionChanges>(), clock, NullLogger<RegionWatch>.Instance);
        (await ViewAsync()).Steps[0].Status.ShouldBe(StepStatus.ChangedSinceVerified);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        await watch.RunOnceAsync(default);
        (await ViewAsync()).Steps[0].Status.ShouldBe(StepStatus.Verified, "the portal of before knows no better");

        clock.Advance(TimeSpan.FromHours(1));
        await watch.RunOnceAsync(default);

        (await ViewAsync()).Steps[0].Status.ShouldBe(StepStatus.ChangedSinceVerified);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        clock.Advance(TimeSpan.FromHours(1));
        await watch.RunOnceAsync(default);
        (await ViewAsync()).Steps[0].Status.ShouldBe(StepStatus.Verified, "it does not quarrel with a portal that has other settings for long");
    }

    [Fact]
    public async Task A_tenant_that_cannot_be_marked_keeps_neither_the_portal_from_starting_nor_another_tenant_from_being_marked()
    {
        var broken = await portal.Get<ITenants>().AddAsync(Guid.NewGuid(), "Fabrikam", "MTCH", default);
        await portal.Get<IDbContextFactory<PortalDbContext>>().ChangeAsync(broken, db =>
        {
            var (first, second) = (new StepRecord { TenantId = broken, Step = "first" }, new StepRecord { TenantId = broken, Step = "second" });
            first.Move(StepStatus.Verified, null);
            first.RegionDigest = "of before";
            second.Move(StepStatus.Failed, null);
            db.Steps.AddRange(first, second);
            return Task.CompletedTask;
        }, default);
        await SetDetailAsync("no JSON");
        await portal.DisposeAsync();

        world.First.RestsOn = _ => "another application";
        portal = await EngineHost.StartAsync(world, own, portal.Admin);

        (await ViewAsync()).Steps[0].Status.ShouldBe(StepStatus.ChangedSinceVerified);
        (await StatusAsync()).ShouldBe(StepStatus.Verified);
        var clock = new FakeTimeProvider();
        var watch = new RegionWatch(Changes, clock, NullLogger<RegionWatch>.Instance);
        clock.Advance(TimeSpan.FromHours(1));
        await watch.RunOnceAsync(default);
        await SetDetailAsync(null);
        await watch.RunOnceAsync(default);
        (await StatusAsync()).ShouldBe(StepStatus.ChangedSinceVerified, "it stays due until every tenant was checked");

        async Task SetDetailAsync(string? json)
        {
            await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(broken, default);
            await db.Steps.Where(s => s.Step == "second").ExecuteUpdateAsync(set => set.SetProperty(s => s.DetailJson, json));
        }

        async Task<StepStatus> StatusAsync()
        {
            await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(broken, default);
            return await db.Steps.Where(s => s.Step == "first").Select(s => s.Status).SingleAsync();
        }
    }

    [Fact]
    public async Task Who_checks_at_the_same_moment_marks_once_together()
    {
        world.First.RestsOn = _ => "another application";

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Changes.CheckAsync(default)));

        (await LinesAsync(await ViewAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_reading_that_finds_nothing_left_to_do_settles_it()
    {
        world.First.RestsOn = _ => "another application";
        await Changes.CheckAsync(default);

        await portal.Engine.PlanAsync(portal.Admin, null, default);

        (await ViewAsync()).Steps.ShouldAllBe(s => s.Status == StepStatus.Verified);
        await Changes.CheckAsync(default);
        (await ViewAsync()).Steps.ShouldAllBe(s => s.Status == StepStatus.Verified);
    }

    [Fact]
    public async Task Application_ids_of_its_own_mark_the_tenant_at_once()
    {
        var id = (await ViewAsync()).Tenant.Id;
        var seen = new TenantDetails("Contoso", "", "MTCH");

        (await portal.Get<ISpecialistDesk>().ChangeAllTheSameAsync(nina, id, seen, WithOtherIds(seen))).IsAccepted.ShouldBeTrue();

        var view = await ViewAsync();
        view.Steps[0].Status.ShouldBe(StepStatus.ChangedSinceVerified);
        view.Steps[0].Detail!.Key.ShouldBe("Engine.ApplicationIdsChanged");
        view.Region.Applications[0].IsTenantsOwn.ShouldBeTrue();
        (await portal.Get<ITenantReader>().ReadAsync(nina, id, default))!.Row.Status
            .ShouldBe(StepStatus.ChangedSinceVerified, "also in the list, before the customer comes");
    }

    [Fact]
    public async Task What_a_change_undoes_is_said_and_not_done_before_somebody_confirms_it()
    {
        await portal.SetReadyAsync();
        var (desk, id, seen) = (portal.Get<ISpecialistDesk>(), (await ViewAsync()).Tenant.Id, new TenantDetails("Contoso", "", "MTCH"));
        var details = WithOtherIds(seen);

        var answer = await desk.ChangeAsync(nina, id, seen, details, read: null, default);

        answer.IsAccepted.ShouldBeFalse();
        answer.Undoes.ShouldBe(new Undoing(Steps: 1, Plan: false, Ready: true, Policies: false));
        var view = await ViewAsync();
        (view.Tenant.Ready, view.Region.Applications[0].IsTenantsOwn).ShouldBe((true, false));
        view.Steps.ShouldAllBe(s => s.Status == StepStatus.Verified);
        (await desk.ChangeAsync(nina, id, seen, seen with { OwnerName = "Nina" }, read: null, default)).IsAccepted.ShouldBeTrue("it undoes nothing");
    }

    [Fact]
    public async Task What_a_change_undoes_by_now_that_nobody_was_asked_about_is_asked_about_again()
    {
        var (desk, id, seen) = (portal.Get<ISpecialistDesk>(), (await ViewAsync()).Tenant.Id, new TenantDetails("Contoso", "", "MTCH"));
        var details = WithOtherIds(seen);
        var read = (await desk.ChangeAsync(nina, id, seen, details, read: null, default)).Undoes;
        await portal.SetReadyAsync();

        var answer = await desk.ChangeAsync(nina, id, seen, details, read, default);

        answer.Undoes.ShouldBe(read! with { Ready = true });
        (await ViewAsync()).Tenant.Ready.ShouldBeTrue();
        (await desk.ChangeAsync(nina, id, seen, details, answer.Undoes, default)).IsAccepted.ShouldBeTrue();
        (await ViewAsync()).Tenant.Ready.ShouldBeFalse();
    }

    [Fact]
    public async Task Other_ids_of_a_tenant_that_has_not_begun_are_saved_without_a_question()
    {
        await using var other = await EngineHost.StartAsync(new FakeWorld());
        await other.SignInAsync(nina);
        var (id, seen) = ((await other.Engine.ReadAsync(other.Admin, default))!.Tenant.Id, new TenantDetails("Contoso", "", "MTCH"));

        (await other.Get<ISpecialistDesk>().ChangeAsync(nina, id, seen, WithOtherIds(seen), read: null, default)).IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_tenant_that_moves_is_said_to_move_and_its_timeline_says_from_where_to_where()
    {
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync((await ViewAsync()).Tenant.Id, default);
        await SetRegionAsync(db.TenantId!.Value, "MTDE");
        var seen = new TenantDetails("Contoso", "", "MTDE");

        var moved = seen with { Region = "MTCH", Name = "Contoso AG" };
        (await portal.Get<ISpecialistDesk>().ChangeAsync(nina, db.TenantId.Value, seen, moved, read: null, default)).IsAccepted.ShouldBeTrue();

        var lines = await portal.Get<ITenantReader>().ReadTimelineAsync(nina, db.TenantId.Value, 12, default);
        portal.Get<Say>()[lines.First(l => l.Kind == JournalKind.TenantChanged).Text].ShouldBe("Nina changed: name, region MTDE → Switzerland");
    }

    [Fact]
    public async Task A_reading_that_began_before_the_change_settles_nothing()
    {
        var held = world.First.HoldRead();
        var reading = portal.Engine.PlanAsync(portal.Admin, null, default);
        await held.ReachedAsync();
        await ChangeIdsAsync(portal);

        held.GoOn();
        await reading;

        (await ViewAsync()).Steps[0].Status.ShouldBe(StepStatus.ChangedSinceVerified);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        (await ViewAsync()).Steps[0].Status.ShouldBe(StepStatus.Verified);
    }

    [Fact]
    public async Task A_run_that_read_before_the_change_does_nothing_with_what_it_read()
    {
        var theirs = new FakeWorld();
        var acted = new List<Guid>();
        theirs.First.RestsOn = region => $"{region.Applications[0].ApplicationId}";
        theirs.First.OnApply = (context, _, _) =>
        {
            acted.Add(context.Region.Applications[0].ApplicationId);
            return Task.FromResult<StepOutcome?>(null);
        };
        await using var other = await EngineHost.StartAsync(theirs);
        await other.Engine.PlanAsync(other.Admin, null, default);
        var held = theirs.First.HoldRead();
        var digest = (await other.Engine.ReadAsync(other.Admin, default))!.Digest!;
        (await other.Engine.ApproveAsync(other.Admin, digest, default)).IsAccepted.ShouldBeTrue();
        await held.ReachedAsync();
        await other.SignInAsync(nina);
        await ChangeIdsAsync(other);

        held.GoOn();
        var view = await other.UntilRunIsAsync(RunState.Done);

        acted.ShouldBe([view.Region.Applications[0].ApplicationId]);
        view.Region.Applications[0].IsTenantsOwn.ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_that_read_back_before_the_change_verifies_nothing_with_it()
    {
        var theirs = new FakeWorld();
        theirs.First.RestsOn = region => $"{region.Applications[0].ApplicationId}";
        var held = new HeldCall();
        theirs.First.OnApply = (_, _, _) =>
        {
            theirs.First.OnApply = null;
            theirs.First.WhileRead = _ =>
            {
                theirs.First.WhileRead = null;
                return held.WaitAsync();
            };
            return Task.FromResult<StepOutcome?>(null);
        };
        await using var other = await EngineHost.StartAsync(theirs);
        await other.ApproveAsync();
        await other.UntilAsync(v => v.Steps[0].Status == StepStatus.Running && !theirs.First.Made.IsEmpty);
        await held.ReachedAsync();
        await other.SignInAsync(nina);
        await ChangeIdsAsync(other);
        var reads = theirs.First.Reads;

        held.GoOn();
        await other.UntilRunIsAsync(RunState.Done);

        theirs.First.Reads.ShouldBeGreaterThan(reads, "it was read once more, with the ids that count now");
        await other.Get<RegionChanges>().CheckAsync(default);
        (await other.Engine.ReadAsync(other.Admin, default))!.Steps[0].Status.ShouldBe(StepStatus.Verified);
    }

    [Fact]
    public async Task What_somebody_makes_again_while_it_is_taken_back_rests_on_the_data_of_that_reading()
    {
        world.First.WhileRemoved = () =>
        {
            world.First.OnRead = _ => world.First.Made["object"] = true;
            return Task.CompletedTask;
        };
        await portal.Engine.UndoAsync(portal.Admin, "first", default);
        (await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done })).Steps[0].Status.ShouldBe(StepStatus.Verified);

        world.First.RestsOn = _ => "another application";
        await Changes.CheckAsync(default);

        (await ViewAsync()).Steps[0].Status.ShouldBe(StepStatus.ChangedSinceVerified);
    }

    [Fact]
    public async Task Who_dies_between_the_change_and_what_follows_from_it_has_changed_nothing()
    {
        var id = (await ViewAsync()).Tenant.Id;
        var seen = new TenantDetails("Contoso", "", "MTCH");
        var details = WithOtherIds(seen);
        var rests = world.First.RestsOn;
        var read = (await portal.Get<ISpecialistDesk>().ChangeAsync(nina, id, seen, details, read: null, default)).Undoes;
        var compared = 0;
        world.First.RestsOn = region => ++compared == 1 ? rests!(region) : throw new InvalidOperationException("dead");

        await Should.ThrowAsync<InvalidOperationException>(() => portal.Get<ISpecialistDesk>().ChangeAsync(nina, id, seen, details, read, default));

        world.First.RestsOn = rests;
        (await portal.Get<ITenantReader>().ReadAsync(nina, id, default))!.Details.ApplicationIds.ShouldBeEmpty();
        (await ViewAsync()).Steps[0].Status.ShouldBe(StepStatus.Verified);
        (await portal.Get<ISpecialistDesk>().ChangeAsync(nina, id, seen, details, read, default)).IsAccepted.ShouldBeTrue();
        (await ViewAsync()).Steps[0].Status.ShouldBe(StepStatus.ChangedSinceVerified);
    }

    [Fact]
    public async Task What_the_region_has_no_more_is_verified_no_more()
    {
        world.First.RestsOn = _ => null;

        await Changes.CheckAsync(default);

        (await ViewAsync()).Steps[0].Status.ShouldBe(StepStatus.ChangedSinceVerified);
        await Changes.CheckAsync(default);
        (await LinesAsync(await ViewAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_verified_before_region_data_was_written_down_is_not_marked()
    {
        var id = (await ViewAsync()).Tenant.Id;
        await using (var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(id, default))
            await db.Steps.ExecuteUpdateAsync(set => set.SetProperty(s => s.RegionDigest, (string?)null));

        await Changes.CheckAsync(default);
        (await ViewAsync()).Steps[0].Status.ShouldBe(StepStatus.Verified);

        world.First.RestsOn = _ => "another application";
        await Changes.CheckAsync(default);
        (await ViewAsync()).Steps[0].Status.ShouldBe(StepStatus.ChangedSinceVerified);
    }

    [Fact]
    public async Task A_region_that_is_no_longer_configured_stops_no_start_and_its_tenant_is_shown_and_moves_to_another_one()
    {
        var id = (await ViewAsync()).Tenant.Id;
        await SetRegionAsync(id, "MTXX");
        await portal.DisposeAsync();

        world.First.RestsOn = _ => "another application";
        portal = await EngineHost.StartAsync(world, own, portal.Admin);

        var view = await ViewAsync();
        (view.Region.Key, view.Region.IsConfigured).ShouldBe(("MTXX", false));
        view.Steps.ShouldAllBe(s => s.Status == StepStatus.Verified);
        (await portal.Engine.GetScriptAsync(portal.Admin, null, default)).ShouldBeNull();
        (await portal.Engine.GetUndoScriptAsync(portal.Admin, "first", false, default)).ShouldNotBeNull("the way back names nothing of the region");
        var details = (await portal.Get<ITenantReader>().ReadAsync(nina, id, default))!.Details;
        details.Region.ShouldBe("MTXX");
        var desk = portal.Get<ISpecialistDesk>();
        (await desk.ChangeAsync(nina, id, details, details, read: null, default)).Problem!.Key.ShouldBe("Tenants.Fault.Region");
        (await desk.ChangeAllTheSameAsync(nina, id, details, details with { Region = "MTCH" })).IsAccepted.ShouldBeTrue();
        (await ViewAsync()).Steps.Select(s => s.Status).ShouldBe([StepStatus.ChangedSinceVerified, StepStatus.Verified, StepStatus.Verified]);
    }

    [Fact]
    public async Task Without_its_region_a_tenant_is_read_as_one_that_waits_for_luware()
    {
        var reads = world.First.Reads;
        await SetRegionAsync((await ViewAsync()).Tenant.Id, "MTXX");

        await portal.Engine.PlanAsync(portal.Admin, null, default);

        world.First.Reads.ShouldBe(reads);
        (await ViewAsync()).Steps.ShouldAllBe(s => s.Plan!.Objects.Single().What.Key == "Engine.RegionGone");
    }

    [Fact]
    public async Task A_run_without_its_region_waits_for_luware_and_goes_on_in_another_one()
    {
        await using var other = await EngineHost.StartAsync(new FakeWorld { First = { Propagating = true } });
        await other.ApproveAsync();
        var view = await other.UntilAsync(v => v.Run is { State: RunState.Waiting });
        await SetRegionAsync(view.Tenant.Id, "MTXX", other);
        await other.WakeAsync();

        view = await other.UntilAsync(v => v.Run!.Waits.Any(w => w.For.Key == "Engine.RegionGone"));
        view.Run!.Waits.Single().On.ShouldBe(WaitsFor.Luware);
        view.Run.State.ShouldNotBe(RunState.Failed);

        await SetRegionAsync(view.Tenant.Id, "MTCH", other);
        await other.WakeAsync();
        await other.UntilAsync(v => v.Run!.Waits.All(w => w.For.Key != "Engine.RegionGone"));
    }

    [Fact]
    public async Task Taking_back_a_step_needs_no_region()
    {
        await SetRegionAsync((await ViewAsync()).Tenant.Id, "MTXX");

        (await portal.Engine.UndoAsync(portal.Admin, "second", default)).Problem.ShouldBeNull();
        await portal.UntilAsync(v => v.Run is { Kind: RunKind.Undo, State: RunState.Done });

        world.Second.Made.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_renewed_application_id_clears_the_ready_flag_that_was_set_for_the_one_before(bool hasVerifiedSteps)
    {
        var tenant = (await ViewAsync()).Tenant.Id;
        await portal.SetReadyAsync();
        if (!hasVerifiedSteps)
        {
            await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default);
            await db.Steps.ExecuteDeleteAsync();
        }

        portal.Regions.RenewApplication();
        (await ViewAsync()).Tenant.Ready.ShouldBeFalse("the flag does not count even before it is cleared");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Changes.CheckAsync(default)));

        var row = await RowAsync(tenant);
        (row.Ready, row.ReadyDigest, row.ReadyBy).ShouldBe((false, null, null));
        await using (var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(tenant, default))
        {
            (await db.Summaries.SingleAsync()).Ready.ShouldBeFalse();
            var lines = await db.Journal.Where(e => e.Kind == JournalKind.ReadyChanged).OrderBy(e => e.At).ToListAsync();
            lines.Select(l => EngineJson.Read<Sentence>(l.TextJson)).Select(s => (s.Key, Last: s.Arguments[^1]))
                .ShouldBe([("Engine.ReadySet", "Lu"), ("Engine.ReadyOutdated", "2")]);
        }

        await portal.SetReadyAsync();
        await Changes.CheckAsync(default);
        (await ViewAsync()).Tenant.Ready.ShouldBeTrue("it was set for the new one");
    }

    [Fact]
    public async Task A_flag_that_does_not_count_here_is_set_anew_by_whoever_sets_it_again()
    {
        await portal.SetReadyAsync();
        portal.Regions.RenewApplication();

        await portal.SetReadyAsync();

        (await ViewAsync()).Tenant.Ready.ShouldBeTrue();
    }

    [Fact]
    public async Task The_ready_flag_stays_when_something_else_of_the_region_changes()
    {
        await portal.SetReadyAsync();
        portal.Regions.Switzerland = portal.Regions.Switzerland with
        {
            Version = 2, StorageLocations = ["switzerlandnorth"], Chat = new ChatApplication(Guid.NewGuid(), "Luware Recording Chat", null),
        };

        await Changes.CheckAsync(default);

        (await ViewAsync()).Tenant.Ready.ShouldBeTrue();
    }

    [Fact]
    public async Task A_ready_flag_that_does_not_say_what_it_was_set_for_does_not_count()
    {
        var tenant = (await ViewAsync()).Tenant.Id;
        await portal.SetReadyAsync();
        await using (var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
            await db.Tenants.ExecuteUpdateAsync(set => set.SetProperty(t => t.ReadyDigest, (string?)null));

        (await ViewAsync()).Tenant.Ready.ShouldBeFalse();
        await Changes.CheckAsync(default);
        (await RowAsync(tenant)).Ready.ShouldBeFalse();
    }

    private static TenantDetails WithOtherIds(TenantDetails details) =>
        details with { ApplicationIds = new Dictionary<string, string> { ["1"] = $"{Guid.NewGuid()}" } };

    private async Task ChangeIdsAsync(EngineHost at)
    {
        var (id, seen) = ((await at.Engine.ReadAsync(at.Admin, default))!.Tenant.Id, new TenantDetails("Contoso", "", "MTCH"));
        (await at.Get<ISpecialistDesk>().ChangeAllTheSameAsync(nina, id, seen, WithOtherIds(seen))).IsAccepted.ShouldBeTrue();
    }

    /// <summary>The settings of another day.</summary>
    private async Task SetRegionAsync(Guid tenantId, string region, EngineHost? at = null)
    {
        await using var db = await (at ?? portal).Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await db.Tenants.Where(t => t.Id == tenantId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Region, region));
    }

    private async Task<CustomerTenant> RowAsync(Guid tenantId)
    {
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await db.Tenants.AsNoTracking().SingleAsync(t => t.Id == tenantId);
    }

    private async Task<OnboardingView> ViewAsync() => (await portal.Engine.ReadAsync(portal.Admin, default))!;

    private async Task<int> LinesAsync(OnboardingView view)
    {
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(view.Tenant.Id, default);
        return await db.Journal.CountAsync(e => e.Kind == JournalKind.RegionChanged);
    }
}
