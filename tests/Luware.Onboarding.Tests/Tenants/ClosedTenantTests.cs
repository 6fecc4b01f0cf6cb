using Luware.Onboarding.Audit;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Handover;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Tests.Engine;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Tenants;

/// <summary>A specialist closes an onboarding, for example of a wrong tenant, and opens it again.</summary>
public sealed class ClosedTenantTests : IAsyncLifetime
{
    private readonly FakeWorld world = new();
    private readonly Actor nina = EngineHost.Specialist();
    private EngineHost portal = null!;
    private Guid contoso;

    private ISpecialistDesk Desk => portal.Get<ISpecialistDesk>();

    private ICockpit Cockpit => portal.Get<ICockpit>();

    public async ValueTask InitializeAsync()
    {
        portal = await EngineHost.StartAsync(world);
        await portal.SignInAsync(nina);
        contoso = (await portal.Get<CustomerTenants>().FindAsync(EngineHost.Tenant, default))!.Id;
        await portal.Get<ITenants>().AddAsync(Guid.NewGuid(), "Contoso Sister", "MTCH", default);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task Its_people_are_signed_out_and_get_in_no_more()
    {
        await portal.Engine.PlanAsync(portal.Admin, null, default);

        (await Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default)).Problem.ShouldBeNull();

        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.ReadAsync(portal.Admin, default));
        var again = EngineHost.Person("Ada");
        await portal.SignInAsync(again);
        (await portal.Engine.ReadAsync(again, default)).ShouldBeNull("which the page says as it does to those whose tenant is none of Luware's customers");
        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.PlanAsync(again, null, default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.UndoAsync(again, "second", default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Get<IHandover>().ReadAsync(again, null, default));
    }

    [Fact]
    public async Task Its_open_links_end_and_no_other_is_made()
    {
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var link = await portal.Get<IColleagueLinks>().HandAsync(portal.Admin, "second", default);
        var invitation = await Desk.InviteAsync(nina, contoso, default);

        await Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default);

        (await portal.Get<IInvitations>().FindAsync(invitation.Secret!, default)).ShouldBeNull();
        (await portal.Get<IColleagueLinks>().FindAsync(link.Secret!, default)).ShouldBeNull();
        (await Desk.InviteAsync(nina, contoso, default)).Secret.ShouldBeNull();
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(contoso, default);
        var revoked = await db.Audit.Where(e => e.Kind == nameof(JournalKind.LinkRevoked) || e.Kind == nameof(JournalKind.InvitationRevoked)).ToListAsync();
        revoked.Count.ShouldBe(2);
        revoked.ShouldAllBe(e => e.PersonTenant == EngineHost.Luware);
    }

    [Fact]
    public async Task Only_its_own_filter_shows_and_finds_it()
    {
        await Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default);

        (await NamesAsync(new CockpitView())).ShouldBe(["Contoso Sister"]);
        (await NamesAsync(new CockpitView { Search = "contoso" })).ShouldBe(["Contoso Sister"]);
        (await NamesAsync(new CockpitView { Closed = true })).ShouldBe(["Contoso"]);
        (await NamesAsync(new CockpitView { Closed = true, Search = "conto" })).ShouldBe(["Contoso"]);
        (await NamesAsync(new CockpitView { Closed = true, Search = "sister" })).ShouldBeEmpty();
        (await Cockpit.ReadFiltersAsync(nina, default)).ShouldSatisfyAllConditions(f => f.Tenants.ShouldBe(1), f => f.Closed.ShouldBe(1));
        var row = (await Cockpit.ReadAsync(nina, new CockpitView { Closed = true }, default)).Rows.Single();
        (row.Waits, row.Why?.Key, row.IdleSince).ShouldBe((null, "Standing.Closed", null));
    }

    [Fact]
    public async Task A_list_of_several_pages_counts_it_no_more()
    {
        for (var i = 0; i < CockpitView.PageSize; i++)
            await portal.Get<ITenants>().AddAsync(Guid.NewGuid(), $"Other {i:00}", "MTCH", default);
        await Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default);

        (await Cockpit.ReadAsync(nina, new CockpitView(), default)).Total.ShouldBe(CockpitView.PageSize + 1);
        (await NamesAsync(new CockpitView { Page = 2 })).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_recorded_stays_and_specialists_read_it()
    {
        await Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default);

        var file = (await portal.Get<ITenantReader>().ReadAsync(nina, contoso, default))!;
        file.ClosedAt.ShouldNotBeNull();
        var said = (await portal.Get<ITenantReader>().ReadTimelineAsync(nina, contoso, 1, default)).Single().Text;
        (said.Key, said.Arguments[0]).ShouldBe(("Engine.TenantClosed", "Nina"));
        (await portal.Get<IHandover>().ReadAsync(nina, contoso, default)).ShouldNotBeNull();
        (await portal.Get<IAuditRecord>().VerifyAsync(nina, contoso, null, default)).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task Opened_again_it_goes_on_where_it_was()
    {
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        await Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default);
        await Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default);

        await Desk.SetClosedAsync(nina, contoso, closed: false, read: null, default);

        var ada = EngineHost.Person("Ada");
        await portal.SignInAsync(ada);
        (await portal.Engine.ReadAsync(ada, default))!.Steps.ShouldAllBe(s => s.Plan != null);
        (await NamesAsync(new CockpitView { Search = "contoso" })).ShouldBe(["Contoso", "Contoso Sister"]);
        var lines = await portal.Get<ITenantReader>().ReadTimelineAsync(nina, contoso, 10, default);
        lines.Select(l => l.Kind).Where(k => k is JournalKind.TenantClosed or JournalKind.TenantReopened)
            .ShouldBe([JournalKind.TenantReopened, JournalKind.TenantClosed], "twice is once");
        (await Cockpit.ReadAsync(nina, new CockpitView { Search = "contoso" }, default)).Rows[0].IdleSince.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_plan_that_waits_ends_with_it_and_only_a_new_approval_goes_on_with_it()
    {
        world.Aside.Waits("wait");
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("aside", "wait");

        (await Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default)).Problem.ShouldBeNull();

        world.Aside.OnApply = null;
        var begun = world.Applied.Count;
        await portal.WakeAsync();
        var file = (await portal.Get<ITenantReader>().ReadAsync(nina, contoso, default))!;
        file.View.Steps.Single(s => s.Step == "aside").Status.ShouldBe(StepStatus.Ready);
        (file.View.Run!.State, file.View.Run.Waits.Count).ShouldBe((RunState.Replaced, 0));
        var lines = await portal.Get<ITenantReader>().ReadTimelineAsync(nina, contoso, 2, default);
        lines.Select(l => (l.Kind, l.Text.Key))
            .ShouldBe([(JournalKind.TenantClosed, "Engine.TenantClosed"), (JournalKind.RunEnded, "Engine.EndedByClosing")], ignoreOrder: true);
        await using (var db = await portal.Get<IDbContextFactory<PortalDbContext>>().OpenAsync(contoso, default))
            (await db.Runs.AnyAsync(r => r.WakeAt != null)).ShouldBeFalse("nothing wakes it any more");

        await Desk.SetClosedAsync(nina, contoso, closed: false, read: null, default);
        world.Applied.Count.ShouldBe(begun);
        var ada = await ApproveAnewAsync();
        await portal.UntilAsync(v => v.Run?.State == RunState.Done, ada);
        world.Aside.Made.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_closed_while_a_plan_is_carried_out()
    {
        var held = world.First.HoldApply();
        await portal.ApproveAsync();
        await held.ReachedAsync();

        (await Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default)).Problem!.Key.ShouldBe("Tenants.Fault.AtWork");

        held.GoOn();
        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_waits_to_be_taken_back_is_named_and_ends_only_if_the_specialist_closes_all_the_same(bool whole)
    {
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        world.Roles = [FakeWorld.LesserRole];
        var aftercare = portal.Get<IAftercare>();
        (whole
            ? await aftercare.OffboardAsync(portal.Admin, await aftercare.PlanOffboardingAsync(portal.Admin, default), default)
            : await portal.Engine.UndoAsync(portal.Admin, "second", default))
            .Problem.ShouldBeNull();
        await portal.UntilAsync(v => v.Run is { Kind: not RunKind.Apply, State: RunState.Waiting });

        var problem = (await Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default)).Problem.ShouldNotBeNull();
        problem.Key.ShouldBe(ISpecialistDesk.TakingBackWaits);
        problem.Arguments[0].ShouldContain("Step.second");
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Run!.State.ShouldBe(RunState.Waiting);

        (await Desk.SetClosedAsync(nina, contoso, closed: true, problem, default)).Problem.ShouldBeNull();

        var begun = world.Applied.Count;
        await portal.WakeAsync();
        var file = (await portal.Get<ITenantReader>().ReadAsync(nina, contoso, default))!;
        (file.View.Run!.State, file.View.Run.Waits.Count).ShouldBe((RunState.Replaced, 0));
        file.View.Steps.ShouldAllBe(s => s.Status == StepStatus.Verified && s.CanUndo, "nothing was taken back, and it can still be");
        (world.Applied.Count, world.Second.Made.Count).ShouldBe((begun, 1));
    }

    [Fact]
    public async Task What_begins_to_wait_after_the_specialist_has_read_what_waits_is_named_before_it_ends()
    {
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        world.Roles = [FakeWorld.LesserRole];
        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilHeldAsync("second", "Engine.RoleMissing.Title");
        var read = (await Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default)).Problem.ShouldNotBeNull();

        world.Roles = [FakeWorld.Role];
        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilRunIsAsync(RunState.Done);
        world.Roles = [FakeWorld.LesserRole];
        await portal.Engine.UndoAsync(portal.Admin, "first", default);
        await portal.UntilHeldAsync("first", "Engine.RoleMissing.Title");
        var problem = (await Desk.SetClosedAsync(nina, contoso, closed: true, read, default)).Problem.ShouldNotBeNull();

        (problem.Key, problem.Arguments.Single()).ShouldBe((ISpecialistDesk.TakingBackWaits, "@Step.first"));
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Run!.State.ShouldBe(RunState.Waiting);
        (await Desk.SetClosedAsync(nina, contoso, closed: true, problem, default)).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task Of_a_step_that_was_half_taken_back_nobody_says_that_it_is_verified()
    {
        world.Second.Wanted.Add(new FakeObject("other"));
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        world.Second.OnRemove = key => key == "other" ? new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("wait")) : null;
        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await portal.UntilHeldAsync("second", "wait");

        await CloseAllTheSameAsync();

        var steps = (await portal.Get<ITenantReader>().ReadAsync(nina, contoso, default))!.View.Steps;
        steps.Select(s => s.Status).ShouldBe([StepStatus.Verified, StepStatus.Unknown, StepStatus.Verified]);
        steps[1].CanUndo.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_being_taken_back_is_not_closed_whatever_the_specialist_confirms()
    {
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        var held = new HeldCall();
        world.Second.WhileRemoved = held.WaitAsync;
        await portal.Engine.UndoAsync(portal.Admin, "second", default);
        await held.ReachedAsync();

        var read = new Sentence(ISpecialistDesk.TakingBackWaits, Sentence.KeyArgument("Step.second"));
        (await Desk.SetClosedAsync(nina, contoso, closed: true, read, default)).Problem!.Key.ShouldBe("Tenants.Fault.AtWork");

        held.GoOn();
        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task Of_a_pass_that_begins_and_a_closing_one_finds_the_other()
    {
        world.Aside.Waits("wait");
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("aside", "wait");

        // On a busy machine either may win every time; what a closing that wins does is told above.
        for (var i = 0; i < 10; i++)
        {
            var (waking, closing) = (Task.Run(portal.WakeAsync), Task.Run(() => Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default)));
            await waking;
            if ((await closing).Problem is { } problem)
            {
                problem.Key.ShouldBe("Tenants.Fault.AtWork");
                continue;
            }

            var begun = world.Applied.Count;
            (await portal.Get<ITenantReader>().ReadAsync(nina, contoso, default))!.View.Run!.State.ShouldBe(RunState.Replaced);
            await Desk.SetClosedAsync(nina, contoso, closed: false, read: null, default);
            world.Applied.Count.ShouldBe(begun);
            var ada = await ApproveAnewAsync();
            await portal.UntilAsync(v => v.Run is { State: RunState.Waiting, Waits: [{ Step: "aside" }] }, ada);
        }
    }

    [Fact]
    public async Task Since_when_it_is_closed_is_told_also_of_one_that_was_verified()
    {
        await portal.ApproveAsync();
        await portal.UntilRunIsAsync(RunState.Done);
        var verified = (await Cockpit.ReadAsync(nina, new CockpitView { Search = "contoso" }, default)).Rows[0];
        var before = portal.Get<TimeProvider>().GetUtcNow();

        await Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default);

        var closed = (await Cockpit.ReadAsync(nina, new CockpitView { Closed = true }, default)).Rows.Single();
        (verified.Status, closed.Status).ShouldBe((StepStatus.Verified, StepStatus.Verified));
        verified.Since.ShouldBeLessThan(before);
        closed.Since.ShouldBeGreaterThanOrEqualTo(before);
    }

    [Fact]
    public async Task What_is_not_there_is_not_closed() =>
        (await Desk.SetClosedAsync(nina, Guid.NewGuid(), closed: true, read: null, default)).Problem!.Key.ShouldBe("Tenants.Fault.Gone");

    /// <summary>With what waits to be taken back, after reading it.</summary>
    private async Task CloseAllTheSameAsync()
    {
        var read = (await Desk.SetClosedAsync(nina, contoso, closed: true, read: null, default)).Problem;
        (await Desk.SetClosedAsync(nina, contoso, closed: true, read, default)).Problem.ShouldBeNull();
    }

    /// <returns>Whoever approved: closing has ended the sessions of all others.</returns>
    private async Task<Actor> ApproveAnewAsync()
    {
        var ada = EngineHost.Person("Ada");
        await portal.SignInAsync(ada);
        await portal.Engine.PlanAsync(ada, null, default);
        var view = (await portal.Engine.ReadAsync(ada, default))!;
        (await portal.Engine.ApproveAsync(ada, view.Digest!, default)).Problem.ShouldBeNull();
        return ada;
    }

    private async Task<IReadOnlyList<string>> NamesAsync(CockpitView view) => [.. (await Cockpit.ReadAsync(nina, view, default)).Rows.Select(r => r.Name)];
}
