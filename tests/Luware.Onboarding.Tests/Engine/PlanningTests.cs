using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tests.Data;

namespace Luware.Onboarding.Tests.Engine;

public sealed class PlanningTests
{
    [Fact]
    public async Task Nothing_is_known_before_the_first_reading()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());

        var view = (await portal.Engine.ReadAsync(portal.Admin, default))!;

        view.Steps.ShouldAllBe(s => s.Status == StepStatus.NotStarted && s.Plan == null);
        view.Steps.ShouldAllBe(s => s.Roles.Count == 2);
        view.Digest.ShouldBeNull();
        (view.Tenant.Name, view.Region.Key).ShouldBe(("Contoso", "MTCH"));
    }

    [Fact]
    public async Task A_step_that_cannot_be_read_is_unknown_and_does_not_keep_the_others_from_being_read()
    {
        var world = new FakeWorld();
        world.First.OnRead = _ => throw new RefusedException("no", new RemoteAnswer("Graph", "Authorization_RequestDenied", "403", "no", null));
        await using var portal = await EngineHost.StartAsync(world);

        await portal.Engine.PlanAsync(portal.Admin, null, default);

        var view = (await portal.Engine.ReadAsync(portal.Admin, default))!;
        view.Steps.Select(s => s.Status).ShouldBe([StepStatus.Unknown, StepStatus.Ready, StepStatus.Ready]);
        view.Steps[0].Plan!.Objects.Single().What.Key.ShouldBe("Engine.AccessDenied.What");
        view.Steps[0].Plan!.Refusal!.Letter.Key.ShouldBe("Engine.AccessDenied.Letter", "whoever may not read it gets the text to send");
        view.Digest.ShouldBeNull();
    }

    [Fact]
    public async Task A_lost_sign_in_or_a_missing_scope_is_the_pages_to_act_on()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);

        world.First.OnRead = _ => throw new SignInRequiredException("expired");
        await Should.ThrowAsync<SignInRequiredException>(() => portal.Engine.PlanAsync(portal.Admin, null, default));
        world.First.OnRead = _ => throw new ScopesMissingException(["Group.Read.All"]);
        await Should.ThrowAsync<ScopesMissingException>(() => portal.Engine.PlanAsync(portal.Admin, null, default));
    }

    [Fact]
    public async Task A_question_must_be_answered_before_a_plan_can_be_approved()
    {
        var world = new FakeWorld();
        world.Second.Questions.Add("which?");
        await using var portal = await EngineHost.StartAsync(world);

        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var view = (await portal.Engine.ReadAsync(portal.Admin, default))!;

        view.Steps[1].Status.ShouldBe(StepStatus.WaitingOnCustomer);
        view.Digest.ShouldBeNull();
    }

    [Fact]
    public async Task A_new_choice_puts_the_plan_out_of_date_until_the_step_is_read_again()
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        var (aside, second) = (world.Aside.Reads, world.Second.Reads);

        await portal.Engine.ChooseAsync(portal.Admin, "first", new Choice("other"), default);
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest.ShouldBeNull();
        await portal.Engine.PlanAsync(portal.Admin, "first", default);

        var view = (await portal.Engine.ReadAsync(portal.Admin, default))!;
        view.Digest.ShouldNotBeNull();
        view.Choices.Get<Choice>("first").Name.ShouldBe("other");
        (world.Aside.Reads - aside, world.Second.Reads - second).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Pages_that_ask_at_the_same_time_share_one_reading()
    {
        var world = new FakeWorld();
        var held = world.First.HoldRead();
        // On SQLite, whose calls never wait, a page has asked once its call returns; on a server it may still be on its way when the reading ends.
        await using var own = await OwnDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var portal = await EngineHost.StartAsync(world, own);

        var first = portal.Engine.PlanAsync(portal.Admin, null, default);
        await held.ReachedAsync();
        var more = Enumerable.Range(0, 5).Select(_ => portal.Engine.PlanAsync(portal.Admin, null, default)).ToList();
        held.GoOn();
        await Task.WhenAll([first, .. more]);

        world.Steps.ShouldAllBe(s => s.Reads == 1);
    }

    [Fact]
    public async Task A_page_that_joins_a_reading_learns_when_it_began()
    {
        var world = new FakeWorld();
        var held = world.Second.HoldRead();
        await using var portal = await EngineHost.StartAsync(world);
        (await portal.Engine.ReadAsync(portal.Admin, default))!.ReadingSince.ShouldBeNull();

        var reading = portal.Engine.PlanAsync(portal.Admin, null, default);
        var view = await portal.UntilAsync(v => v.Steps[0].Plan is not null);

        view.ReadingSince.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(view.Steps[0].Plan!.ReadAt);
        view.NarrowTo(new HashSet<string> { "first" }).ReadingSince.ShouldBe(view.ReadingSince);
        view.Withhold().ReadingSince.ShouldBeNull();
        held.GoOn();
        await reading;
        (await portal.Engine.ReadAsync(portal.Admin, default))!.ReadingSince.ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_follows_learns_that_a_reading_has_ended_also_one_that_failed()
    {
        var world = new FakeWorld();
        var held = world.Second.HoldRead();
        world.Second.ReadFault = new ScopesMissingException(["user_impersonation"]);
        await using var portal = await EngineHost.StartAsync(world);
        var reading = portal.Engine.PlanAsync(portal.Admin, null, default);
        await portal.UntilAsync(v => v.ReadingSince is not null && v.Steps[0].Plan is not null);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var views = portal.Engine.FollowAsync(portal.Admin, limit.Token).GetAsyncEnumerator(limit.Token);
        (await views.MoveNextAsync()).ShouldBeTrue();
        views.Current.ReadingSince.ShouldNotBeNull();

        held.GoOn();

        do
            (await views.MoveNextAsync()).ShouldBeTrue();
        while (views.Current.ReadingSince is not null);
        await Should.ThrowAsync<ScopesMissingException>(() => reading);
    }

    [Fact]
    public async Task A_choice_made_while_the_tenant_is_being_read_is_planned_too()
    {
        var world = new FakeWorld();
        var held = world.First.HoldRead();
        await using var portal = await EngineHost.StartAsync(world);

        var before = portal.Engine.PlanAsync(portal.Admin, null, default);
        await held.ReachedAsync();
        await portal.Engine.ChooseAsync(portal.Admin, "first", new Choice("other"), default);
        var after = portal.Engine.PlanAsync(portal.Admin, null, default);
        held.GoOn();
        await Task.WhenAll(before, after);

        (await portal.Engine.ReadAsync(portal.Admin, default))!.Digest.ShouldNotBeNull();
        world.First.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task Somebody_elses_failed_reading_is_not_ones_own()
    {
        var world = new FakeWorld();
        var held = world.First.HoldRead();
        await using var portal = await EngineHost.StartAsync(world);
        var colleague = EngineHost.Person("Bo");
        await portal.SignInAsync(colleague);
        world.First.OnRead = context =>
        {
            if (context.Access == portal.Admin.Access)
                throw new SignInRequiredException("expired");
        };

        var admins = portal.Engine.PlanAsync(portal.Admin, null, default);
        await held.ReachedAsync();
        var colleagues = portal.Engine.PlanAsync(colleague, null, default);
        held.GoOn();

        await Should.ThrowAsync<SignInRequiredException>(admins);
        await colleagues;
        (await portal.Engine.ReadAsync(colleague, default))!.Digest.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_page_that_leaves_does_not_end_the_reading_for_others()
    {
        var world = new FakeWorld();
        var held = world.First.HoldRead();
        await using var portal = await EngineHost.StartAsync(world);
        using var leaving = new CancellationTokenSource();

        var left = portal.Engine.PlanAsync(portal.Admin, null, leaving.Token);
        await held.ReachedAsync();
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(left);
        held.GoOn();

        await portal.UntilAsync(v => v.Digest is not null);
    }

    [Fact]
    public async Task Somebody_who_has_signed_out_gets_nothing()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        await portal.SignOutAsync(portal.Admin);

        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.ReadAsync(portal.Admin, default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.PlanAsync(portal.Admin, null, default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.ApproveAsync(portal.Admin, "digest", default));
        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.UndoAsync(portal.Admin, "second", default));
    }

    [Fact]
    public async Task A_tenant_that_is_no_customer_sees_nothing_and_may_do_nothing()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        var stranger = EngineHost.Person("Eve", tenant: Guid.NewGuid());
        await portal.SignInAsync(stranger);

        (await portal.Engine.ReadAsync(stranger, default)).ShouldBeNull();
        await Should.ThrowAsync<UnauthorizedAccessException>(() => portal.Engine.PlanAsync(stranger, null, default));
    }

    [Fact]
    public async Task A_follower_is_let_go_when_the_person_signs_out()
    {
        await using var portal = await EngineHost.StartAsync(new FakeWorld());
        await using var views = portal.Engine.FollowAsync(portal.Admin, default).GetAsyncEnumerator();
        (await views.MoveNextAsync()).ShouldBeTrue();

        await portal.SignOutAsync(portal.Admin);
        var next = views.MoveNextAsync().AsTask();
        await portal.SetReadyAsync();

        await Should.ThrowAsync<UnauthorizedAccessException>(next);
    }

    private sealed record Choice(string Name)
    {
        public Choice() : this("recommended")
        {
        }
    }
}
