using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;

namespace Luware.Onboarding.Tests.Steps;

/// <summary>All steps one after the other, for both regions.</summary>
public sealed class AllStepsTests
{
    [Theory]
    [InlineData("MTCH", 6)]
    [InlineData("MTDE", 8)]
    public async Task A_fresh_tenant_is_brought_to_verified_and_a_second_run_writes_nothing(string region, int writes)
    {
        var world = new StepWorld(region == "MTCH" ? StepWorld.Switzerland : StepWorld.Germany);
        var tester = world.Directory.AddPerson("Nina Graf").Id;
        world.Choices = world.Choices.With("security-groups", new SecurityGroupsChoice() with { Testers = [tester] });
        foreach (var application in world.Region.Applications)
            world.Directory.Consent(application.ApplicationId);

        IStep[] steps = [world.SecurityGroups, world.Consent, world.Whitelisting, world.Policies, world.Grants];
        foreach (var step in steps)
            await world.RunAsync(step);
        world.Teams.Reached.Add(tester);

        foreach (var step in steps)
            (await world.RunAsync(step)).IsFulfilled.ShouldBeTrue(step.Name);
        world.Teams.Writes.Count().ShouldBe(writes);
        world.Directory.Writes.ShouldBe(
        [
            "create LuwareRecording-RecordedUsers", "create LuwareRecording-Supervisors", "create LuwareRecording-Administrators",
            "add Member Nina Graf to LuwareRecording-RecordedUsers", "add Member Nina Graf to LuwareRecording-Supervisors", "add Member Nina Graf to LuwareRecording-Administrators",
        ]);
    }

    [Fact]
    public async Task Everything_is_planned_before_anything_exists_and_the_approval_still_covers_it_afterwards()
    {
        var world = new StepWorld(StepWorld.Germany);
        world.Choices = world.Choices.With("security-groups", new SecurityGroupsChoice() with { Testers = [world.Directory.AddPerson("Nina Graf").Id] });
        IStep[] steps = [world.SecurityGroups, world.Consent, world.Whitelisting, world.Policies, world.Grants];

        var approved = new Dictionary<(string, string), PlannedAction>();
        foreach (var step in steps)
        {
            foreach (var action in (await world.PlanAsync(step)).Actions)
                approved.Add((step.Name, action.Key), action);
        }
        world.Teams.Writes.ShouldBeEmpty();
        approved[("grants", $"grant/{WantedGroup.RecordedUsers}/{new PoliciesChoice().Policies[0].Name}")].Impact.People.ShouldBe(1, "whoever becomes a member in the same run counts");

        foreach (var step in steps)
        {
            await world.RunAsync(step);
            foreach (var action in (await world.PlanAsync(step)).Actions)
            {
                approved[(step.Name, action.Key)].Essence.ShouldBe(action.Essence);
                action.Impact.People.ShouldBeLessThanOrEqualTo(approved[(step.Name, action.Key)].Impact.People);
            }
        }
    }
}
