using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Grants;

namespace Luware.Onboarding.Tests.Steps;

/// <summary>All four steps one after the other, for both regions.</summary>
public sealed class FourStepsTests
{
    [Theory]
    [InlineData("MTCH", 6)]
    [InlineData("MTDE", 8)]
    public async Task A_fresh_tenant_is_brought_to_verified_and_a_second_run_writes_nothing(string region, int writes)
    {
        var world = new StepWorld(region == "MTCH" ? StepWorld.Switzerland : StepWorld.Germany);
        var group = world.Directory.AddGroup(GrantsChoice.RecommendedGroup, people: 3);
        var tester = world.Directory.Members[group.Id][0].Id;
        world.Choices = world.Choices.With("grants", new GrantsChoice(null, [tester]));
        foreach (var application in world.Region.Applications)
            world.Directory.Consent(application.ApplicationId);

        IStep[] steps = [world.Consent, world.Whitelisting, world.Policies, world.Grants];
        foreach (var step in steps)
            await world.RunAsync(step);
        world.Teams.GroupInForce[tester] = group.Id;

        foreach (var step in steps)
            (await world.RunAsync(step)).IsFulfilled.ShouldBeTrue(step.Name);
        world.Teams.Writes.Count().ShouldBe(writes);
    }

    [Fact]
    public async Task Everything_is_planned_before_anything_exists_and_the_approval_still_covers_it_afterwards()
    {
        var world = new StepWorld(StepWorld.Germany);
        var group = world.Directory.AddGroup(GrantsChoice.RecommendedGroup, people: 3);
        world.Choices = world.Choices.With("grants", new GrantsChoice(null, [world.Directory.Members[group.Id][0].Id]));
        IStep[] steps = [world.Consent, world.Whitelisting, world.Policies, world.Grants];

        var approved = new Dictionary<(string, string), PlannedAction>();
        foreach (var step in steps)
        {
            foreach (var action in (await world.PlanAsync(step)).Actions)
                approved.Add((step.Name, action.Key), action);
        }
        world.Teams.Writes.ShouldBeEmpty();

        foreach (var step in steps)
        {
            await world.RunAsync(step);
            foreach (var action in (await world.PlanAsync(step)).Actions)
                approved[(step.Name, action.Key)].Essence.ShouldBe(action.Essence);
        }
    }
}
