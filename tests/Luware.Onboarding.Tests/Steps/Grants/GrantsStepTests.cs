using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Steps.Grants;

public sealed class GrantsStepTests : GrantsTest
{
    [Fact]
    public async Task The_group_of_step_one_is_granted_the_policy_without_a_rank()
    {
        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.ShouldBeEmpty();
        Grant(plan).Command!.ToPowerShell().ShouldBe(
            $"New-CsGroupPolicyAssignment -GroupId '{Recorded.Id}' -PolicyType 'TeamsComplianceRecordingPolicy' -PolicyName '{Policy}'");
    }

    [Fact]
    public async Task The_impact_is_the_direct_members_who_are_people_and_names_the_test_users()
    {
        World.Directory.Members[Recorded.Id].Add(new GroupMember(World.Directory.AddGroup("Nested", people: 2).Id, MemberKind.Group, "Nested", null));
        World.Directory.Members[Recorded.Id].Add(new GroupMember(Guid.NewGuid(), MemberKind.Other, "Printer", null));

        var plan = await World.PlanAsync(World.Grants);

        var impact = Grant(plan).Impact;
        impact.Group.ShouldBe(new AffectedGroup(Recorded.Id, Recorded.DisplayName));
        (impact.People, impact.CanStopCalls).ShouldBe((40, true));
        impact.TestUsers.ShouldBe(["Person 007"]);
    }

    [Fact]
    public async Task Guests_are_told_of_and_are_neither_counted_nor_test_users()
    {
        var guest = new GroupMember(Guid.NewGuid(), MemberKind.User, "Gus Guest", "gus_fabrikam.com#EXT#@contoso.onmicrosoft.com");
        World.Directory.Members[Recorded.Id].Add(guest);
        var counted = await World.PlanAsync(World.Grants);

        World.Directory.Members[Recorded.Id].Add(guest with { Id = Guid.NewGuid() });
        Choose(new GrantsChoice(Recorded.Id, [guest.Id]));
        var picked = await World.PlanAsync(World.Grants);

        Grant(counted).Impact.People.ShouldBe(40);
        counted.Objects.Single(o => o.Key == $"guests/{RecordedUsers}").ShouldSatisfyAllConditions(
            o => o.What.Key.ShouldBe("Grants.Guests.One"), o => o.IsAside.ShouldBeTrue());
        picked.Objects.Single(o => o.Key == $"guests/{Recorded.Id}").What.Arguments.ShouldBe(["2"]);
        picked.Questions.Single().Key.ShouldBe("Grants.Question.NotInGroup");
        picked.Options[GrantsStep.TestUserOption].ShouldNotContain(o => o.Label.StartsWith("Gus", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_group_of_guests_alone_has_nobody_to_record()
    {
        World.Directory.Members[Recorded.Id].Clear();
        World.Directory.Members[Recorded.Id].Add(
            new GroupMember(Guid.NewGuid(), MemberKind.User, "Gus Guest", "gus_fabrikam.com#EXT#@contoso.onmicrosoft.com"));
        Choose(new GrantsChoice(Recorded.Id, []));

        (await World.PlanAsync(World.Grants)).Questions.Single().Key.ShouldBe("Grants.Question.NobodyInGroup");
    }

    [Fact]
    public async Task A_fail_open_grant_stops_no_calls()
    {
        World.Choices = World.Choices.With("policies", new PoliciesChoice([new(Policy, "x", RecordingRules.FailOpen)]));

        var plan = await World.PlanAsync(World.Grants);

        Grant(plan).Impact.CanStopCalls.ShouldBeFalse();
        plan.Actions.Select(a => a.Key).ShouldBe([$"grant/{RecordedUsers}/{Policy}", $"await-effective/{Tester}"]);
        plan.Why.Key.ShouldBe("Grants.Why.FailOpen");
    }

    [Fact]
    public async Task What_the_policy_does_counts_whatever_was_chosen()
    {
        World.Choices = World.Choices.With("policies", new PoliciesChoice([new(Policy, "x", RecordingRules.FailOpen)]));
        World.Teams.Policies[Policy].Links[Guid.NewGuid()] = FakeTeams.Link.With(failClose: true);

        Grant(await World.PlanAsync(World.Grants)).Impact.CanStopCalls.ShouldBeTrue();
    }

    [Fact]
    public async Task A_group_that_step_one_will_make_is_planned_with_the_people_who_will_be_in_it_and_the_approval_covers_it_afterwards()
    {
        var fresh = new StepWorld(StepWorld.Switzerland);
        var nina = fresh.Directory.AddPerson("Nina Graf").Id;
        fresh.Teams.Policies[Policy] = new FakeTeams.Policy { Enabled = true };
        await fresh.ChooseTestersAsync(nina);

        var before = await fresh.PlanAsync(fresh.Grants);
        await fresh.RunAsync(fresh.SecurityGroups);
        var after = await fresh.PlanAsync(fresh.Grants);

        before.Questions.ShouldBeEmpty();
        before.Actions.Select(a => a.Key).ShouldBe(
            [$"trial/{nina}/{Policy}", $"await-trial/{nina}", $"grant/{RecordedUsers}/{Policy}", $"await-effective/{nina}", $"end-trial/{nina}/{Policy}"]);
        before.Actions.First().Impact.Trial.ShouldBe("Nina Graf");
        (Grant(before).Impact.People, Grant(before).Command!.IsComplete).ShouldBe((1, false));
        (Grant(after).Impact.People, Grant(after).Command!.IsComplete).ShouldBe((1, true));
        after.Actions.Select(a => (a.Key, a.Essence)).ShouldBe(before.Actions.Select(a => (a.Key, a.Essence)));
    }

    [Fact]
    public async Task Somebody_about_to_join_a_group_that_is_there_counts_with_its_members()
    {
        await World.ChooseTestersAsync(World.Directory.AddPerson("Nina Graf").Id);

        Grant(await World.PlanAsync(World.Grants)).Impact.People.ShouldBe(41);
    }

    [Fact]
    public async Task Every_group_of_recorded_users_is_granted_the_policy_after_one_trial()
    {
        var second = World.Directory.AddGroup("Desk Zurich", people: 2);
        World.Choices = World.Choices.With("security-groups", new SecurityGroupsChoice() with
        {
            Testers = [Tester], Groups = [.. new SecurityGroupsChoice().Groups, new WantedGroup(GroupRole.RecordedUsers, "Desk Zurich", second.Id)],
        });
        World.Directory.Members[second.Id].Add(World.Directory.Members[Recorded.Id][6]);
        await World.PlanAsync(World.SecurityGroups);

        var plan = await World.PlanAsync(World.Grants);
        plan.Actions.Select(a => a.Key).ShouldBe(
        [
            $"trial/{Tester}/{Policy}", $"await-trial/{Tester}", $"grant/{RecordedUsers}/{Policy}", $"grant/{second.Id}/{Policy}",
            $"await-effective/{Tester}", $"end-trial/{Tester}/{Policy}",
        ]);
        World.Teams.Reached.Add(Tester);
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();

        World.Teams.GroupAssignments.Keys.ShouldBe([Recorded.Id, second.Id], ignoreOrder: true);
        (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.Count().ShouldBe(2);
    }

    [Fact]
    public async Task With_nobody_chosen_for_now_the_grant_waits_and_asks_nothing()
    {
        World.Choices = World.Choices.With("security-groups", new SecurityGroupsChoice() with { Way = TestUserWay.Nobody, Testers = [Tester] });
        await World.PlanAsync(World.SecurityGroups);

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.ShouldBeEmpty();
        var only = plan.Actions.ShouldHaveSingleItem();
        (await World.ApplyAsync(World.Grants, only)).ShouldBeOfType<StepOutcome.Waiting>().On.ShouldBe(WaitsFor.Customer);
        World.Teams.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_picked_group_that_is_gone_is_a_question()
    {
        Choose(new GrantsChoice(Guid.NewGuid(), []));

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().Key.ShouldBe("Grants.Question.GroupGone");
        plan.Actions.ShouldNotContain(a => a.Impact.People > 0);
    }

    [Fact]
    public async Task A_picked_group_may_have_any_name_and_is_offered_from_then_on()
    {
        var traders = World.Directory.AddGroup("Traders", people: 2);
        Choose(new GrantsChoice(traders.Id, [World.Directory.Members[traders.Id][0].Id]) { Synchronised = traders.Id });

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.ShouldBeEmpty();
        plan.Options[GrantsStep.GroupOption].ShouldContain(o => o.Label == "Traders");
        Grant(plan).Key.ShouldBe($"grant/{traders.Id}/{Policy}");
    }

    [Fact]
    public async Task A_picked_group_needs_test_users_of_its_own()
    {
        Choose(new GrantsChoice(Recorded.Id, []));

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().Key.ShouldBe("Grants.Question.NoTestUser");
        plan.Options[GrantsStep.TestUserOption].Count.ShouldBe(40);
    }

    [Fact]
    public async Task A_test_user_outside_the_picked_group_is_a_question()
    {
        Choose(new GrantsChoice(Recorded.Id, [Tester, Guid.NewGuid()]));

        (await World.PlanAsync(World.Grants)).Questions.Single().Key.ShouldBe("Grants.Question.NotInGroup");
    }

    [Fact]
    public async Task An_empty_group_is_a_question()
    {
        World.Directory.Members[Recorded.Id].Clear();
        Choose(new GrantsChoice(Recorded.Id, []));

        (await World.PlanAsync(World.Grants)).Questions.Single().Key.ShouldBe("Grants.Question.NobodyInGroup");
    }

    [Fact]
    public async Task Another_policy_on_the_group_is_a_question_and_never_replaced()
    {
        World.Teams.GroupAssignments[Recorded.Id] = "othervendor";

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().Arguments.ShouldContain("othervendor");
        plan.Objects[0].State.ShouldBe(ObjectState.Different);
        plan.Objects[0].Action.ShouldBeNull();
        plan.Actions.ShouldNotContain(a => a.Impact.CanStopCalls);
    }

    [Fact]
    public async Task Fifty_thousand_members_are_counted_but_not_listed()
    {
        var big = World.Directory.AddGroup("Everybody", people: 50_000);
        var last = World.Directory.Members[big.Id][^1].Id;
        Choose(new GrantsChoice(big.Id, [last]) { Synchronised = big.Id });

        var plan = await World.PlanAsync(World.Grants);

        Grant(plan).Impact.People.ShouldBe(50_000);
        plan.Options[GrantsStep.TestUserOption].Count.ShouldBe(201);
        plan.Options[GrantsStep.TestUserOption][0].Value.ShouldBe(last.ToString());
        World.Teams.Commands.Count(c => c.Name == "Get-CsUserPolicyAssignment").ShouldBe(1);
    }

    [Fact]
    public async Task Granting_is_not_enough_the_policy_must_be_in_force_for_the_test_user()
    {
        var waiting = await World.RunAsync(World.Grants);

        waiting.IsFulfilled.ShouldBeFalse();
        Effect(waiting).What.Key.ShouldBe("Grants.Effect.OnItsWay");
        var outcome = (await World.ApplyAsync(World.Grants, waiting.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>();
        (outcome.On, outcome.PollAfter).ShouldBe((WaitsFor.Microsoft, TimeSpan.FromSeconds(10)));
        outcome.For.Arguments.ShouldBe(["Person 007"]);

        World.Teams.Reached.Add(Tester);
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task The_longer_it_takes_the_rarer_it_looks()
    {
        var waiting = await World.RunAsync(World.Grants);
        var polls = new List<TimeSpan?>();
        foreach (var minutes in (int[])[4, 16, 600])
        {
            World.Time.Advance(TimeSpan.FromMinutes(minutes));
            await World.PlanAsync(World.Grants);
            polls.Add((await World.ApplyAsync(World.Grants, waiting.Actions.First())).ShouldBeOfType<StepOutcome.Waiting>().PollAfter);
        }

        polls.Select(p => Math.Round(p!.Value.TotalMinutes, 2)).ShouldBe([1, 5, 10]);
    }

    [Fact]
    public async Task A_direct_assignment_that_defeats_the_grant_is_said_before_and_waits_for_the_customer()
    {
        var second = World.Directory.Members[Recorded.Id][8].Id;
        await World.ChooseTestersAsync(Tester, second);
        World.Teams.DirectAssignments[second] = "othervendor";

        var planned = (await World.PlanAsync(World.Grants)).Objects.Single(o => o.Key == $"effect/{second}");

        planned.State.ShouldBe(ObjectState.Different);
        planned.What.Arguments.ShouldBe(["othervendor"]);
        (await World.ApplyAsync(World.Grants, planned.Action!)).ShouldBeOfType<StepOutcome.Waiting>().On.ShouldBe(WaitsFor.Customer);
    }

    [Fact]
    public async Task A_person_whom_Teams_does_not_know_yet_has_no_policy_in_force()
    {
        World.Teams.Answers["Get-CsUserPolicyAssignment"] = FakeTeams.Refusal("ObjectNotFound", "User was not found.");

        Effect(await World.PlanAsync(World.Grants)).State.ShouldBe(ObjectState.Later);
    }

    [Fact]
    public async Task Granting_twice_is_done_once()
    {
        var action = Grant(await World.PlanAsync(World.Grants));
        await World.ApplyAsync(World.Grants, action);

        (await World.ApplyAsync(World.Grants, action)).ShouldBeOfType<StepOutcome.Done>();
    }

    [Theory]
    [InlineData("Grants.Why.Dynamic")]
    [InlineData("Grants.Why.Synced")]
    [InlineData("Grants.Why.Microsoft365")]
    public async Task What_follows_from_the_kind_of_a_picked_group_is_said(string why)
    {
        Choose(new GrantsChoice(Recorded.Id, [Tester]));
        World.Directory.Change(Recorded, g => why switch
        {
            "Grants.Why.Dynamic" => g with { IsDynamic = true },
            "Grants.Why.Synced" => g with { IsSynced = true },
            _ => g with { IsMicrosoft365 = true },
        });

        (await WhyAsync()).ShouldBe(why);
    }

    [Fact]
    public async Task What_holds_the_grant_is_said_until_there_is_nothing_left_to_hold()
    {
        (await WhyAsync()).ShouldBe("Grants.Why");

        World.Teams.GroupAssignments[Recorded.Id] = Policy;
        (await WhyAsync()).ShouldBe("Grants.Why.Granted", "the policy is on its way, and nothing holds it");

        Choose(new GrantsChoice { Exceptions = [new WantedException(World.Directory.Members[Recorded.Id][9].Id)] });
        (await WhyAsync()).ShouldBe("Grants.Why", "the exception is still to be granted");
    }

    [Fact]
    public async Task No_command_reaches_the_whole_tenant()
    {
        var (rival, exception) = (World.Directory.Members[Recorded.Id][8].Id, World.Directory.Members[Recorded.Id][9].Id);
        World.Teams.Policies["othervendor"] = new FakeTeams.Policy { Enabled = true };
        World.Teams.DirectAssignments[rival] = "othervendor";
        World.Teams.Reached.Add(Tester);
        Choose(new GrantsChoice { Exceptions = [new WantedException(exception)] }.With(new RivalDecision(rival, "othervendor", Remove: true)));

        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();
        foreach (var action in (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions)
            await World.ApplyAsync(World.Grants, action);

        World.Teams.Writes.Select(c => c.Name).ShouldBe(
        [
            "Grant-CsTeamsComplianceRecordingPolicy", "New-CsGroupPolicyAssignment",
            "Grant-CsTeamsComplianceRecordingPolicy", "Grant-CsTeamsComplianceRecordingPolicy",
            "Grant-CsTeamsComplianceRecordingPolicy", "Remove-CsGroupPolicyAssignment", "Grant-CsTeamsComplianceRecordingPolicy",
        ]);
        World.Teams.Writes.ShouldAllBe(c => c.Parameters.Any(p => (p.Name == "GroupId" || p.Name == "Identity") && p.Value is TeamsValue.Id));
        World.Grants.UndoScript(World.Context).Concat([.. World.Grants.Script(World.Context).OfType<ScriptPart.Made>().Select(p => p.Make.ToPowerShell())])
            .SelectMany(block => block.Split(Environment.NewLine))
            .Where(line => line.Contains("Grant-Cs", StringComparison.Ordinal))
            .ShouldAllBe(line => line.Contains("-Identity '", StringComparison.Ordinal) || line.Contains("-Identity ''", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PermissionDenied", "Access Denied.", typeof(GrantsNotAllowed))]
    [InlineData("InvalidArgument", "A policy type can be assigned to at most 64 groups.", typeof(TooManyGroups))]
    [InlineData("InvalidOperation", "The number of group assignments would exceed the maximum of 64 for this policy type.", typeof(TooManyGroups))]
    [InlineData("ObjectNotFound", "The group was not found.", typeof(GroupOrPolicyNotKnown))]
    [InlineData("InvalidOperation", "Group '3f64aa10-1111-4111-8111-111111111164' was not found.", typeof(GroupOrPolicyNotKnown))]
    [InlineData("PermissionDenied", "Access Denied for group 64, the limit of your role.", typeof(GrantsNotAllowed))]
    public void Expected_answers_are_explained(string category, string message, Type refusal) =>
        World.Grants.Explain(FakeTeams.Refusal(category, message).Answer!).ShouldBeOfType(refusal);

    [Theory]
    [InlineData("The value limit64 of group 3f64aa10-1111-4111-8111-111111111164 is not valid.")]
    [InlineData("Group policy assignment failed after 64 ms.")]
    [InlineData("The group 64 already has a policy.")]
    public void Two_digits_somewhere_are_not_the_limit(string message) =>
        World.Grants.Explain(FakeTeams.Refusal("InvalidOperation", message).Answer!).ShouldBeNull();

    /// <summary>The sentence before the one about new members, which follows wherever a policy may stop their calls.</summary>
    private async Task<string> WhyAsync()
    {
        var why = (await World.PlanAsync(World.Grants)).Why;
        why.Key.ShouldBe("Grants.Why.NewMembers");
        return why.Arguments.Single().TrimStart(Sentence.KeyMark);
    }
}
