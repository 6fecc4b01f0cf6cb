using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Tests.Steps.Policies;

/// <summary>Instances that Teams lists but does not find.</summary>
public sealed class SlowInstanceTests
{
    private static readonly TimeSpan Patience = new EngineOptions().ReapplyAfter;

    private readonly StepWorld world = new(StepWorld.Germany);

    [Fact]
    public async Task What_was_made_a_short_while_ago_is_waited_for()
    {
        await NotFoundAsync(application: 0);

        var waiting = (await TryAsync("link-application/1")).ShouldBeOfType<StepOutcome.Waiting>();

        (waiting.On, waiting.For.Key).ShouldBe((WaitsFor.Microsoft, "Policies.WaitForInstance"));
        world.Time.Advance(Patience / 2);
        (await world.PlanAsync(world.Policies)).Actions.Select(a => a.Key).ShouldNotContain("sync-instance/1");
    }

    [Theory]
    [InlineData(0, "link-application/1", "sync-instance/1")]
    [InlineData(1, "pair-application/2", "sync-instance/2")]
    public async Task An_instance_that_is_not_found_for_long_is_offered_to_be_told_anew_and_then_linked(int application, string linking, string sync)
    {
        await NotFoundAsync(application);
        await TryUntilLateAsync(linking);

        var plan = await world.PlanAsync(world.Policies);

        var repair = plan.Objects[0];
        (repair.Action!.Key, repair.Action.Impact).ShouldBe((sync, Impact.Nobody));
        repair.What.Arguments.Single().ShouldStartWith("2026-11-23 09:00");
        repair.Action.Roles.ShouldBe([DirectoryRoles.GlobalAdministrator, DirectoryRoles.UserAdministrator]);
        (await world.RunAsync(world.Policies)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task The_repair_is_offered_once_and_then_a_person_is_asked()
    {
        await NotFoundAsync(application: 0);
        await TryUntilLateAsync("link-application/1");
        await TryAsync("sync-instance/1");
        world.Teams.Answers["New-CsTeamsComplianceRecordingApplication"] = FakeTeams.Refusal("ObjectNotFound", "The application instance was not found.");

        (await TryAsync("link-application/1")).ShouldBeOfType<StepOutcome.Waiting>();
        (await world.PlanAsync(world.Policies)).Actions.Select(a => a.Key).ShouldNotContain("sync-instance/1");
        world.Time.Advance(Patience * 2);

        await Should.ThrowAsync<RefusedException>(() => TryAsync("link-application/1"));
    }

    [Fact]
    public async Task Nothing_is_remembered_once_it_is_linked()
    {
        await NotFoundAsync(application: 0);
        await TryUntilLateAsync("link-application/1");
        await world.RunAsync(world.Policies);
        world.Teams.Policies.Values.Single().Links.Clear();

        (await world.PlanAsync(world.Policies)).Actions.Select(a => a.Key).ShouldNotContain("sync-instance/1");
    }

    private async Task NotFoundAsync(int application)
    {
        await world.RunAsync(world.Whitelisting);
        world.Teams.NotSynced[world.Teams.Instances[application].ObjectId] = false;
        while ((await world.PlanAsync(world.Policies)).Actions.First().Key != (application == 0 ? "link-application/1" : "pair-application/2"))
            await world.ApplyAsync(world.Policies, (await world.PlanAsync(world.Policies)).Actions.First());
    }

    private async Task TryUntilLateAsync(string linking)
    {
        for (var i = 0; i < 4; i++)
        {
            await TryAsync(linking);
            world.Time.Advance(Patience / 3);
        }
    }

    private async Task<StepOutcome> TryAsync(string key) =>
        await world.ApplyAsync(world.Policies, (await world.PlanAsync(world.Policies)).Actions.Single(a => a.Key == key));
}
