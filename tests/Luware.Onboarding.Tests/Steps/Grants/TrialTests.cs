using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>Before a group gets a policy that can stop calls, one test user has it alone.</summary>
public sealed class TrialTests : GrantsTest
{
    [Fact]
    public async Task One_test_user_has_the_policy_alone_before_the_group_and_only_through_the_group_in_the_end()
    {
        var planned = await World.PlanAsync(World.Grants);
        planned.Actions.Select(a => a.Key).ShouldBe(
        [
            $"trial/{Tester}/{Policy}", $"await-trial/{Tester}", $"grant/{RecordedUsers}/{Policy}", $"await-effective/{Tester}",
            $"end-trial/{Tester}/{Policy}",
        ]);
        var trial = planned.Actions.First();
        trial.Command!.ToPowerShell().ShouldBe($"Grant-CsTeamsComplianceRecordingPolicy -Identity '{Tester}' -PolicyName '{Policy}'");
        (trial.Impact.People, trial.Impact.CanStopCalls, trial.Impact.Trial).ShouldBe((1, true, "Person 007"));
        trial.Impact.Group.ShouldBe(new AffectedGroup(Recorded.Id, Recorded.DisplayName), "Luware must know the group of whoever tries it");

        await World.ApplyAsync(World.Grants, trial);
        var tried = await World.PlanAsync(World.Grants);
        tried.Actions.First().Key.ShouldBe($"grant/{RecordedUsers}/{Policy}");
        tried.Actions.First().Impact.TriedBy.ShouldBe("Person 007");

        await World.ApplyAsync(World.Grants, tried.Actions.First());
        var granted = await World.PlanAsync(World.Grants);
        granted.Actions.Select(a => a.Key).ShouldBe([$"await-effective/{Tester}", $"end-trial/{Tester}/{Policy}"]);
        (await World.ApplyAsync(World.Grants, granted.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>();

        World.Teams.Reached.Add(Tester);
        (await World.ApplyAsync(World.Grants, granted.Actions.First())).ShouldBeOfType<StepOutcome.Done>();
        var last = (await World.PlanAsync(World.Grants)).Actions.Single();
        last.Command!.ToPowerShell().ShouldBe($"Grant-CsTeamsComplianceRecordingPolicy -Identity '{Tester}' -PolicyName $null -Confirm:$false");
        await World.ApplyAsync(World.Grants, last);

        (await World.PlanAsync(World.Grants)).IsFulfilled.ShouldBeTrue();
        World.Teams.DirectAssignments.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_has_the_policy_by_somebody_elses_hand_needs_no_trial_and_keeps_it()
    {
        World.Teams.DirectAssignments[Tester] = Policy;
        World.Teams.Reached.Add(Tester);

        var plan = await World.RunAsync(World.Grants);

        plan.IsFulfilled.ShouldBeTrue();
        World.Teams.DirectAssignments[Tester].ShouldBe(Policy);
        World.Teams.Writes.Select(c => c.Name).ShouldBe(["New-CsGroupPolicyAssignment"]);
    }

    [Fact]
    public async Task A_group_that_has_the_policy_already_needs_no_trial()
    {
        World.Teams.GroupAssignments[Recorded.Id] = Policy;
        World.Teams.Reached.Add(Tester);

        (await World.PlanAsync(World.Grants)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task The_trial_of_somebody_who_is_no_test_user_any_more_goes_again()
    {
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        var other = World.Directory.Members[Recorded.Id][8].Id;
        await World.ChooseTestersAsync(other);
        World.Teams.Reached.Add(other);

        (await World.PlanAsync(World.Grants)).Actions.Select(a => a.Key).ShouldBe(
        [
            $"end-trial/{Tester}/{Policy}", $"trial/{other}/{Policy}", $"await-trial/{other}", $"grant/{RecordedUsers}/{Policy}", $"await-effective/{other}",
            $"end-trial/{other}/{Policy}",
        ]);
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();

        World.Teams.DirectAssignments.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_first_test_user_with_another_vendors_policy_is_a_question_and_keeps_it()
    {
        World.Teams.DirectAssignments[Tester] = "othervendor";

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().ShouldSatisfyAllConditions(
            q => q.Key.ShouldBe("Grants.Question.FirstHasOther"),
            q => q.Arguments.ShouldBe(
                ["Person 007", "othervendor", $"Grant-CsTeamsComplianceRecordingPolicy -Identity '{Tester}' -PolicyName $null -Confirm:$false"]));
        plan.Actions.ShouldNotContain(a => a.Key.Contains("trial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trial_that_does_not_show_yet_is_waited_for_and_not_sent_again()
    {
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        World.Teams.DirectAssignments.Clear();

        var waiting = await World.PlanAsync(World.Grants);
        waiting.Actions.First().Key.ShouldBe($"await-trial/{Tester}");
        var outcome = (await World.ApplyAsync(World.Grants, waiting.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>();
        (outcome.On, outcome.PollAfter).ShouldBe((WaitsFor.Microsoft, TimeSpan.FromSeconds(10)));

        World.Teams.DirectAssignments[Tester] = Policy;
        (await World.ApplyAsync(World.Grants, waiting.Actions.First())).ShouldBeOfType<StepOutcome.Done>();
        World.Time.Advance(TimeSpan.FromDays(2));
        World.Teams.DirectAssignments.Clear();
        (await World.PlanAsync(World.Grants)).Actions.First().Key.ShouldBe($"trial/{Tester}/{Policy}");
    }

    [Fact]
    public async Task A_trial_of_another_policy_goes_before_the_next_begins_and_is_nobody_elses_fault()
    {
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        World.Choices = World.Choices.With("policies", new PoliciesChoice([new("another", "x", RecordingRules.FailClose)]));
        World.Teams.Policies["another"] = new FakeTeams.Policy { Enabled = true };

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.ShouldBeEmpty();
        plan.Actions.Select(a => a.Key).Take(2).ShouldBe([$"end-trial/{Tester}/{Policy}", $"trial/{Tester}/another"]);
    }

    [Fact]
    public async Task A_trial_that_has_just_ended_is_nobody_elses_while_readings_still_show_it()
    {
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        World.Choices = World.Choices.With("policies", new PoliciesChoice([new("another", "x", RecordingRules.FailClose)]));
        World.Teams.Policies["another"] = new FakeTeams.Policy { Enabled = true };
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());

        World.Teams.DirectAssignments[Tester] = Policy;
        var soon = await World.PlanAsync(World.Grants);
        await World.ApplyAsync(World.Grants, soon.Actions.First());
        World.Teams.DirectAssignments[Tester] = Policy;
        var wait = (await World.PlanAsync(World.Grants)).Actions.First();
        var waiting = (await World.ApplyAsync(World.Grants, wait)).ShouldBeOfType<StepOutcome.Waiting>();
        World.Time.Advance(TimeSpan.FromHours(25));
        var later = await World.PlanAsync(World.Grants);

        soon.Questions.ShouldBeEmpty();
        soon.Actions.First().Key.ShouldBe($"trial/{Tester}/another");
        wait.Key.ShouldBe($"await-trial/{Tester}");
        (waiting.On, waiting.For.Key).ShouldBe((WaitsFor.Microsoft, "Grants.WaitForEffect"));
        later.Questions.Single().Key.ShouldBe("Grants.Question.FirstHasOther", "by then it is somebody else's");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_group_that_got_another_policy_after_the_approval_is_asked_about_by_the_run_too(bool isReached)
    {
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        World.Teams.GroupAssignments[Recorded.Id] = "othervendor";
        if (isReached)
            World.Teams.Reached.Add(Tester);

        var plan = await World.PlanAsync(World.Grants);
        var waiting = (await World.ApplyAsync(World.Grants, plan.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>();

        (waiting.On, waiting.For.Key).ShouldBe((WaitsFor.Customer, "Grants.Question.OtherPolicy"));
        waiting.For.Arguments.ShouldBe(plan.Questions.Single().Arguments);
        waiting.Link.ShouldBe(StepOutcome.Waiting.ChoicesOf("grants"));
        World.Teams.DirectAssignments.ShouldContainKeyAndValue(Tester, Policy);
    }

    [Fact]
    public async Task A_trial_that_was_replaced_by_somebody_is_left_to_them()
    {
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        World.Teams.DirectAssignments[Tester] = "othervendor";

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().Key.ShouldBe("Grants.Question.FirstHasOther");
        plan.Actions.ShouldNotContain(a => a.Key.StartsWith("end-trial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trial_that_was_accepted_and_never_showed_is_ended_all_the_same()
    {
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        World.Teams.DirectAssignments.Clear();
        World.Teams.GroupAssignments[Recorded.Id] = Policy;
        World.Teams.Reached.Add(Tester);

        var plan = await World.PlanAsync(World.Grants);

        plan.IsFulfilled.ShouldBeFalse();
        plan.Actions.Single().Key.ShouldBe($"end-trial/{Tester}/{Policy}");
    }

    [Fact]
    public async Task A_policy_that_another_group_brings_is_a_question_before_and_holds_the_end_of_the_trial()
    {
        var others = World.Directory.AddGroup("Traders", people: 1);
        World.Directory.Members[others.Id].Add(World.Directory.Members[Recorded.Id][6]);
        World.Teams.GroupAssignments[others.Id] = "othervendor";
        World.Teams.Reached.Add(Tester);
        (await World.PlanAsync(World.Grants)).Questions.Single().Key.ShouldBe("Grants.Question.FirstHasOtherByGroup");

        World.Teams.Reached.Clear();
        await World.RunAsync(World.Grants);
        World.Teams.Reached.Add(Tester);
        var plan = await World.PlanAsync(World.Grants);

        plan.Objects.Single(o => o.Key == $"effect/{Tester}").What.Key.ShouldBe("Grants.Effect.Outranked");
        (await World.ApplyAsync(World.Grants, plan.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>().On.ShouldBe(WaitsFor.Customer);
        World.Teams.DirectAssignments[Tester].ShouldBe(Policy);
    }
}
