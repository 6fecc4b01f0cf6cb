using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.SecurityGroups;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>A tenant with forty recorded users, one of them the test user, and a policy that nobody has yet.</summary>
public abstract class GrantsTest : IAsyncLifetime
{
    protected const string Policy = "luwarerecordingfailclose1";
    protected const string RecordedUsers = WantedGroup.RecordedUsers;

    protected GrantsTest()
    {
        Recorded = World.Directory.AddGroup(RecordedUsers, people: 40);
        Tester = World.Directory.Members[Recorded.Id][6].Id;
        World.Teams.Policies[Policy] = new FakeTeams.Policy { Enabled = true };
    }

    internal StepWorld World { get; } = new(StepWorld.Switzerland);

    protected Group Recorded { get; }

    protected Guid Tester { get; }

    public async ValueTask InitializeAsync() => await World.ChooseTestersAsync(Tester);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static PlannedAction Grant(StepPlan plan) => plan.Actions.Single(a => a.Key.StartsWith("grant/", StringComparison.Ordinal));

    protected PlannedObject Effect(StepPlan plan) => plan.Objects.Single(o => o.Key == $"effect/{Tester}");

    protected void Choose(GrantsChoice choice) => World.Choices = World.Choices.With("grants", choice);
}
