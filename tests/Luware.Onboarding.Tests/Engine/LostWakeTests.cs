using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>A person closes the page right after their click was saved: the run that waited for the click still goes on.</summary>
public sealed class LostWakeTests
{
    private readonly FakeWorld world = new()
    {
        Aside = new FakeStepState("aside") { Roles = [], CanFollow = true, Wanted = { [0] = new FakeObject("object") { Roles = [] } } },
    };
    private readonly Actor bob = EngineHost.Person("Bob", roles: Guid.NewGuid());

    [Fact]
    public async Task The_ready_flag_opens_the_gate()
    {
        world.Second.Wanted[0] = new FakeObject("object", People: 40, CanStopCalls: true);
        await using var portal = await EngineHost.StartAsync(world);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.NotReady");

        await LeaveAsync<CustomerTenant>(left => portal.Get<ITenants>().SetReadyAsync(EngineHost.Tenant, ready: true, "Lu", left));

        await portal.UntilHeldAsync("second", "Engine.ConfirmPeople");
    }

    [Fact]
    public async Task A_test_call_that_worked_lets_the_others_follow()
    {
        world.Second.Wanted[0] = new FakeObject("object", People: 40, CanStopCalls: true) { TriedBy = "Ann", Named = "Ben" };
        await using var portal = await EngineHost.StartAsync(world);
        await portal.SetReadyAsync();
        await portal.Get<IAftercare>().RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: false, default);
        await portal.ApproveAsync();
        await portal.UntilHeldAsync("second", "Engine.TestCallStands");

        await LeaveAsync<JournalEntry>(left => portal.Get<IAftercare>().RecordTestCallAsync(portal.Admin, TestCallKind.Inside, "policy", worked: true, left));

        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_step_that_is_taken_back_or_handed_on_goes_on_without_the_colleague_who_signed_out(bool taken)
    {
        await using var portal = await WaitForBobAsync();

        await LeaveAsync<JournalEntry>(left => taken
            ? portal.Get<IColleagueLinks>().RevokeAsync(portal.Admin, "aside", left)
            : portal.Get<IColleagueLinks>().HandAsync(portal.Admin, "aside", left));

        await portal.UntilRunIsAsync(RunState.Done);
    }

    [Fact]
    public async Task The_run_goes_on_with_the_new_sign_in_of_a_colleague_who_is_back()
    {
        await using var portal = await WaitForBobAsync();
        var back = bob with { Access = bob.Access with { SessionId = "back" } };
        await portal.SignInAsync(back);

        await LeaveAsync<ColleagueLink>(left => portal.Engine.ResumeAsync(back, left));

        await portal.UntilRunIsAsync(RunState.Done);
        world.Sessions.ShouldBe(["back"]);
    }

    /// <summary>Cancels the caller's token after the first save that contains a row of this type.</summary>
    private async Task LeaveAsync<TRow>(Func<CancellationToken, Task> act) where TRow : class
    {
        using var left = new CancellationTokenSource();
        world.OnSaved = db =>
        {
            if (db.ChangeTracker.Entries<TRow>().Any())
                left.Cancel();
        };
        try
        {
            await act(left.Token);
        }
        catch (OperationCanceledException)
        {
            // The person has left: there is nobody to tell.
        }

        left.IsCancellationRequested.ShouldBeTrue();
        world.OnSaved = null;
    }

    /// <summary>Starts a run of the step that Bob carries and lets it wait for his sign-in.</summary>
    private async Task<EngineHost> WaitForBobAsync()
    {
        var portal = await EngineHost.StartAsync(world);
        await portal.Engine.PlanAsync(portal.Admin, null, default);
        await portal.SignInAsync(bob);
        var links = portal.Get<IColleagueLinks>();
        var door = (await links.FindAsync((await links.HandAsync(portal.Admin, "aside", default)).Secret!, default)).ShouldNotBeNull();
        await links.AcceptAsync(door.LinkId, new LinkHolder(EngineHost.Tenant, bob.Access.PersonId), default);
        world.Aside.Waits("Wait");
        await portal.Engine.PlanAsync(bob, null, default);
        (await portal.Engine.ApproveAsync(bob, (await portal.Engine.ReadAsync(bob, default))!.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();
        await portal.UntilHeldAsync("aside", "Wait");
        await portal.SignOutAsync(bob);
        await portal.WakeAsync();
        await portal.UntilHeldAsync("aside", "Engine.ColleagueSignIn");
        world.Aside.OnApply = null;
        return portal;
    }
}
