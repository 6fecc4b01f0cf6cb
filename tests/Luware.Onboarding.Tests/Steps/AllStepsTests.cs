using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Storage;

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
        Choose(world, tester);
        foreach (var application in world.Region.Applications)
            world.Directory.Consent(application.ApplicationId);

        foreach (var step in Steps(world))
            await world.RunAsync(step);
        world.Teams.Reached.Add(tester);

        foreach (var step in Steps(world))
            (await world.RunAsync(step)).IsFulfilled.ShouldBeTrue(step.Name);
        world.Teams.Writes.Count().ShouldBe(writes);
        world.Azure.Changes.ShouldBeEmpty();
        world.Azure.Probes.ShouldHaveSingleItem();
        world.Directory.Writes.ShouldBe(
        [
            "create LuwareRecording-RecordedUsers", "create LuwareRecording-Supervisors", "create LuwareRecording-Administrators",
            "add Member Nina Graf to LuwareRecording-RecordedUsers", "add Member Nina Graf to LuwareRecording-Supervisors",
            "add Member Nina Graf to LuwareRecording-Administrators",
        ]);
    }

    [Fact]
    public async Task Everything_is_planned_before_anything_exists_and_the_approval_still_covers_it_afterwards()
    {
        var world = new StepWorld(StepWorld.Germany);
        var tester = world.Directory.AddPerson("Nina Graf").Id;
        Choose(world, tester);

        var approved = new Dictionary<(string, string), PlannedAction>();
        foreach (var step in Steps(world))
        {
            foreach (var action in (await world.PlanAsync(step)).Actions)
                approved.Add((step.Name, action.Key), action);
        }
        world.Teams.Writes.ShouldBeEmpty();
        approved[("grants", $"grant/{WantedGroup.RecordedUsers}/{new PoliciesChoice().Policies[0].Name}")].Impact.People
            .ShouldBe(1, "whoever becomes a member in the same run counts");

        world.Teams.Reached.Add(tester);
        var applied = new HashSet<(string, string)>();
        foreach (var step in Steps(world))
        {
            // As a run does: the step is planned afresh before each of its actions.
            for (var turn = 0; turn < 20; turn++)
            {
                var actions = (await world.PlanAsync(step)).Actions.ToList();
                foreach (var action in actions)
                {
                    approved.ShouldContainKey((step.Name, action.Key));
                    var before = approved[(step.Name, action.Key)];
                    action.Essence.ShouldBe(before.Essence);
                    action.Impact.People.ShouldBeLessThanOrEqualTo(before.Impact.People);
                }

                if (actions is [] || await world.ApplyAsync(step, actions[0]) is not StepOutcome.Done)
                    break;
                applied.Add((step.Name, actions[0].Key));
            }
        }

        approved.Where(a => !a.Value.OnlyWaits).Select(a => a.Key).Except(applied).ShouldBeEmpty("the run came to everything that the portal makes");
    }

    private static IStep[] Steps(StepWorld world) =>
        [world.SecurityGroups, world.Consent, world.Whitelisting, world.Policies, world.Grants, world.Storage, world.ChatCapture];

    private static void Choose(StepWorld world, Guid tester) => world.Choices = world.Choices
        .With(SecurityGroupsStep.StepName, new SecurityGroupsChoice() with { Testers = [tester] })
        .With(StorageStep.StepName, new StorageChoice() with { ResourceId = FakeStorage.Id.ToString() });
}
