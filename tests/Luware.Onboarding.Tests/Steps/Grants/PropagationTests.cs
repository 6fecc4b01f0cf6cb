using System.Text.Json;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>How far a granted policy has reached the group's members: a separate reading of bounded size, however large the group.</summary>
public sealed class PropagationTests : GrantsTest
{
    private List<GroupMember> Members => World.Directory.Members[Recorded.Id];

    private IEnumerable<TeamsCommand> Asked => World.Teams.Commands.Where(c => c.ToPowerShell().Contains("UserPrincipalName -eq", StringComparison.Ordinal));

    [Fact]
    public async Task Nobody_is_asked_about_before_the_group_has_the_policy()
    {
        (await World.PlanAsync(World.Grants)).Objects.ShouldNotContain(o => o.Spread != null);

        Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_numbers_tell_who_has_it_who_waits_and_whom_another_policy_wins_for()
    {
        World.Teams.Policies["othervendor"] = new FakeTeams.Policy { Enabled = true };
        World.Teams.DirectAssignments[Members[30].Id] = "othervendor";
        Choose(new GrantsChoice().With(new RivalDecision(Members[30].Id, "othervendor", Remove: false)));
        Grant(people: 37);

        var row = Row(await World.PlanAsync(World.Grants));

        row.Spread.ShouldBe(
            new Spread(InForce: 36, OnTheWay: 3, Defeated: 1, NotAsked: 0, World.Time.GetUtcNow()) { NextAt = World.Time.GetUtcNow().AddMinutes(10) });
        (row.What.Key, string.Join(' ', row.What.Arguments), row.State, row.IsAside).ShouldBe(("Grants.Reached.Some", "36 40 3 1", ObjectState.Found, true));
        Asked.Count().ShouldBe(2);
    }

    [Fact]
    public async Task Who_waits_does_not_hold_what_the_test_user_has_proven()
    {
        Grant(people: 10);

        var plan = await World.PlanAsync(World.Grants);

        plan.IsFulfilled.ShouldBeTrue();
        Row(plan).What.Key.ShouldBe("Grants.Reached.OnTheWay", "another policy wins for nobody");
    }

    [Fact]
    public async Task It_is_asked_again_after_ten_minutes_and_after_an_hour_where_nobody_waits()
    {
        Grant(people: 39);
        await World.PlanAsync(World.Grants);
        World.Time.Advance(TimeSpan.FromMinutes(9));
        Row(await World.PlanAsync(World.Grants)).Spread!.At.ShouldBe(World.Time.GetUtcNow() - TimeSpan.FromMinutes(9));
        Asked.Count().ShouldBe(2);

        Grant(people: 40);
        World.Time.Advance(TimeSpan.FromMinutes(1));
        Row(await World.PlanAsync(World.Grants)).What.Key.ShouldBe("Grants.Reached.All");
        World.Time.Advance(TimeSpan.FromMinutes(59));
        await World.PlanAsync(World.Grants);
        Asked.Count().ShouldBe(4);
        World.Time.Advance(TimeSpan.FromMinutes(1));
        await World.PlanAsync(World.Grants);
        Asked.Count().ShouldBe(6);
    }

    [Fact]
    public async Task Longer_than_a_day_is_said()
    {
        Grant(people: 39);
        await World.PlanAsync(World.Grants);
        World.Time.Advance(TimeSpan.FromHours(25));

        Row(await World.PlanAsync(World.Grants)).What.Key.ShouldBe("Grants.Reached.Late");
    }

    [Fact]
    public async Task Fifty_thousand_members_cost_ten_calls_and_a_small_plan_and_each_reading_goes_on_where_the_last_one_ended()
    {
        var big = World.Directory.AddGroup("Everybody", people: 50_000);
        var people = World.Directory.Members[big.Id];
        Choose(new GrantsChoice(big.Id, [people[0].Id]) { Synchronised = big.Id });
        World.Teams.GroupAssignments[big.Id] = Policy;
        foreach (var member in people)
            World.Teams.Reached.Add(member.Id);

        var first = await World.PlanAsync(World.Grants);
        var calls = World.Teams.Commands.Count;
        World.Time.Advance(TimeSpan.FromMinutes(10));
        await World.PlanAsync(World.Grants);

        Row(first).What.ShouldSatisfyAllConditions(w => w.Key.ShouldBe("Grants.Reached.Asked"), w => w.Arguments.Take(3).ShouldBe(["200", "200", "50000"]));
        Row(first).Spread!.NotAsked.ShouldBe(49_800);
        JsonSerializer.Serialize(first).Length.ShouldBeLessThan(60_000);
        calls.ShouldBeLessThanOrEqualTo(16);
        Asked.Count().ShouldBe(20);
        Asked.Select(c => c.ToPowerShell()).ShouldBeUnique();
    }

    [Fact]
    public async Task Whoever_was_late_is_asked_about_again_first()
    {
        var big = World.Directory.AddGroup("Everybody", people: 500);
        var people = World.Directory.Members[big.Id];
        Choose(new GrantsChoice(big.Id, [people[0].Id]) { Synchronised = big.Id });
        World.Teams.GroupAssignments[big.Id] = Policy;
        foreach (var member in people.Where((_, i) => i != 5))
            World.Teams.Reached.Add(member.Id);

        Row(await World.PlanAsync(World.Grants)).Spread!.OnTheWay.ShouldBe(1);
        World.Time.Advance(TimeSpan.FromMinutes(10));
        Row(await World.PlanAsync(World.Grants)).Spread!.OnTheWay.ShouldBe(1);
        World.Teams.Reached.Add(people[5].Id);
        World.Time.Advance(TimeSpan.FromMinutes(10));

        Row(await World.PlanAsync(World.Grants)).Spread!.OnTheWay.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_known_stays_where_Teams_refuses_and_nobody_is_passed_over()
    {
        Grant(people: 37);
        var before = Row(await World.PlanAsync(World.Grants)).Spread;
        World.Time.Advance(TimeSpan.FromMinutes(10));
        Choose(new GrantsChoice { LeftUnread = [Policy] });
        World.Teams.Answers["Get-CsOnlineUser"] = FakeTeams.Refusal("InvalidArgument", "This filter is not supported.");

        Row(await World.PlanAsync(World.Grants)).Spread.ShouldBe(before);
    }

    [Fact]
    public async Task Another_group_of_a_better_rank_defeats_it()
    {
        var others = World.Directory.AddGroup("Traders", people: 0);
        World.Directory.Members[others.Id].Add(Members[12]);
        World.Teams.GroupAssignments[others.Id] = "othervendor";
        Grant(people: 40);

        Row(await World.PlanAsync(World.Grants)).Spread.ShouldBe(
            new Spread(39, 0, 1, 0, World.Time.GetUtcNow()) { NextAt = World.Time.GetUtcNow().AddMinutes(10) });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reading_that_Teams_cannot_give_is_said_and_fails_nothing(bool refused)
    {
        Grant(people: 40);
        Choose(new GrantsChoice { LeftUnread = [Policy] });
        if (refused)
            World.Teams.Answers["Get-CsOnlineUser"] = FakeTeams.Refusal("InvalidArgument", "This filter is not supported.");
        else
            World.Teams.OtherModule = found => found.Remove("EffectivePolicyAssignments");

        var plan = await World.PlanAsync(World.Grants);

        plan.IsFulfilled.ShouldBeTrue();
        (Row(plan).What.Key, Row(plan).Spread!.NotAsked).ShouldBe(("Grants.Reached.Unread", 40));
    }

    private static PlannedObject Row(StepPlan plan) => plan.Objects.Single(o => o.Spread is not null);

    /// <summary>The group has the policy, which has reached this many members; the test user is the seventh.</summary>
    private void Grant(int people)
    {
        World.Teams.GroupAssignments[Recorded.Id] = Policy;
        foreach (var member in Members.Take(people))
            World.Teams.Reached.Add(member.Id);
    }
}
