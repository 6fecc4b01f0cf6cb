using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>A run whose approver's role ends on its way, as those of Privileged Identity Management do by the hour.</summary>
public sealed class LostRoleTests
{
    private readonly FakeWorld world = new();

    [Fact]
    public async Task A_run_looks_by_itself_whether_the_role_that_it_lacks_is_active_again()
    {
        await using var portal = await EngineHost.StartAsync(world);
        var run = await LoseRoleAsync(portal);

        var wait = run.Waits.Single(w => w.Step == "first");

        (wait.NextReading - wait.Since).ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task Who_has_activated_the_role_again_and_signs_in_anew_approves_nothing_anew()
    {
        await using var portal = await EngineHost.StartAsync(world);
        var run = await LoseRoleAsync(portal);

        world.RolesOf.Clear();
        var back = portal.Admin with { Access = portal.Admin.Access with { SessionId = "back" } };
        await portal.SignInAsync(back);
        await portal.Engine.ResumeAsync(back, default);

        (await portal.UntilRunIsAsync(RunState.Done)).Run!.Id.ShouldBe(run.Id);
        world.Sessions.ShouldContain("back");
    }

    [Fact]
    public async Task Whoever_holds_the_role_carries_on_what_its_approver_holds_it_for_no_more()
    {
        await using var portal = await EngineHost.StartAsync(world);
        var run = await LoseRoleAsync(portal);
        var (lesser, colleague) = (EngineHost.Person("Cleo", roles: FakeWorld.LesserRole), EngineHost.Person("Bob"));
        await portal.SignInAsync(lesser);
        await portal.SignInAsync(colleague);

        await portal.Engine.ResumeAsync(lesser, default);
        await portal.UntilHeldAsync("first", "Engine.RoleMissing.Title");
        await portal.Engine.ResumeAsync(colleague, default);

        var done = (await portal.UntilRunIsAsync(RunState.Done)).Run!;
        done.Id.ShouldBe(run.Id);
        done.Transcript.Where(l => l.Text.Key == "Engine.Resumed").Select(l => l.Text.Arguments[0]).ShouldBe(["Bob"]);
        world.Sessions.ShouldContain(colleague.Access.SessionId);
    }

    [Fact]
    public async Task A_reading_that_is_refused_for_want_of_the_role_says_so_and_is_carried_on_by_whoever_holds_it()
    {
        await using var portal = await EngineHost.StartAsync(world);
        world.First.Waits("wait");
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "wait");
        world.RolesOf[portal.Admin.Access.PersonId] = [];
        world.First.ReadFault = new RefusedException("no", new RemoteAnswer("Microsoft Teams", "403", "Forbidden", "Access Denied.", null));
        world.First.Explanation = new FakeRefusal();
        await portal.WakeAsync();

        var run = (await portal.UntilHeldAsync("first", "Engine.RoleMissing.Title")).Run!;
        var wait = run.Waits.Single(w => w.Step == "first");
        (wait.NextReading - wait.Since).ShouldBe(TimeSpan.FromMinutes(2));
        wait.Refusal.ShouldNotBeNull().Answer.ShouldNotBeNull().Message.ShouldBe("Access Denied.");

        world.First.OnApply = null;
        world.First.ReadFault = null;
        var colleague = EngineHost.Person("Bob");
        await portal.SignInAsync(colleague);
        await portal.Engine.ResumeAsync(colleague, default);
        (await portal.UntilRunIsAsync(RunState.Done)).Run!.Id.ShouldBe(run.Id);
    }

    [Fact]
    public async Task A_refused_reading_of_somebody_who_holds_the_role_is_the_steps_to_explain()
    {
        await using var portal = await EngineHost.StartAsync(world);
        world.First.Waits("wait");
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "wait");
        world.First.ReadFault = new RefusedException("no", new RemoteAnswer("Microsoft Teams", "403", "Forbidden", "Access Denied.", null));
        world.First.Explanation = new FakeRefusal();
        await portal.WakeAsync();

        await portal.UntilHeldAsync("first", "T");
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public async Task A_step_that_a_colleague_carries_waits_for_them_until_their_admission_ends(int hours, bool isCarriedOn)
    {
        await using var portal = await EngineHost.StartAsync(world);
        await LoseRoleAsync(portal);
        await CarryAsync(portal, "first", TimeProvider.System.GetUtcNow().AddHours(hours));
        var colleague = EngineHost.Person("Cleo");
        await portal.SignInAsync(colleague);

        await portal.Engine.ResumeAsync(colleague, default);

        var view = (await portal.Engine.ReadAsync(portal.Admin, default))!;
        view.Run!.Transcript.Any(l => l.Text.Key == "Engine.Resumed").ShouldBe(isCarriedOn);
    }

    [Fact]
    public async Task A_run_that_lacks_no_role_stays_its_approvers()
    {
        world.First.Waits("wait");
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "wait");
        var colleague = EngineHost.Person("Bob");
        await portal.SignInAsync(colleague);

        world.First.OnApply = null;
        await portal.Engine.ResumeAsync(colleague, default);

        await portal.UntilRunIsAsync(RunState.Done);
        world.Sessions.Distinct().ShouldBe([portal.Admin.Access.SessionId]);
    }

    private static async Task CarryAsync(EngineHost portal, string step, DateTimeOffset until)
    {
        var (tenant, now) = ((await portal.Engine.ReadAsync(portal.Admin, default))!.Tenant.Id, TimeProvider.System.GetUtcNow());
        var bob = EngineHost.Person("Bob");
        await portal.Get<IDbContextFactory<PortalDbContext>>().ChangeAsync(tenant, db =>
        {
            var link = new ColleagueLink { TenantId = tenant, Step = step, Hash = [1], SentBy = portal.Admin.Access.PersonId, SentAt = now, ExpiresAt = until };
            link.Accept(bob.Access.PersonId, now);
            link.Carry(bob.Access);
            db.ColleagueLinks.Add(link);
            return Task.CompletedTask;
        }, default);
    }

    /// <summary>Approved with the role, held in the middle, and looked at again without it.</summary>
    private async Task<RunView> LoseRoleAsync(EngineHost portal)
    {
        world.First.Waits("wait");
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("first", "wait");

        world.RolesOf[portal.Admin.Access.PersonId] = [];
        world.First.OnApply = null;
        await portal.WakeAsync();
        return (await portal.UntilHeldAsync("first", "Engine.RoleMissing.Title")).Run!;
    }
}
