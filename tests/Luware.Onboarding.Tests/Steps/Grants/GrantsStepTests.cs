using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Steps.Grants;

public sealed class GrantsStepTests
{
    private const string Policy = "luwarerecordingfailclose1";

    private readonly StepWorld world = new(StepWorld.Switzerland);
    private readonly Group group;
    private readonly Guid tester;

    public GrantsStepTests()
    {
        group = world.Directory.AddGroup(GrantsChoice.RecommendedGroup, people: 40);
        tester = world.Directory.Members[group.Id][6].Id;
        world.Teams.Policies[Policy] = new FakeTeams.Policy { Enabled = true };
        Choose(new GrantsChoice(null, [tester]));
    }

    [Fact]
    public async Task The_group_is_found_by_its_name_and_the_grant_names_it_without_a_rank()
    {
        var plan = await world.PlanAsync(world.Grants);

        plan.Questions.ShouldBeEmpty();
        Grant(plan).Command!.ToPowerShell().ShouldBe(
            $"New-CsGroupPolicyAssignment -GroupId '{group.Id}' -PolicyType 'TeamsComplianceRecordingPolicy' -PolicyName '{Policy}'");
    }

    [Fact]
    public async Task The_impact_is_the_direct_members_who_are_people_and_names_the_test_users()
    {
        world.Directory.Members[group.Id].Add(new GroupMember(Guid.NewGuid(), MemberKind.Group, "Nested", null));
        world.Directory.Members[group.Id].Add(new GroupMember(Guid.NewGuid(), MemberKind.Other, "Printer", null));

        var plan = await world.PlanAsync(world.Grants);

        var impact = Grant(plan).Impact;
        (impact.People, impact.CanStopCalls).ShouldBe((40, true));
        impact.TestUsers.ShouldBe(["Person 007"]);
        plan.Objects[0].What.Key.ShouldBe("Grants.Group.Nested");
    }

    [Fact]
    public async Task A_fail_open_grant_stops_no_calls()
    {
        world.Choices = world.Choices.With("policies", new PoliciesChoice(Policy, "x", FailClose: false));

        var plan = await world.PlanAsync(world.Grants);

        Grant(plan).Impact.CanStopCalls.ShouldBeFalse();
        plan.Actions.Select(a => a.Key).ShouldBe([$"grant/{group.Id}/{Policy}", $"await-effective/{tester}"]);
        plan.Why.Key.ShouldBe("Grants.Why.FailOpen");
    }

    [Fact]
    public async Task What_the_policy_does_counts_whatever_was_chosen()
    {
        world.Choices = world.Choices.With("policies", new PoliciesChoice(Policy, "x", FailClose: false));
        world.Teams.Policies[Policy].Links[Guid.NewGuid()] = FakeTeams.Link.With(failClose: true);

        Grant(await world.PlanAsync(world.Grants)).Impact.CanStopCalls.ShouldBeTrue();
    }

    [Fact]
    public async Task No_group_of_that_name_is_a_question()
    {
        world.Directory.Groups.Clear();

        var plan = await world.PlanAsync(world.Grants);

        plan.Questions.Single().Key.ShouldBe("Grants.Question.NoGroup");
        plan.Objects.ShouldAllBe(o => o.State == ObjectState.Later && o.Action == null);
    }

    [Fact]
    public async Task Two_groups_of_that_name_are_a_question_and_both_are_offered()
    {
        var other = world.Directory.AddGroup(GrantsChoice.RecommendedGroup, people: 1);

        var plan = await world.PlanAsync(world.Grants);

        plan.Questions.Single().Key.ShouldBe("Grants.Question.SeveralGroups");
        plan.Options[GrantsStep.GroupOption].Select(o => o.Value).ShouldBe([group.Id.ToString(), other.Id.ToString()]);
    }

    [Fact]
    public async Task A_picked_group_may_have_any_name_and_is_offered_from_then_on()
    {
        var traders = world.Directory.AddGroup("Traders", people: 2);
        Choose(new GrantsChoice(traders.Id, [world.Directory.Members[traders.Id][0].Id]));

        var plan = await world.PlanAsync(world.Grants);

        plan.Questions.ShouldBeEmpty();
        plan.Options[GrantsStep.GroupOption].ShouldContain(o => o.Label == "Traders");
        Grant(plan).Key.ShouldBe($"grant/{traders.Id}/{Policy}");
    }

    [Fact]
    public async Task Without_a_test_user_somebody_must_choose_one()
    {
        Choose(new GrantsChoice());

        var plan = await world.PlanAsync(world.Grants);

        plan.Questions.Single().Key.ShouldBe("Grants.Question.NoTestUser");
        plan.Options[GrantsStep.TestUserOption].Count.ShouldBe(40);
    }

    [Fact]
    public async Task A_test_user_outside_the_group_is_a_question()
    {
        Choose(new GrantsChoice(null, [tester, Guid.NewGuid()]));

        (await world.PlanAsync(world.Grants)).Questions.Single().Key.ShouldBe("Grants.Question.NotInGroup");
    }

    [Fact]
    public async Task An_empty_group_is_a_question()
    {
        world.Directory.Members[group.Id].Clear();
        Choose(new GrantsChoice());

        (await world.PlanAsync(world.Grants)).Questions.Single().Key.ShouldBe("Grants.Question.NobodyInGroup");
    }

    [Fact]
    public async Task Another_policy_on_the_group_is_a_question_and_never_replaced()
    {
        world.Teams.GroupAssignments[group.Id] = "othervendor";

        var plan = await world.PlanAsync(world.Grants);

        plan.Questions.Single().Arguments.ShouldContain("othervendor");
        plan.Objects[1].State.ShouldBe(ObjectState.Different);
        plan.Objects[1].Action.ShouldBeNull();
        plan.Actions.ShouldNotContain(a => a.Impact.CanStopCalls);
    }

    [Fact]
    public async Task Fifty_thousand_members_are_counted_but_not_listed()
    {
        var big = world.Directory.AddGroup("Everybody", people: 50_000);
        var last = world.Directory.Members[big.Id][^1].Id;
        Choose(new GrantsChoice(big.Id, [last]));

        var plan = await world.PlanAsync(world.Grants);

        Grant(plan).Impact.People.ShouldBe(50_000);
        plan.Options[GrantsStep.TestUserOption].Count.ShouldBe(201);
        plan.Options[GrantsStep.TestUserOption][0].Value.ShouldBe(last.ToString());
        world.Teams.Commands.Count(c => c.Name == "Get-CsUserPolicyAssignment").ShouldBe(1);
    }

    [Fact]
    public async Task Granting_is_not_enough_the_policy_must_be_in_force_for_the_test_user()
    {
        var waiting = await world.RunAsync(world.Grants);

        waiting.IsFulfilled.ShouldBeFalse();
        Effect(waiting).What.Key.ShouldBe("Grants.Effect.OnItsWay");
        var outcome = (await world.ApplyAsync(world.Grants, waiting.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>();
        (outcome.On, outcome.PollAfter).ShouldBe((WaitsFor.Microsoft, TimeSpan.FromSeconds(10)));
        outcome.For.Arguments.ShouldBe(["Person 007"]);

        world.Teams.GroupInForce[tester] = group.Id;
        (await world.RunAsync(world.Grants)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task The_longer_it_takes_the_rarer_it_looks()
    {
        var waiting = await world.RunAsync(world.Grants);
        var polls = new List<TimeSpan?>();
        foreach (var minutes in (int[])[4, 16, 600])
        {
            world.Time.Advance(TimeSpan.FromMinutes(minutes));
            await world.PlanAsync(world.Grants);
            polls.Add((await world.ApplyAsync(world.Grants, waiting.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>().PollAfter);
        }

        polls.Select(p => Math.Round(p!.Value.TotalMinutes, 2)).ShouldBe([1, 5, 10]);
    }

    [Fact]
    public async Task A_direct_assignment_that_defeats_the_grant_is_said_before_and_waits_for_the_customer()
    {
        var second = world.Directory.Members[group.Id][8].Id;
        Choose(new GrantsChoice(null, [tester, second]));
        world.Teams.DirectAssignments[second] = "othervendor";

        var planned = (await world.PlanAsync(world.Grants)).Objects.Single(o => o.Key == $"effect/{second}");

        planned.State.ShouldBe(ObjectState.Different);
        planned.What.Arguments.ShouldBe(["othervendor"]);
        (await world.ApplyAsync(world.Grants, planned.Action!)).ShouldBeOfType<StepOutcome.Waiting>().On.ShouldBe(WaitsFor.Customer);
    }

    [Fact]
    public async Task A_person_whom_Teams_does_not_know_yet_has_no_policy_in_force()
    {
        world.Teams.Answers["Get-CsUserPolicyAssignment"] = FakeTeams.Refusal("ObjectNotFound", "User was not found.");

        Effect(await world.PlanAsync(world.Grants)).State.ShouldBe(ObjectState.Later);
    }

    [Fact]
    public async Task Granting_twice_is_done_once()
    {
        var action = Grant(await world.PlanAsync(world.Grants));
        await world.ApplyAsync(world.Grants, action);

        (await world.ApplyAsync(world.Grants, action)).ShouldBeOfType<StepOutcome.Done>();
    }

    [Theory]
    [InlineData("Grants.Why.Dynamic")]
    [InlineData("Grants.Why.Synced")]
    [InlineData("Grants.Why.Microsoft365")]
    public async Task What_follows_from_the_kind_of_group_is_said(string why)
    {
        world.Directory.Change(group, g => why switch
        {
            "Grants.Why.Dynamic" => g with { IsDynamic = true },
            "Grants.Why.Synced" => g with { IsSynced = true },
            _ => g with { IsMicrosoft365 = true },
        });

        (await world.PlanAsync(world.Grants)).Why.Key.ShouldBe(why);
    }

    [Fact]
    public async Task No_command_reaches_the_whole_tenant()
    {
        await world.RunAsync(world.Grants);

        world.Teams.Writes.ShouldAllBe(c => c.Parameters.Any(p => (p.Name == "GroupId" || p.Name == "Identity") && p.Value is TeamsValue.Id));
    }

    [Theory]
    [InlineData("PermissionDenied", "Access Denied.", typeof(GrantsNotAllowed))]
    [InlineData("InvalidOperation", "40301 Forbidden", typeof(GrantForbidden))]
    [InlineData("InvalidArgument", "A policy type can be assigned to at most 64 groups.", typeof(TooManyGroups))]
    [InlineData("ObjectNotFound", "The group was not found.", typeof(GroupOrPolicyNotKnown))]
    [InlineData("ResourceExists", "The group already has a policy.", typeof(GroupHasAnotherPolicy))]
    public void Expected_answers_are_explained(string category, string message, Type refusal) =>
        world.Grants.Explain(FakeTeams.Refusal(category, message).Answer!).ShouldBeOfType(refusal);

    private static PlannedAction Grant(StepPlan plan) => plan.Actions.Single(a => a.Key.StartsWith("grant/", StringComparison.Ordinal));

    private PlannedObject Effect(StepPlan plan) => plan.Objects.Single(o => o.Key == $"effect/{tester}");

    private void Choose(GrantsChoice choice) => world.Choices = world.Choices.With("grants", choice);
}
