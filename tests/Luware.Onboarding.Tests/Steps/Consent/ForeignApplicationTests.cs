using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Policies;

namespace Luware.Onboarding.Tests.Steps.Consent;

/// <summary>An application id that Luware entered belongs to another organization.</summary>
public sealed class ForeignApplicationTests
{
    private static readonly Guid Luware = Guid.NewGuid();

    private readonly StepWorld world = new(StepWorld.Germany);

    public ForeignApplicationTests()
    {
        world.Own.RecorderPublishers = [Luware];
        foreach (var application in world.Region.Applications)
            world.Directory.Principals[application.ApplicationId] = world.Directory.Consent(application.ApplicationId) with { Owner = Luware };
        world.Directory.AddGroup("LuwareRecording-RecordedUsers", people: 3);
    }

    private RecordingApplication Second => world.Region.Applications[1];

    [Theory]
    [InlineData("whitelisting")]
    [InlineData("policies")]
    [InlineData("grants")]
    public async Task It_is_neither_whitelisted_nor_invited_nor_granted_and_Luware_is_to_mend_it(string name)
    {
        var step = new[] { world.Whitelisting, world.Policies, world.Grants }.Single(s => s.Name == name);
        await world.PlanAsync(world.Consent);
        (await world.PlanAsync(step)).Actions.ShouldNotBeEmpty("Luware publishes both");
        await PublishElsewhereAsync();

        var plan = await world.PlanAsync(step);

        plan.Actions.ShouldBeEmpty();
        (plan.IsFulfilled, plan.Obstacle!.Key, plan.Why).ShouldBe((false, "Consent.WaitForId", plan.Obstacle));
        plan.Obstacle.Arguments.ShouldBe([Second.DisplayName, $"{Second.ApplicationId}"]);
        step.Script(world.Context).ShouldHaveSingleItem().ShouldBeOfType<ScriptPart.Person>().What.Same(plan.Obstacle).ShouldBeTrue();
    }

    [Fact]
    public async Task An_instance_that_it_has_already_is_not_called_found()
    {
        var instance = world.Teams.AddInstance($"{Second.UserPrincipalNamePrefix}@contoso.com", Second.ApplicationId);
        await PublishElsewhereAsync();

        var planned = (await world.PlanAsync(world.Whitelisting)).Objects.Single(o => o.Name == instance.UserPrincipalName);

        (planned.State, planned.What.Key).ShouldBe((ObjectState.Different, "Consent.Foreign"));
    }

    [Fact]
    public async Task A_policy_that_invites_it_keeps_its_recorders_until_the_id_is_mended()
    {
        await world.PlanAsync(world.Consent);
        await world.RunAsync(world.Whitelisting);
        await world.RunAsync(world.Policies);
        var link = world.Teams.Policies[new PoliciesChoice().Policies[0].Name].Links.Values.Single();
        link.Flags["RequiredDuringCall"] = false;
        await PublishElsewhereAsync();

        await world.PlanAsync(world.Whitelisting);
        var plan = await world.RunAsync(world.Policies);

        plan.Objects.ShouldNotContain(o => o.Action != null);
        plan.Objects.Single(o => o.Key == "link/1").Warnings.Single().Key.ShouldBe("Consent.WaitForId");
        link.Paired.ShouldNotBeNull();
    }

    [Fact]
    public async Task Another_id_of_Luwares_lets_the_steps_go_on_before_the_consent_is_read_again()
    {
        await PublishElsewhereAsync();
        world.Region = world.Region with { Applications = [world.Region.Applications[0], Second with { ApplicationId = Guid.NewGuid() }] };

        var plan = await world.PlanAsync(world.Whitelisting);

        (plan.Obstacle, plan.Actions.Count()).ShouldBe((null, 2));
    }

    /// <summary>The second application turns out to be another organization's.</summary>
    private async Task PublishElsewhereAsync()
    {
        world.Directory.Principals[Second.ApplicationId] = world.Directory.Principals[Second.ApplicationId] with { Owner = Guid.NewGuid() };
        await world.PlanAsync(world.Consent);
    }
}
