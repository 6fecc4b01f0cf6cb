using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Colleagues;

/// <summary>Steps that a colleague approves run with the colleague's sign-in, beside those that others have approved.</summary>
public sealed class ColleagueRunTests
{
    private static readonly Guid OtherRole = Guid.Parse("88d8e3e3-8f55-4a1e-953a-9b9898b8876b");

    /// <summary>The last step needs no role, as the storage step.</summary>
    private readonly FakeWorld world = new()
    {
        Aside = new FakeStepState("aside") { Roles = [], CanFollow = true, Wanted = { [0] = new FakeObject("object") { Roles = [] } } },
    };
    private readonly Actor bob = EngineHost.Person("Bob", roles: OtherRole);

    [Fact]
    public async Task Without_another_run_the_step_alone_is_done_with_the_colleagues_sign_in_and_asks_no_directory()
    {
        await using var portal = await StartAsync();
        world.DirectoryFault = new ScopesMissingException(["Directory.Read.All"]);

        await ApproveAsync(portal);
        var view = await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.ShouldBe(["aside/object"]);
        world.Sessions.ShouldBe([bob.Access.SessionId]);
        view.Steps.Select(s => s.Status.IsVerified()).ShouldBe([false, false, true]);
    }

    [Fact]
    public async Task A_run_that_waits_takes_the_step_over_and_does_each_with_its_own_sign_in()
    {
        await using var portal = await WithBothWaitingAsync();
        world.Aside.OnApply = null;

        await ApproveAsync(portal);
        await portal.UntilAsync(v => v.Steps[2].Status.IsVerified());
        world.Second.OnApply = null;
        await portal.Engine.ResumeAsync(portal.Admin, default);
        await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.Zip(world.Sessions).ShouldBe(
        [
            ("first/object", portal.Admin.Access.SessionId), ("aside/object", bob.Access.SessionId), ("second/object", portal.Admin.Access.SessionId),
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task The_step_goes_on_while_whoever_handed_it_on_is_signed_out()
    {
        await using var portal = await WithBothWaitingAsync();
        await portal.SignOutAsync(portal.Admin);
        world.Aside.OnApply = null;
        world.Aside.Wanted[0] = world.Aside.Wanted[0] with { Essence = "another account" };

        await ApproveAsync(portal);
        await portal.UntilAsync(v => v.Steps[0].Status.IsVerified(), bob);

        world.Sessions.ShouldBe([portal.Admin.Access.SessionId, bob.Access.SessionId]);
    }

    [Fact]
    public async Task The_step_goes_on_when_Microsoft_refuses_the_runs_own_sign_in_in_the_middle_of_a_pass()
    {
        await using var portal = await WithBothWaitingAsync();
        world.Second.OnApply = (_, _, _) => throw new SignInRequiredException("AADSTS50076");
        world.Aside.OnApply = null;

        await ApproveAsync(portal);
        var view = await portal.UntilAsync(v => v.Steps[2].Status.IsVerified());

        world.Applied.Zip(world.Sessions).Last().ShouldBe(("aside/object", bob.Access.SessionId));
        (await portal.UntilHeldAsync("second", "Engine.SignInAgain")).Run!.Id.ShouldBe(view.Run!.Id);
    }

    [Fact]
    public async Task A_colleague_who_approves_what_is_just_being_done_carries_it_from_then_on()
    {
        await using var portal = await StartAsync();
        world.Aside.Wanted.Add(new FakeObject("another") { Roles = [] });
        var held = world.Aside.HoldApply();
        await PlanAsync(portal);
        await portal.ApproveStepAsync("aside", plan: false);
        await held.ReachedAsync();

        var digest = (await portal.Engine.ReadAsync(bob, default))!.Digest.ShouldNotBeNull();
        var authorization = await portal.Get<Admission>().AdmitToAsync(bob, "aside", default);
        var clicks = new[] { 1, 2 }.Select(_ => portal.Get<RunCommands>().ApproveAsync(authorization, bob, digest, default));
        (await Task.WhenAll(clicks)).ShouldAllBe(decision => decision.IsAccepted);
        held.GoOn();
        await portal.UntilAsync(v => v.Steps[2].Status.IsVerified());

        world.Applied.Zip(world.Sessions).ShouldBe([("aside/object", portal.Admin.Access.SessionId), ("aside/another", bob.Access.SessionId)]);
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        (await db.Journal.AcrossTenants().CountAsync(e => e.Kind == JournalKind.StepApproved)).ShouldBe(1, "the second click did nothing");
    }

    [Fact]
    public async Task A_colleague_whose_sign_in_has_ended_holds_the_step_and_is_named()
    {
        await using var portal = await StartAsync();
        world.Aside.Waits("Wait");
        await ApproveAsync(portal);
        await portal.UntilHeldAsync("aside", "Wait");
        await portal.SignOutAsync(bob);
        await portal.WakeAsync();

        var held = await portal.UntilHeldAsync("aside", "Engine.ColleagueSignIn");
        var wait = held.Run!.Waits.Single();
        wait.For.Arguments.ShouldBe(["Bob"]);
        wait.NextReading.ShouldNotBeNull("after their admission the run goes on with its own sign-in")
            .ShouldBe(await AdmittedUntilAsync(portal), TimeSpan.FromMinutes(1));

        var back = bob with { Access = bob.Access with { SessionId = "back" } };
        await portal.SignInAsync(back);
        world.Aside.OnApply = null;
        await portal.Engine.ResumeAsync(back, default);
        await portal.UntilRunIsAsync(RunState.Done);
        world.Sessions.ShouldBe(["back"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_colleague_who_is_back_without_the_link_goes_on_with_the_new_sign_in(bool byRole)
    {
        await using var portal = await StartAsync();
        world.Aside.Waits("Wait");
        await ApproveAsync(portal);
        await portal.UntilHeldAsync("aside", "Wait");
        await portal.SignOutAsync(bob);
        await portal.WakeAsync();
        await portal.UntilHeldAsync("aside", "Engine.ColleagueSignIn");

        var back = bob with { Access = bob.Access with { SessionId = "back" }, Roles = byRole ? [FakeWorld.Role] : bob.Roles };
        await (byRole ? portal.SignInAsync(back) : portal.InviteAsync(back));
        world.Aside.OnApply = null;
        await portal.Engine.ResumeAsync(back, default);

        await portal.UntilRunIsAsync(RunState.Done);
        world.Sessions.ShouldBe(["back"]);
    }

    [Fact]
    public async Task A_colleague_whose_admission_has_ended_gets_no_run_back_by_signing_in()
    {
        await using var portal = await StartAsync();
        world.Aside.Waits("Wait");
        await ApproveAsync(portal);
        await portal.UntilHeldAsync("aside", "Wait");
        await portal.SignOutAsync(bob);
        await using (var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync())
            await db.ColleagueLinks.AcrossTenants().ExecuteUpdateAsync(l => l.SetProperty(link => link.ExpiresAt, DateTimeOffset.UtcNow.AddDays(-1)));
        var back = bob with { Access = bob.Access with { SessionId = "back" } };
        await portal.SignInAsync(back);

        await portal.Engine.ResumeAsync(back, default);

        await using var after = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        (await after.Runs.AcrossTenants().Select(r => r.Access.SessionId).SingleAsync()).ShouldBe(bob.Access.SessionId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_Microsoft_wants_a_colleague_to_sign_in_again_nobody_else_is_asked_to(bool wantsMore)
    {
        await using var portal = await StartAsync();
        world.Aside.OnApply = (_, _, _) => throw (wantsMore ? new ScopesMissingException(["user_impersonation"]) : new SignInRequiredException("AADSTS50173"));
        await ApproveAsync(portal);

        var wait = (await portal.UntilHeldAsync("aside", "Engine.ColleagueMustSignIn")).Run!.Waits.Single();

        wait.For.Arguments.ShouldBe(["Bob"]);
        wait.Link!.ToString().ShouldStartWith("/sign-in");
        wait.EndsUnread.ShouldBeTrue("a reading without the colleague's new sign-in says the same");
        wait.NextReading.ShouldNotBeNull("after their admission the run goes on with its own sign-in")
            .ShouldBe(await AdmittedUntilAsync(portal), TimeSpan.FromMinutes(1));
        world.Aside.OnApply = null;
        await portal.Engine.ResumeAsync(bob, default);
        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task A_colleague_approves_nothing_but_the_step()
    {
        await using var portal = await StartAsync();
        var view = (await portal.Engine.ReadAsync(portal.Admin, default))!;

        (await portal.Engine.ApproveAsync(bob, view.Digest!, default)).Problem!.Key.ShouldBe("Engine.PlanOutdated");
        (await portal.Engine.ApproveAsync(bob, view.Steps[0].Approval!.Digest, default)).Problem!.Key.ShouldBe("Engine.PlanOutdated");
        world.Applied.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_colleague_started_goes_on_with_the_sign_in_of_whoever_takes_the_step_back()
    {
        await using var portal = await StartAsync();
        world.Aside.Waits("Wait");
        await ApproveAsync(portal);
        await portal.UntilHeldAsync("aside", "Wait");

        await portal.Get<IColleagueLinks>().RevokeAsync(portal.Admin, "aside", default);
        world.Aside.OnApply = null;
        await portal.WakeAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        world.Sessions.ShouldBe([portal.Admin.Access.SessionId]);
        view.Run!.Transcript.Where(l => l.Text.Key == "Engine.TakenOver").ShouldHaveSingleItem().Text.Arguments.ShouldBe(["Ada"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_step_that_is_taken_back_or_handed_on_in_the_middle_of_an_action_goes_on_without_the_colleague(bool taken)
    {
        await using var portal = await StartAsync();
        world.Aside.Wanted.Add(new FakeObject("another") { Roles = [] });
        var links = portal.Get<IColleagueLinks>();
        world.Aside.OnApply = async (_, _, _) =>
        {
            world.Aside.OnApply = null;
            await (taken ? links.RevokeAsync(portal.Admin, "aside", default) : links.HandAsync(portal.Admin, "aside", default));
            return null;
        };

        await ApproveAsync(portal);
        var done = await portal.UntilRunIsAsync(RunState.Done);

        world.Applied.Zip(world.Sessions).ShouldBe([("aside/object", bob.Access.SessionId), ("aside/another", portal.Admin.Access.SessionId)]);
        done.Run!.Transcript.Count(l => l.Text.Key == "Engine.TakenOver").ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Having_approved_a_step_as_a_colleague_makes_the_run_none_of_theirs(bool approvedAgain)
    {
        await using var portal = await WithBothWaitingAsync();
        await ApproveAsync(portal);
        await portal.UntilHeldAsync("aside", "Wait");
        if (approvedAgain)
        {
            world.Aside.Wanted[0] = world.Aside.Wanted[0] with { Essence = "another account" };
            await ApproveAsync(portal);
            await portal.UntilHeldAsync("aside", "Wait");
        }

        await portal.Get<IColleagueLinks>().RevokeAsync(portal.Admin, "aside", default);
        await portal.Engine.ResumeAsync(bob, default);
        world.Second.OnApply = world.Aside.OnApply = null;
        await portal.WakeAsync();
        var view = await portal.UntilRunIsAsync(RunState.Done);

        world.Sessions.ShouldAllBe(s => s == portal.Admin.Access.SessionId);
        view.Run!.Transcript.ShouldNotContain(l => l.Text.Key == "Engine.Resumed");
    }

    [Fact]
    public async Task An_approval_that_crosses_with_the_taking_back_starts_nothing()
    {
        await using var portal = await StartAsync();
        var authorization = await portal.Get<Admission>().AdmitToAsync(bob, "aside", default);
        var digest = (await portal.Engine.ReadAsync(bob, default))!.Digest.ShouldNotBeNull();
        await portal.Get<IColleagueLinks>().RevokeAsync(portal.Admin, "aside", default);

        var decision = await portal.Get<RunCommands>().ApproveAsync(authorization, bob, digest, default);

        decision.Problem!.Key.ShouldBe("Engine.PlanOutdated");
        (await portal.Engine.ReadAsync(portal.Admin, default))!.Run.ShouldBeNull();
    }

    [Fact]
    public async Task A_persons_word_for_what_a_step_rests_on_stays_while_nobody_is_signed_in_to_read_it()
    {
        await using var portal = await StartAsync("second");
        await ApproveWordForFirstAsync(portal, portal.Admin);
        world.Second.Waits("Wait");
        await ApproveAsync(portal);
        await portal.UntilHeldAsync("second", "Wait");

        await portal.SignOutAsync(bob);
        await portal.WakeAsync();
        (await portal.UntilHeldAsync("first", "Engine.SignInAgain")).Steps[0].Status.ShouldBe(StepStatus.VerifiedByHand);

        var back = bob with { Access = bob.Access with { SessionId = "back" } };
        await portal.SignInAsync(back);
        world.Second.OnApply = null;
        await portal.Engine.ResumeAsync(back, default);
        (await portal.UntilRunIsAsync(RunState.Done)).Steps[0].Status.ShouldBe(StepStatus.VerifiedByHand);
    }

    [Fact]
    public async Task A_colleague_who_is_signed_out_holds_no_step_that_a_person_answers_for()
    {
        await using var portal = await StartAsync("first");
        await ApproveWordForFirstAsync(portal, bob);
        await portal.SignOutAsync(bob);

        await portal.ApproveStepAsync("second", plan: false);

        var view = await portal.UntilAsync(v => v.Steps[1].Status.IsVerified() && v.Run?.State == RunState.Done);
        view.Steps[0].Status.ShouldBe(StepStatus.VerifiedByHand);
    }

    /// <summary>With a run of all steps that waits at the second and at the one that Bob has.</summary>
    private async Task<EngineHost> WithBothWaitingAsync()
    {
        var portal = await StartAsync();
        world.Second.Waits("Wait");
        world.Aside.Waits("Wait");
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("aside", "Wait");
        return portal;
    }

    /// <summary>Everything has been read, and a step was handed to Bob.</summary>
    private async Task<EngineHost> StartAsync(string step = "aside")
    {
        var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        await portal.SignInAsync(bob);
        var links = portal.Get<IColleagueLinks>();
        var door = (await links.FindAsync((await links.HandAsync(portal.Admin, step, default)).Secret!, default)).ShouldNotBeNull();
        (await links.AcceptAsync(door.LinkId, new LinkHolder(EngineHost.Tenant, bob.Access.PersonId), default)).IsColleague.ShouldBeTrue();
        return portal;
    }

    private static async Task<DateTimeOffset> AdmittedUntilAsync(EngineHost portal)
    {
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await db.ColleagueLinks.AcrossTenants().Select(l => l.ExpiresAt).SingleAsync();
    }

    /// <summary>The first step is done because this person answers for it, and cannot be read from then on.</summary>
    private async Task ApproveWordForFirstAsync(EngineHost portal, Actor by)
    {
        await portal.Engine.ChooseAsync(by, "first", new FakeWish { ByHand = true }, default);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        await portal.ApproveStepAsync("first", by, plan: false);
        (await portal.UntilRunIsAsync(RunState.Done)).Steps[0].Status.ShouldBe(StepStatus.VerifiedByHand);
        world.First.ReadFault = new RefusedException("no", new RemoteAnswer("Azure", "AuthorizationFailed", "403", "no", null));
    }

    private Task PlanAsync(EngineHost portal) => portal.Engine.PlanAsync(bob, null, default);

    private async Task ApproveAsync(EngineHost portal)
    {
        await PlanAsync(portal);
        var view = (await portal.Engine.ReadAsync(bob, default)).ShouldNotBeNull();
        (await portal.Engine.ApproveAsync(bob, view.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();
    }
}
