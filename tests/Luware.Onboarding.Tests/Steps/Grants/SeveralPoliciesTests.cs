using System.Text.Json.Nodes;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>Two groups of recorded users, each with its own policy.</summary>
public sealed class SeveralPoliciesTests : GrantsTest
{
    private const string Second = "luwarerecordingfailclose2";
    private readonly Group desk;

    public SeveralPoliciesTests()
    {
        desk = World.Directory.AddGroup("Desk Zurich", people: 3);
        World.Teams.Policies[Second] = new FakeTeams.Policy { Enabled = true };
        World.Choices = World.Choices.With("policies", new PoliciesChoice(
            [new PolicyChoice(Policy, "x", RecordingRules.FailClose), new PolicyChoice(Second, "x", RecordingRules.FailClose)]));
    }

    private Guid DeskTester => World.Directory.Members[desk.Id][0].Id;

    [Fact]
    public async Task Every_group_gets_the_first_policy_until_another_is_chosen_for_it()
    {
        await ChooseGroupsAsync(TestUserWay.Each);
        Choose(new GrantsChoice());

        Grants(await World.PlanAsync(World.Grants)).ShouldBe([$"grant/{RecordedUsers}/{Policy}", $"grant/{desk.Id}/{Policy}"]);
    }

    [Fact]
    public async Task Each_policy_is_tried_by_a_test_user_of_its_own_before_any_group_gets_it()
    {
        await ChooseGroupsAsync(TestUserWay.Each);

        (await World.PlanAsync(World.Grants)).Actions.Select(a => a.Key).ShouldBe(
        [
            $"trial/{Tester}/{Policy}", $"trial/{DeskTester}/{Second}", $"await-trial/{Tester}", $"await-trial/{DeskTester}",
            $"grant/{RecordedUsers}/{Policy}", $"grant/{desk.Id}/{Second}",
            $"await-effective/{Tester}", $"end-trial/{Tester}/{Policy}", $"await-effective/{DeskTester}", $"end-trial/{DeskTester}/{Second}",
        ]);

        World.Teams.Reached.UnionWith([Tester, DeskTester]);
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();

        World.Teams.GroupAssignments.ShouldBe(new Dictionary<Guid, string> { [Recorded.Id] = Policy, [desk.Id] = Second }, ignoreOrder: true);
        World.Teams.DirectAssignments.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_in_two_groups_is_asked_about_once()
    {
        World.Teams.Policies["othervendor"] = new FakeTeams.Policy { Enabled = true };
        await ChooseGroupsAsync(TestUserWay.Each);
        var both = World.Directory.Members[Recorded.Id][8];
        World.Directory.Members[desk.Id].Add(both);
        World.Teams.DirectAssignments[both.Id] = "othervendor";

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().ShouldSatisfyAllConditions(q => q.Key.ShouldBe("Grants.Question.Rivals"), q => q.Arguments[0].ShouldBe("1"));
        plan.Objects.Count(o => o.Key.StartsWith("rival/", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task One_test_user_for_two_policies_is_a_question()
    {
        await ChooseGroupsAsync(TestUserWay.Same);

        (await World.PlanAsync(World.Grants)).Questions.Single().ShouldSatisfyAllConditions(
            q => q.Key.ShouldBe("Grants.Question.SharedTester"), q => q.Arguments.ShouldBe(["Person 007", Policy, Second]));
    }

    [Fact]
    public async Task Un_grant_takes_every_group_and_policy_back()
    {
        await ChooseGroupsAsync(TestUserWay.Each);
        World.Teams.Reached.UnionWith([Tester, DeskTester]);
        await World.RunAsync(World.Grants);

        var undo = (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!;

        undo.Actions.Select(a => a.Key).ShouldBe([$"ungrant/{RecordedUsers}/{Policy}/{Recorded.Id}", $"ungrant/{desk.Id}/{Second}/{desk.Id}"]);
        World.Grants.UndoScript(World.Context).Count(block => block.Contains("Remove-Cs", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task The_script_has_a_trial_for_each_policy_and_only_the_gated_grants_of_each()
    {
        await ChooseGroupsAsync(TestUserWay.Each);

        World.Grants.Script(World.Context).Select(p => p.Key).ShouldBe(
        [
            $"trial/{Tester}/{Policy}", $"grant/{RecordedUsers}/{Policy}", $"end-trial/{Tester}/{Policy}",
            $"trial/{DeskTester}/{Second}", $"grant/{desk.Id}/{Second}", $"end-trial/{DeskTester}/{Second}",
        ]);
    }

    [Fact]
    public async Task An_exception_whose_policy_no_group_has_is_in_the_script_too()
    {
        await ChooseGroupsAsync(TestUserWay.Each);
        var person = World.Directory.Members[Recorded.Id][9].Id;
        Choose(new GrantsChoice { Exceptions = [new WantedException(person, Second)] });
        await World.PlanAsync(World.Grants);

        World.Grants.Script(World.Context).Select(p => p.Key).ShouldContain($"exception/{person}/{Second}");
    }

    [Fact]
    public async Task A_policy_that_is_wanted_no_more_leaves_its_group_with_the_first()
    {
        await ChooseGroupsAsync(TestUserWay.Each);
        World.Choices = World.Choices.With("policies", new PoliciesChoice([new PolicyChoice(Policy, "x", RecordingRules.FailClose)]));

        Grants(await World.PlanAsync(World.Grants)).ShouldBe([$"grant/{RecordedUsers}/{Policy}", $"grant/{desk.Id}/{Policy}"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_test_user_in_two_groups_proves_the_policy_of_the_one_with_the_better_rank(bool ownGroupFirst)
    {
        await ChooseGroupsAsync(TestUserWay.Each);
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        foreach (var group in ownGroupFirst ? (Guid[])[Recorded.Id, desk.Id] : [desk.Id, Recorded.Id])
            World.Teams.GroupAssignments[group] = group == desk.Id ? Second : Policy;
        World.Directory.Members[desk.Id].Add(World.Directory.Members[Recorded.Id][6]);
        World.Teams.Reached.UnionWith([Tester, DeskTester]);
        World.Teams.OtherModule = found =>
        {
            if (found["PolicySource"] is JsonArray sources)
                found["PolicySource"] = new JsonArray([.. sources.Reverse().Select(s => s!.DeepClone())]);
        };

        var plan = await World.PlanAsync(World.Grants);

        if (ownGroupFirst)
        {
            Effect(plan).State.ShouldBe(ObjectState.Found);
            plan.Actions.Select(a => a.Key).ShouldBe([$"end-trial/{Tester}/{Policy}"]);
            return;
        }

        Effect(plan).What.ShouldSatisfyAllConditions(w => w.Key.ShouldBe("Grants.Effect.Outranked"), w => w.Arguments.ShouldBe([Second]));
        var waiting = (await World.ApplyAsync(World.Grants, plan.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>();
        waiting.For.Key.ShouldBe("Grants.WaitForRank");
    }

    private static IEnumerable<string> Grants(StepPlan plan) => plan.Actions.Select(a => a.Key).Where(k => k.StartsWith("grant/", StringComparison.Ordinal));

    private async Task ChooseGroupsAsync(TestUserWay way)
    {
        var choice = new SecurityGroupsChoice() with { Way = way, Testers = [Tester] };
        World.Choices = World.Choices.With("security-groups", choice with
        {
            Groups =
            [
                .. choice.Groups.Select(g => g.Role == GroupRole.RecordedUsers ? g with { Testers = [Tester] } : g),
                new WantedGroup(GroupRole.RecordedUsers, "Desk Zurich", desk.Id, [DeskTester]),
            ],
        });
        Choose(new GrantsChoice { PolicyOf = new Dictionary<string, string> { [desk.Id.ToString()] = Second } });
        await World.PlanAsync(World.SecurityGroups);
    }
}
