using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>Members who have another vendor's policy directly: the grant would not reach them, so a person decides about each.</summary>
public sealed class RivalTests : GrantsTest
{
    private const string Other = "othervendor";

    public RivalTests() => World.Teams.Policies[Other] = new FakeTeams.Policy { Enabled = true };

    private GroupMember Rival => World.Directory.Members[Recorded.Id][8];

    [Fact]
    public async Task Whoever_has_another_policy_directly_is_named_and_asked_about_by_one_call_for_the_policy()
    {
        World.Teams.DirectAssignments[Rival.Id] = Other;
        World.Teams.DirectAssignments[Guid.NewGuid()] = Other;

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().ShouldSatisfyAllConditions(q => q.Key.ShouldBe("Grants.Question.Rivals"), q => q.Arguments.ShouldBe(["1", "Person 009"]));
        plan.Objects.Single(o => o.Key == $"rival/{Rival.Id}/{Other}").ShouldSatisfyAllConditions(
            o => o.Name.ShouldBe("Person 009"), o => o.State.ShouldBe(ObjectState.Different), o => o.Action.ShouldBeNull());
        plan.Options[GrantsStep.RivalOption].Single().Value.ShouldBe($"{Rival.Id}/{Other}");
        World.Teams.Commands.Where(c => c.Name == "Get-CsOnlineUser").Select(c => c.ToPowerShell().Split(" -Properties")[0]).Distinct().ShouldBe(
        [
            $"Get-CsOnlineUser -Filter 'TeamsComplianceRecordingPolicy -eq ''{Policy}'' -and SoftDeletionTimestamp -eq $null'",
            $"Get-CsOnlineUser -Filter 'TeamsComplianceRecordingPolicy -eq ''{Other}'' -and SoftDeletionTimestamp -eq $null'",
        ], "our own comes first: it may be anybody's by hand");
    }

    [Fact]
    public async Task An_acknowledged_policy_stays_and_holds_nothing()
    {
        World.Teams.DirectAssignments[Rival.Id] = Other;
        Choose(new GrantsChoice().With(new RivalDecision(Rival.Id, Other, Remove: false)));

        (await World.PlanAsync(World.Grants)).Questions.ShouldBeEmpty();
        World.Teams.Reached.Add(Tester);
        (await World.RunAsync(World.Grants)).IsFulfilled.ShouldBeTrue();

        World.Teams.DirectAssignments.ShouldHaveSingleItem().Value.ShouldBe(Other);
    }

    [Fact]
    public async Task Another_policy_than_the_one_that_was_decided_about_is_another_question()
    {
        World.Teams.Policies["third"] = new FakeTeams.Policy { Enabled = true };
        World.Teams.DirectAssignments[Rival.Id] = "third";
        Choose(new GrantsChoice().With(new RivalDecision(Rival.Id, Other, Remove: true)));

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().Key.ShouldBe("Grants.Question.Rivals");
        plan.Actions.ShouldNotContain(a => a.Key.StartsWith("remove/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_planned_removal_comes_after_the_grant_names_one_person_and_says_the_way_back()
    {
        World.Teams.DirectAssignments[Rival.Id] = Other;
        Choose(new GrantsChoice().With(new RivalDecision(Rival.Id, Other, Remove: true)));

        var plan = await World.PlanAsync(World.Grants);
        var keys = plan.Actions.Select(a => a.Key).ToList();
        var removal = plan.Objects.Single(o => o.Key == $"rival/{Rival.Id}/{Other}");

        keys.IndexOf($"remove/{Rival.Id}/{Other}").ShouldBe(keys.IndexOf($"grant/{RecordedUsers}/{Policy}") + 1);
        removal.Action!.Command!.ToPowerShell().ShouldBe($"Grant-CsTeamsComplianceRecordingPolicy -Identity '{Rival.Id}' -PolicyName $null -Confirm:$false");
        (removal.Action.Impact.People, removal.Action.Impact.CanStopCalls, removal.Action.Impact.IsNamed).ShouldBe((1, true, false));
        removal.Action.Impact.Group.ShouldBe(new AffectedGroup(Recorded.Id, Recorded.DisplayName), "its policy takes over, so Luware must know it");
        removal.Notes.Single().Arguments.Single().ShouldBe($"Grant-CsTeamsComplianceRecordingPolicy -Identity '{Rival.Id}' -PolicyName '{Other}'");
        World.Grants.UndoScript(World.Context).ShouldContain(block => block.Contains($"had the policy {Other} directly", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_loses_another_policy_while_no_test_user_lets_the_group_have_ours()
    {
        await World.ChooseTestersAsync();
        World.Teams.DirectAssignments[Rival.Id] = Other;
        Choose(new GrantsChoice().With(new RivalDecision(Rival.Id, Other, Remove: true)));

        var plan = await World.RunAsync(World.Grants);

        plan.Actions.Select(a => a.Key).ShouldBe([GrantPlanner.AwaitTesterKey]);
        plan.Objects.Single(o => o.Key == $"rival/{Rival.Id}/{Other}").ShouldSatisfyAllConditions(
            o => o.State.ShouldBe(ObjectState.Later), o => o.Action.ShouldBeNull());
        plan.Objects.Single(o => o.IsToChoose).Key.ShouldBe(GrantPlanner.AwaitTesterKey);
        World.Teams.DirectAssignments[Rival.Id].ShouldBe(Other);
        World.Grants.Script(World.Context).Select(p => p.Key).ShouldBe(["test-user"]);
    }

    [Fact]
    public async Task A_group_that_was_granted_by_hand_lets_another_policy_go_by_name_only_once_a_test_user_has_ours()
    {
        World.Teams.DirectAssignments[Rival.Id] = Other;
        World.Teams.GroupAssignments[Recorded.Id] = Policy;
        Choose(new GrantsChoice().With(new RivalDecision(Rival.Id, Other, Remove: true)));
        var key = $"remove/{Rival.Id}/{Other}";

        var untried = (await World.PlanAsync(World.Grants)).Actions.Single(a => a.Key == key).Impact;
        World.Teams.Reached.Add(Tester);
        var tried = (await World.PlanAsync(World.Grants)).Actions.Single(a => a.Key == key).Impact;

        (untried.People, untried.CanStopCalls, untried.Named).ShouldBe((1, true, null));
        (tried.People, tried.CanStopCalls, tried.Named).ShouldBe((1, true, "Person 009"));
    }

    [Fact]
    public async Task What_was_taken_away_is_said_and_not_given_back_by_un_grant()
    {
        World.Teams.DirectAssignments[Rival.Id] = Other;
        Choose(new GrantsChoice().With(new RivalDecision(Rival.Id, Other, Remove: true)));
        World.Teams.Reached.Add(Tester);

        var done = await World.RunAsync(World.Grants);
        var undo = (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!;

        done.IsFulfilled.ShouldBeTrue();
        done.Objects.Single(o => o.Key == $"rival/{Rival.Id}/{Other}").What.Key.ShouldBe("Grants.Rival.Gone");
        World.Teams.DirectAssignments.ShouldBeEmpty();
        undo.Objects.Single(o => o.Key == $"removed/{Rival.Id}/{Other}").ShouldSatisfyAllConditions(
            o => o.Action.ShouldBeNull(), o => o.Detail.ShouldContain(Other));
        undo.Actions.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Hundreds_are_counted_offered_piece_by_piece_and_never_all_in_the_plan()
    {
        var big = World.Directory.AddGroup("Everybody", people: 3000);
        foreach (var member in World.Directory.Members[big.Id].Skip(1))
            World.Teams.DirectAssignments[member.Id] = Other;
        Choose(new GrantsChoice(big.Id, [World.Directory.Members[big.Id][0].Id]) { Synchronised = big.Id });

        var plan = await World.PlanAsync(World.Grants);

        plan.Questions.Single().Arguments[0].ShouldBe("2999");
        plan.Objects.Count(o => o.Key.StartsWith("rival", StringComparison.Ordinal)).ShouldBe(Rivals.MostRows + 1);
        plan.Options[GrantsStep.RivalOption].Count.ShouldBe(200);
    }
}
