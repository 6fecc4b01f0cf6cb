using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>Before a group gets a policy that can stop calls, one test user has it alone.</summary>
public sealed class TrialTests : IAsyncLifetime
{
    private const string Policy = "luwarerecordingfailclose1";
    private const string Recorded = WantedGroup.RecordedUsers;

    private readonly StepWorld world = new(StepWorld.Switzerland);
    private readonly Group group;
    private readonly Guid tester;

    public TrialTests()
    {
        group = world.Directory.AddGroup(Recorded, people: 40);
        tester = world.Directory.Members[group.Id][6].Id;
        world.Teams.Policies[Policy] = new FakeTeams.Policy { Enabled = true };
    }

    public async ValueTask InitializeAsync() => await world.ChooseTestersAsync(tester);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task One_test_user_has_the_policy_alone_before_the_group_and_only_through_the_group_in_the_end()
    {
        var planned = await world.PlanAsync(world.Grants);
        planned.Actions.Select(a => a.Key).ShouldBe([$"trial/{tester}/{Policy}", $"await-trial/{tester}", $"grant/{Recorded}/{Policy}", $"await-effective/{tester}", $"end-trial/{tester}/{Policy}"]);
        var trial = planned.Actions.First();
        trial.Command!.ToPowerShell().ShouldBe($"Grant-CsTeamsComplianceRecordingPolicy -Identity '{tester}' -PolicyName '{Policy}'");
        (trial.Impact.People, trial.Impact.CanStopCalls, trial.Impact.Trial).ShouldBe((1, true, "Person 007"));

        await world.ApplyAsync(world.Grants, trial);
        var tried = await world.PlanAsync(world.Grants);
        tried.Actions.First().Key.ShouldBe($"grant/{Recorded}/{Policy}");
        tried.Actions.First().Impact.TriedBy.ShouldBe("Person 007");

        await world.ApplyAsync(world.Grants, tried.Actions.First());
        var granted = await world.PlanAsync(world.Grants);
        granted.Actions.Select(a => a.Key).ShouldBe([$"await-effective/{tester}", $"end-trial/{tester}/{Policy}"]);
        (await world.ApplyAsync(world.Grants, granted.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>();

        world.Teams.GroupInForce[tester] = group.Id;
        (await world.ApplyAsync(world.Grants, granted.Actions.First())).ShouldBeOfType<StepOutcome.Done>();
        var last = (await world.PlanAsync(world.Grants)).Actions.Single();
        last.Command!.ToPowerShell().ShouldBe($"Grant-CsTeamsComplianceRecordingPolicy -Identity '{tester}' -PolicyName $null");
        await world.ApplyAsync(world.Grants, last);

        (await world.PlanAsync(world.Grants)).IsFulfilled.ShouldBeTrue();
        world.Teams.DirectAssignments.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_has_the_policy_by_somebody_elses_hand_needs_no_trial_and_keeps_it()
    {
        world.Teams.DirectAssignments[tester] = Policy;

        var plan = await world.RunAsync(world.Grants);

        plan.IsFulfilled.ShouldBeTrue();
        world.Teams.DirectAssignments[tester].ShouldBe(Policy);
        world.Teams.Writes.Select(c => c.Name).ShouldBe(["New-CsGroupPolicyAssignment"]);
    }

    [Fact]
    public async Task A_group_that_has_the_policy_already_needs_no_trial()
    {
        world.Teams.GroupAssignments[group.Id] = Policy;
        world.Teams.GroupInForce[tester] = group.Id;

        (await world.PlanAsync(world.Grants)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task The_trial_of_somebody_who_is_no_test_user_any_more_goes_again()
    {
        await world.ApplyAsync(world.Grants, (await world.PlanAsync(world.Grants)).Actions.First());
        var other = world.Directory.Members[group.Id][8].Id;
        await world.ChooseTestersAsync(other);
        world.Teams.GroupInForce[other] = group.Id;

        (await world.PlanAsync(world.Grants)).Actions.Select(a => a.Key).ShouldBe(
            [$"end-trial/{tester}/{Policy}", $"trial/{other}/{Policy}", $"await-trial/{other}", $"grant/{Recorded}/{Policy}", $"await-effective/{other}", $"end-trial/{other}/{Policy}"]);
        (await world.RunAsync(world.Grants)).IsFulfilled.ShouldBeTrue();

        world.Teams.DirectAssignments.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_first_test_user_with_another_vendors_policy_is_a_question_and_keeps_it()
    {
        world.Teams.DirectAssignments[tester] = "othervendor";

        var plan = await world.PlanAsync(world.Grants);

        plan.Questions.Single().ShouldSatisfyAllConditions(q => q.Key.ShouldBe("Grants.Question.FirstHasOther"), q => q.Arguments.ShouldBe(["Person 007", "othervendor"]));
        plan.Actions.ShouldNotContain(a => a.Key.Contains("trial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trial_that_does_not_show_yet_is_waited_for_and_not_sent_again()
    {
        await world.ApplyAsync(world.Grants, (await world.PlanAsync(world.Grants)).Actions.First());
        world.Teams.DirectAssignments.Clear();

        var waiting = await world.PlanAsync(world.Grants);
        waiting.Actions.First().Key.ShouldBe($"await-trial/{tester}");
        var outcome = (await world.ApplyAsync(world.Grants, waiting.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>();
        (outcome.On, outcome.PollAfter).ShouldBe((WaitsFor.Microsoft, TimeSpan.FromSeconds(10)));

        world.Teams.DirectAssignments[tester] = Policy;
        (await world.ApplyAsync(world.Grants, waiting.Actions.First())).ShouldBeOfType<StepOutcome.Done>();
        world.Time.Advance(TimeSpan.FromDays(2));
        world.Teams.DirectAssignments.Clear();
        (await world.PlanAsync(world.Grants)).Actions.First().Key.ShouldBe($"trial/{tester}/{Policy}");
    }

    [Fact]
    public async Task A_trial_of_another_policy_goes_before_the_next_begins_and_is_nobody_elses_fault()
    {
        await world.ApplyAsync(world.Grants, (await world.PlanAsync(world.Grants)).Actions.First());
        world.Choices = world.Choices.With("policies", new PoliciesChoice("another", "x", FailClose: true));
        world.Teams.Policies["another"] = new FakeTeams.Policy { Enabled = true };

        var plan = await world.PlanAsync(world.Grants);

        plan.Questions.ShouldBeEmpty();
        plan.Actions.Select(a => a.Key).Take(2).ShouldBe([$"end-trial/{tester}/{Policy}", $"trial/{tester}/another"]);
    }

    [Fact]
    public async Task A_trial_that_was_replaced_by_somebody_is_left_to_them()
    {
        await world.ApplyAsync(world.Grants, (await world.PlanAsync(world.Grants)).Actions.First());
        world.Teams.DirectAssignments[tester] = "othervendor";

        var plan = await world.PlanAsync(world.Grants);

        plan.Questions.Single().Key.ShouldBe("Grants.Question.FirstHasOther");
        plan.Actions.ShouldNotContain(a => a.Key.StartsWith("end-trial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trial_that_was_accepted_and_never_showed_is_ended_all_the_same()
    {
        await world.ApplyAsync(world.Grants, (await world.PlanAsync(world.Grants)).Actions.First());
        world.Teams.DirectAssignments.Clear();
        world.Teams.GroupAssignments[group.Id] = Policy;
        world.Teams.GroupInForce[tester] = group.Id;

        var plan = await world.PlanAsync(world.Grants);

        plan.IsFulfilled.ShouldBeFalse();
        plan.Actions.Single().Key.ShouldBe($"end-trial/{tester}/{Policy}");
    }

    [Fact]
    public async Task A_policy_that_another_group_brings_is_a_question_before_and_holds_the_end_of_the_trial()
    {
        var others = world.Directory.AddGroup("Traders", people: 1);
        world.Teams.GroupAssignments[others.Id] = "othervendor";
        world.Teams.GroupInForce[tester] = others.Id;
        (await world.PlanAsync(world.Grants)).Questions.Single().Key.ShouldBe("Grants.Question.FirstHasOther");

        world.Teams.GroupInForce.Clear();
        await world.RunAsync(world.Grants);
        world.Teams.GroupInForce[tester] = others.Id;
        var plan = await world.PlanAsync(world.Grants);

        plan.Objects.Single(o => o.Key == $"effect/{tester}").What.Key.ShouldBe("Grants.Effect.Outranked");
        (await world.ApplyAsync(world.Grants, plan.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>().On.ShouldBe(WaitsFor.Customer);
        world.Teams.DirectAssignments[tester].ShouldBe(Policy);
    }
}
