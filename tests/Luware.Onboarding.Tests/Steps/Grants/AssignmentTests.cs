using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>What the plan says about other groups before one of ours gets a policy: ranks, limits, nested groups.</summary>
public sealed class AssignmentTests : GrantsTest
{
    [Fact]
    public async Task Ours_comes_last_and_says_who_is_there_and_stays()
    {
        var traders = World.Directory.AddGroup("Traders", people: 1);
        World.Teams.GroupAssignments[traders.Id] = "othervendor";

        var plan = await World.PlanAsync(World.Grants);

        plan.Objects.Single(o => o.Key == $"other/{traders.Id}").ShouldSatisfyAllConditions(
            o => o.Name.ShouldBe("othervendor → Traders"), o => o.State.ShouldBe(ObjectState.Found),
            o => (o.What.Key, o.What.Arguments[0]).ShouldBe(("Grants.Other.Stays", "1")));
        plan.Objects.Single(o => o.Key == $"assignment/{RecordedUsers}").Notes.Single().ShouldSatisfyAllConditions(
            n => n.Key.ShouldBe("Grants.Place.Last"), n => n.Arguments.ShouldBe(["2"]));
        Grant(plan).Command!.Parameters.ShouldNotContain(p => p.Name == "Rank");
    }

    [Fact]
    public async Task A_chosen_rank_says_whom_it_shifts_and_stands_in_the_command()
    {
        var traders = World.Directory.AddGroup("Traders", people: 1);
        World.Teams.GroupAssignments[traders.Id] = "othervendor";
        Choose(new GrantsChoice { Rank = 1 });

        var plan = await World.PlanAsync(World.Grants);

        plan.Objects.Single(o => o.Key == $"other/{traders.Id}").What.ShouldSatisfyAllConditions(
            w => w.Key.ShouldBe("Grants.Other.Shifts"), w => w.Arguments.ShouldBe(["1", "2"]));
        Grant(plan).Command!.ToPowerShell().ShouldEndWith($"-PolicyName '{Policy}' -Rank 1");
        Grant(plan).Essence.ShouldContain("-Rank 1");
    }

    [Fact]
    public async Task Sixty_four_groups_are_a_question_before_anything_is_granted()
    {
        for (var i = 0; i < 64; i++)
            World.Teams.GroupAssignments[Guid.NewGuid()] = "othervendor";

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().ShouldSatisfyAllConditions(q => q.Key.ShouldBe("Grants.Question.TooManyGroups"), q => q.Arguments.ShouldBe(["64", "1", "64"]));
        plan.Objects.Count(o => o.Key.StartsWith("other", StringComparison.Ordinal)).ShouldBe(GrantsReading.MostOthers + 1);
    }

    [Fact]
    public async Task A_policy_that_the_portal_itself_granted_is_no_other_vendors()
    {
        World.Teams.DirectAssignments[Tester] = Policy;
        await World.ApplyAsync(World.Grants, Grant(await World.PlanAsync(World.Grants)));
        World.Choices = World.Choices.With("policies", new PoliciesChoice([new("another", "x", RecordingRules.FailOpen)]));

        (await World.PlanAsync(World.Grants)).Questions.Select(q => q.Key).ShouldContain("Grants.Question.OwnPolicy");

        World.Teams.GroupAssignments[Recorded.Id] = "othervendor";
        (await World.PlanAsync(World.Grants)).Questions.Select(q => q.Key).ShouldContain("Grants.Question.OtherPolicy");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_group_that_has_the_policy_says_its_rank_whatever_the_module_calls_it(bool priority)
    {
        if (priority)
            World.Teams.OtherModule = found => (found["Priority"], found["Rank"]) = (found["Rank"]?.DeepClone(), null);
        World.Teams.GroupAssignments[Guid.NewGuid()] = "othervendor";
        World.Teams.GroupAssignments[Recorded.Id] = Policy;

        (await World.PlanAsync(World.Grants)).Objects.Single(o => o.Key == $"assignment/{RecordedUsers}").What.ShouldSatisfyAllConditions(
            w => w.Key.ShouldBe("Grants.Assignment.Ranked"), w => w.Arguments.ShouldBe(["2"]));
    }

    [Fact]
    public async Task A_chosen_rank_that_an_assignment_does_not_have_is_a_question_until_it_is_moved_by_hand_or_left()
    {
        World.Teams.GroupAssignments[Guid.NewGuid()] = "othervendor";
        (await World.PlanAsync(World.Grants)).Options[GrantsStep.RankOption].Count.ShouldBe(1);
        World.Teams.GroupAssignments[Recorded.Id] = Policy;
        Choose(new GrantsChoice { Rank = 1 });

        var plan = await World.PlanAsync(World.Grants);

        plan.Options[GrantsStep.RankOption].ShouldBeEmpty();
        var assignment = plan.Objects.Single(o => o.Key == $"assignment/{RecordedUsers}");
        assignment.What.ShouldSatisfyAllConditions(w => w.Key.ShouldBe("Grants.Assignment.OtherRank"), w => w.Arguments.ShouldBe(["2", "1"]));
        assignment.Warnings.Single().Arguments.ShouldSatisfyAllConditions(
            a => a[0].ShouldStartWith($"Remove-CsGroupPolicyAssignment -GroupId '{Recorded.Id}'"), a => a[1].ShouldEndWith($"-PolicyName '{Policy}' -Rank 1"));
        assignment.State.ShouldBe(ObjectState.Different);
        plan.Questions.Single().ShouldSatisfyAllConditions(
            q => q.Key.ShouldBe("Grants.Question.OtherRank"), q => q.Arguments.ShouldBe([RecordedUsers, "2", "1"]));

        Choose(new GrantsChoice());
        var left = await World.PlanAsync(World.Grants);
        (left.Questions.Count, left.Objects.Single(o => o.Key == $"assignment/{RecordedUsers}").State).ShouldBe((0, ObjectState.Found));
    }

    [Fact]
    public async Task Whoever_loses_another_policy_still_has_a_recorder_where_the_rank_is_asked_about()
    {
        World.Teams.GroupAssignments[Guid.NewGuid()] = "othervendor";
        World.Teams.GroupAssignments[Recorded.Id] = Policy;
        var member = World.Directory.Members[Recorded.Id][0].Id;
        World.Teams.Policies["othervendor"] = new FakeTeams.Policy { Enabled = true };
        World.Teams.DirectAssignments[member] = "othervendor";
        Choose(new GrantsChoice { Rank = 1, Rivals = [new RivalDecision(member, "othervendor", Remove: true)] });

        (await World.PlanAsync(World.Grants)).Actions.ShouldContain(a => a.Key == $"remove/{member}/othervendor");
    }

    [Fact]
    public async Task Groups_with_our_policy_that_are_not_listed_are_not_called_found_while_somebody_must_decide()
    {
        var groups = Enumerable.Range(0, GrantsReading.MostOthers + 2).Select(_ => Guid.NewGuid()).ToList();
        groups.ForEach(g => World.Teams.GroupAssignments[g] = Policy);

        var open = (await World.PlanAsync(World.Grants)).Objects.Single(o => o.Key == "other");
        Choose(new GrantsChoice { LeftGroups = groups });
        var left = (await World.PlanAsync(World.Grants)).Objects.Single(o => o.Key == "other");

        (open.State, open.IsAside, open.What.Key).ShouldBe((ObjectState.Different, false, "Grants.Other.MoreOurs"));
        (left.State, left.IsAside, left.What.Key).ShouldBe((ObjectState.Found, true, "Grants.Other.More"));
    }

    [Fact]
    public async Task Of_more_groups_with_our_policy_than_a_list_holds_those_that_nobody_has_confirmed_come_first()
    {
        var groups = Enumerable.Range(0, 250).Select(_ => Guid.NewGuid()).ToList();
        groups.ForEach(g => World.Teams.GroupAssignments[g] = Policy);
        Choose(new GrantsChoice { LeftGroups = [.. groups.Take(200)] });

        var options = (await World.PlanAsync(World.Grants)).Options[GrantsStep.OtherGroupOption];

        options.Take(50).Select(o => Guid.Parse(o.Value)).ShouldBe(groups.Skip(200), ignoreOrder: true);
    }

    [Fact]
    public async Task Groups_inside_a_granted_group_are_named_with_everybody_whom_the_grant_passes_by()
    {
        var desk = World.Directory.AddGroup("Desk", people: 3);
        var night = World.Directory.AddGroup("Night shift", people: 2);
        World.Directory.Members[desk.Id].Add(new GroupMember(night.Id, MemberKind.Group, "Night shift", null));
        World.Directory.Members[Recorded.Id].Add(new GroupMember(desk.Id, MemberKind.Group, "Desk", null));

        var nested = (await World.PlanAsync(World.Grants)).Objects.Single(o => o.Key == $"nested/{RecordedUsers}/{desk.Id}");

        nested.Name.ShouldBe($"Desk → {RecordedUsers}");
        (nested.What.Key, nested.What.Arguments[0], nested.State).ShouldBe(("Grants.Nested.Many", "5", ObjectState.Found));
        nested.Notes.Single().Key.ShouldBe("Grants.Nested.Remedy");
    }

    [Fact]
    public async Task Many_groups_inside_are_counted_and_not_looked_into()
    {
        for (var i = 0; i < NestedGroup.Most + 3; i++)
        {
            var nested = World.Directory.AddGroup($"Group {i:00}", people: 0);
            World.Directory.Members[Recorded.Id].Add(new GroupMember(nested.Id, MemberKind.Group, $"Group {i:00}", null));
        }

        var rows = (await World.PlanAsync(World.Grants)).Objects.Where(o => o.Key.StartsWith("nested/", StringComparison.Ordinal)).ToList();

        rows.Count.ShouldBe(NestedGroup.Most + 1);
        rows[^1].Name.ShouldStartWith("3 → ");
    }
}
