using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.CustomerPages;

public sealed class PermissionsTests
{
    private static readonly OnboardingView Fresh = Scenes.Planned with
    {
        Steps = [new StepView(SecurityGroupsStep.StepName, StepStatus.NotStarted, null, null, null)],
    };

    [Fact]
    public void Before_the_first_reading_the_portal_is_expected_to_make_the_groups() => Permissions.RouteOf(Fresh).MakesGroups.ShouldBeTrue();

    [Fact]
    public void Who_is_no_customer_is_asked_for_nothing_more() => Permissions.RouteOf(null).MakesGroups.ShouldBeFalse();

    [Fact]
    public void Groups_made_by_hand_need_no_permission() =>
        Permissions.RouteOf(Fresh with { Choices = StepChoices.None.With(SecurityGroupsStep.StepName, new SecurityGroupsChoice() with { ByHand = true }) })
            .MakesGroups.ShouldBeFalse();

    /// <summary>A colleague is asked for the fewest permissions with which the handed step works.</summary>
    [Theory]
    [InlineData("security-groups", true, false, true, false)]
    [InlineData("consent", false, false, true, false)]
    [InlineData("whitelisting", false, false, true, true)]
    [InlineData("policies", false, false, true, true)]
    [InlineData("grants", false, false, true, true)]
    [InlineData("storage", false, true, false, false)]
    [InlineData("chat-capture", false, false, true, false)]
    public async Task A_handed_step_asks_for_its_own_permissions_alone(string step, bool makesGroups, bool readsAzure, bool readsDirectory, bool usesTeams)
    {
        var view = (await SevenSteps.ReadAsync()).With(step, s => s).NarrowTo(new HashSet<string> { step });

        Permissions.RouteOf(view).ShouldBe(new DelegatedRoute(makesGroups, readsAzure) { ReadsDirectory = readsDirectory, UsesTeams = usesTeams });
    }

    [Fact]
    public void Every_step_that_uses_teams_asks_a_colleague_for_it()
    {
        // The first step only looks whether Teams knows the groups already, and goes without where it may not.
        var users = typeof(IStep).Assembly.GetTypes()
            .Where(t => t.IsAssignableTo(typeof(IStep)) && t != typeof(SecurityGroupsStep)
                && t.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(ITeams))))
            .Select(t => (string)t.GetField("StepName")!.GetValue(null)!).ToList();

        users.Count.ShouldBeGreaterThanOrEqualTo(3);
        users.Where(step => !Permissions.RouteOf(Only(step)).UsesTeams).ShouldBeEmpty();

        static OnboardingView Only(string step) => (Fresh with { Steps = [Fresh.Steps[0] with { Step = step }] }).NarrowTo(new HashSet<string> { step });
    }

    [Theory]
    [InlineData(ObjectState.Found, false)]
    [InlineData(ObjectState.Missing, true)]
    public void A_reading_decides_whether_anything_is_left_to_make(ObjectState state, bool makes)
    {
        var word = new Sentence("x");
        var plan = new StepPlan(
            SecurityGroupsStep.StepName, word, word, [new PlannedObject("group", "x", word, state, word, "")], new Dictionary<string, string>(), []);

        Permissions.RouteOf(Fresh with { Steps = [Fresh.Steps[0] with { Plan = plan }] }).MakesGroups.ShouldBe(makes);
    }
}
