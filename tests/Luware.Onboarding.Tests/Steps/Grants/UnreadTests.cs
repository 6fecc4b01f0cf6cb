using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>Grants that could not be read count neither as done nor as broken, and a person can continue.</summary>
public sealed class UnreadTests : GrantsTest
{
    private const string Other = "othervendor";

    private static readonly TimeSpan ReadLimit = new EngineOptions().ReadLimit;

    public UnreadTests() => World.Teams.Policies[Other] = new FakeTeams.Policy { Enabled = true };

    [Fact]
    public async Task A_list_that_Teams_refuses_leaves_the_step_unverified_and_asks()
    {
        await GrantAsync();
        RefuseLists();

        var plan = await World.PlanAsync(World.Grants);

        plan.IsFulfilled.ShouldBeFalse();
        plan.Questions.Single().ShouldSatisfyAllConditions(q => q.Key.ShouldBe("Grants.Question.Unread"), q => q.Arguments.ShouldBe([$"{Policy}, {Other}"]));
        Row(plan, Other).ShouldSatisfyAllConditions(
            o => (o.State, o.What.Key, o.IsAside).ShouldBe((ObjectState.Unknown, "Grants.Unread.Refused", false)),
            o => o.Detail.ShouldContain("This filter is not supported."),
            o => o.Notes.Single().Key.ShouldBe("Grants.Unread.Remedy"));
    }

    [Fact]
    public async Task Nothing_is_granted_to_a_group_while_nobody_knows_whom_the_policy_would_not_reach()
    {
        RefuseLists();

        var plan = await World.PlanAsync(World.Grants);

        Grant(plan).Impact.CanStopCalls.ShouldBeTrue();
        plan.Questions.ShouldHaveSingleItem("an action that can stop calls does not begin while there is a question");
    }

    [Fact]
    public async Task Whoever_acknowledges_what_cannot_be_read_goes_on_and_the_plan_says_so()
    {
        await GrantAsync();
        RefuseLists();
        Choose(new GrantsChoice { LeftUnread = ["OtherVendor", Policy] });

        var plan = await World.PlanAsync(World.Grants);

        plan.IsFulfilled.ShouldBeTrue();
        Row(plan, Other).ShouldSatisfyAllConditions(o => (o.State, o.What.Key, o.IsAside).ShouldBe((ObjectState.Found, "Grants.Unread.Acknowledged", true)));
        plan.Options[GrantsStep.UnreadOption].Select(o => o.Value).ShouldBe([Policy, Other]);

        World.Teams.Policies["third"] = new FakeTeams.Policy { Enabled = true };
        (await World.PlanAsync(World.Grants)).Questions.Single().Arguments.ShouldBe(["third"], "another policy is another question");
    }

    [Fact]
    public async Task Of_more_policies_than_a_list_holds_those_that_nobody_has_acknowledged_come_first()
    {
        var vendors = Enumerable.Range(0, 250).Select(i => $"vendor{i:000}").ToList();
        vendors.ForEach(v => World.Teams.Policies[v] = new FakeTeams.Policy { Enabled = true });
        RefuseLists();
        Choose(new GrantsChoice { LeftUnread = [Policy, Other, .. vendors.Take(200)] });

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().Key.ShouldBe("Grants.Question.Unread");
        plan.Options[GrantsStep.UnreadOption].Take(50).Select(o => o.Value).ShouldBe(vendors.Skip(200));
    }

    [Fact]
    public async Task A_policy_that_was_to_be_taken_away_is_not_said_to_be_gone_while_nobody_knows()
    {
        RefuseLists();
        Choose(new GrantsChoice { LeftUnread = [Other] }.With(new RivalDecision(World.Directory.Members[Recorded.Id][8].Id, Other, Remove: true)));

        (await World.PlanAsync(World.Grants)).Objects.ShouldNotContain(o => o.What.Key == "Grants.Rival.Gone");
    }

    [Fact]
    public async Task What_can_be_read_again_is_decided_person_by_person_whatever_was_acknowledged()
    {
        World.Teams.DirectAssignments[World.Directory.Members[Recorded.Id][8].Id] = Other;
        Choose(new GrantsChoice { LeftUnread = [Other] });

        (await World.PlanAsync(World.Grants)).Questions.Single().Key.ShouldBe("Grants.Question.Rivals");
    }

    [Fact]
    public async Task A_list_that_is_cut_at_its_longest_is_not_whole()
    {
        for (var i = 0; i < DirectHolders.Longest; i++)
            World.Teams.DirectAssignments[Guid.NewGuid()] = Other;

        var plan = await World.PlanAsync(World.Grants);

        Row(plan, Other).ShouldSatisfyAllConditions(
            o => (o.State, o.What.Key).ShouldBe((ObjectState.Unknown, "Grants.Unread.Cut")), o => o.What.Arguments.ShouldBe(["5000"]));
        plan.Questions.Single().Key.ShouldBe("Grants.Question.Unread");
    }

    [Fact]
    public async Task Any_number_of_policies_is_read_while_there_is_time_and_the_rest_is_said_to_be_unread()
    {
        for (var i = 0; i < 60; i++)
            World.Teams.Policies[$"vendor{i:00}"] = new FakeTeams.Policy { Enabled = true };
        (await World.PlanAsync(World.Grants)).Questions.ShouldBeEmpty();

        var begun = World.Time.GetUtcNow();
        World.Teams.WhileAsked = _ => World.Time.Advance(TimeSpan.FromSeconds(2));
        var plan = await World.PlanAsync(World.Grants);

        (World.Time.GetUtcNow() - begun).ShouldBeLessThan(ReadLimit);
        plan.Objects.Count(o => o.What.Key == "Grants.Unread.Late").ShouldBe(Rivals.MostRows);
        plan.Options[GrantsStep.UnreadOption].Count.ShouldBeInRange(30, 50);
    }

    [Fact]
    public async Task One_list_that_takes_for_ever_costs_that_list_and_not_the_step()
    {
        World.Teams.WhileAsked = c => World.Time.Advance(c.Name == "Get-CsOnlineUser" ? ReadLimit : TimeSpan.Zero);

        var plan = await World.PlanAsync(World.Grants);

        Row(plan, Other).What.Key.ShouldBe("Grants.Unread.Late");
        Effect(plan).State.ShouldNotBe(ObjectState.Unknown);
    }

    [Fact]
    public async Task A_large_group_leaves_time_for_test_users_and_some_lists_and_what_is_not_read_then_is_said()
    {
        await GrantAsync();
        World.Time.Advance(TimeSpan.FromHours(2));
        var (begun, asked) = (World.Time.GetUtcNow(), World.Teams.Commands.Count);
        World.Directory.WhileMembersAreRead = () => World.Time.Advance(TimeSpan.FromSeconds(50));
        World.Teams.WhileAsked = c =>
            World.Time.Advance(TimeSpan.FromSeconds(c.ToPowerShell().Contains("TeamsComplianceRecordingPolicy -eq", StringComparison.Ordinal) ? 30 : 1));

        var plan = await World.PlanAsync(World.Grants);

        (World.Time.GetUtcNow() - begun).ShouldBeLessThan(ReadLimit);
        Effect(plan).State.ShouldBe(ObjectState.Found);
        plan.Objects.Where(o => o.What.Key == "Grants.Unread.Late").Select(o => o.Name).ShouldBe([Other]);
        plan.Objects.ShouldNotContain(o => o.Key == $"unread/{Policy}");
        World.Teams.Commands.Skip(asked).ShouldNotContain(
            c => c.ToPowerShell().Contains("UserPrincipalName -eq", StringComparison.Ordinal),
            "how far the policy has reached is asked in what is left, which is nothing");
    }

    [Fact]
    public async Task Five_hundred_exceptions_are_a_question_and_are_read_no_longer_than_there_is_time()
    {
        World.Teams.Policies.Remove(Other);
        var big = World.Directory.AddGroup("Everybody", people: 600);
        var people = World.Directory.Members[big.Id];
        var exceptions = people.Skip(50).Take(500).Select(m => new WantedException(m.Id));
        Choose(new GrantsChoice(big.Id, [people[0].Id]) { Synchronised = big.Id, Exceptions = [.. exceptions] });
        var begun = World.Time.GetUtcNow();
        World.Teams.WhileAsked = _ => World.Time.Advance(TimeSpan.FromSeconds(7));

        var plan = await World.PlanAsync(World.Grants);

        (World.Time.GetUtcNow() - begun).ShouldBeLessThan(ReadLimit);
        plan.Questions.Single().ShouldSatisfyAllConditions(
            q => q.Key.ShouldBe("Grants.Question.TooManyExceptions"), q => q.Arguments.ShouldBe([$"{GrantsChoice.MostExceptions}"]));
        plan.Objects.Single(o => o.Key == $"effect/{people[0].Id}").State.ShouldNotBe(ObjectState.Unknown, "test users come first");
        plan.Objects.Count(o => o.State == ObjectState.Unknown && o.What.Key == "Grants.Effect.NotRead").ShouldBeInRange(10, GrantsChoice.MostExceptions);
        plan.Actions.Count(a => a.Key.StartsWith("exception/", StringComparison.Ordinal)).ShouldBeLessThan(10);
    }

    [Fact]
    public async Task No_group_is_granted_before_its_first_test_user_could_be_read()
    {
        var slow = new[] { "Get-CsTeamsComplianceRecordingApplication" };
        World.Teams.WhileAsked = c => World.Time.Advance(slow.Contains(c.Name) ? ReadLimit / 2 : TimeSpan.Zero);

        var plan = await World.PlanAsync(World.Grants);

        plan.Actions.ShouldNotContain(a => a.Impact.CanStopCalls);
        plan.Objects.Single(o => o.Key == $"assignment/{RecordedUsers}").What.Key.ShouldBe("Grants.Assignment.Untried");
        Effect(plan).State.ShouldBe(ObjectState.Unknown);
    }

    [Fact]
    public async Task What_was_given_to_one_person_and_cannot_be_read_is_not_said_to_be_taken_back()
    {
        var (before, chosen) = (World.Directory.Members[Recorded.Id][20].Id, World.Directory.Members[Recorded.Id][21].Id);
        Choose(new GrantsChoice { Exceptions = [new WantedException(before), new WantedException(chosen)] });
        await GrantAsync();
        World.Teams.WhileAsked = c => World.Time.Advance(c.Name == "Get-CsUserPolicyAssignment" ? ReadLimit : TimeSpan.Zero);

        var undo = (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!;
        Choose(new GrantsChoice());
        var plan = await World.PlanAsync(World.Grants);

        foreach (var shown in (StepPlan[])[undo, plan])
        {
            shown.Objects.Single(o => o.Key == $"end-exception/{chosen}/{Policy}").ShouldSatisfyAllConditions(
                o => o.State.ShouldBe(ObjectState.Unknown), o => o.Action.ShouldBeNull());
        }

        undo.Actions.ShouldContain(a => a.Key == $"end-exception/{before}/{Policy}", "whoever could be read goes first, and those that are left are fewer");
    }

    private static PlannedObject Row(StepPlan plan, string policy) => plan.Objects.Single(o => o.Key == $"unread/{policy}");

    private void RefuseLists() => World.Teams.Answers["Get-CsOnlineUser"] = FakeTeams.Refusal("InvalidArgument", "This filter is not supported.");

    private async Task GrantAsync()
    {
        World.Teams.Reached.Add(Tester);
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();
    }
}
