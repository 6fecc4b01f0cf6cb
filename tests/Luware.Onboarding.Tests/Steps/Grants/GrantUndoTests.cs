using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>The portal's own grants are undone, and nothing else.</summary>
public sealed class GrantUndoTests : GrantsTest
{
    [Fact]
    public async Task Ungrant_takes_our_policy_back_and_is_fulfilled_then()
    {
        World.Teams.GroupAssignments[Recorded.Id] = Policy;

        var undo = (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!;
        undo.Actions.Single().Command!.ToPowerShell().ShouldBe(
            $"Remove-CsGroupPolicyAssignment -GroupId '{Recorded.Id}' -PolicyType 'TeamsComplianceRecordingPolicy'");
        undo.Actions.Single().Impact.CanStopCalls.ShouldBeFalse();
        await World.ApplyAsync(World.Grants, undo.Actions.Single());

        (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.IsFulfilled.ShouldBeTrue();
        World.Teams.GroupAssignments.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_group_that_cannot_be_seen_just_now_is_granted_nothing_and_is_taken_back_all_the_same()
    {
        World.Directory.Groups.Clear();
        var unread = await World.PlanAsync(World.Grants);
        World.Teams.GroupAssignments[Recorded.Id] = Policy;

        unread.Actions.ShouldNotContain(a => a.Key.StartsWith("grant/", StringComparison.Ordinal));
        unread.Objects.ShouldContain(o => o.State == ObjectState.Unknown);
        (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Ungrant_leaves_another_vendors_policy_alone()
    {
        World.Teams.GroupAssignments[Recorded.Id] = "othervendor";

        (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ungrant_takes_back_a_grant_of_moments_ago_that_does_not_show_yet()
    {
        await World.ApplyAsync(World.Grants, Grant(await World.PlanAsync(World.Grants)));
        var shown = World.Teams.GroupAssignments[Recorded.Id];
        World.Teams.GroupAssignments.Clear();

        var undo = (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.Single();
        (await World.ApplyAsync(World.Grants, undo)).ShouldBeOfType<StepOutcome.Waiting>().On.ShouldBe(WaitsFor.Microsoft);
        World.Teams.GroupAssignments[Recorded.Id] = shown;
        (await World.ApplyAsync(World.Grants, undo)).ShouldBeOfType<StepOutcome.Done>();

        World.Teams.GroupAssignments.ShouldBeEmpty();
        (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task Ungrant_stops_looking_for_a_grant_that_never_shows()
    {
        await World.ApplyAsync(World.Grants, Grant(await World.PlanAsync(World.Grants)));
        World.Teams.GroupAssignments.Clear();
        World.Time.Advance(new EngineOptions().ReapplyAfter);

        (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task Ungrant_ends_the_trial_too_shown_or_not_and_nobody_elses_grant()
    {
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        World.Teams.DirectAssignments[World.Directory.Members[Recorded.Id][8].Id] = Policy;
        var tried = (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.Single();
        World.Teams.DirectAssignments.Remove(Tester);
        var unseen = (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.Single();

        await World.ApplyAsync(World.Grants, unseen);

        (tried.Key, unseen.Key).ShouldBe(($"end-trial/{Tester}/{Policy}", $"end-trial/{Tester}/{Policy}"));
        (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.ShouldBeEmpty();
        World.Teams.DirectAssignments.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_ungrant_script_is_known_before_anything_is_granted_and_removes_our_policy_alone()
    {
        World.Choices = World.Choices.With("policies", new PoliciesChoice([new("$(it’s)", "x", RecordingRules.FailClose)]));

        await World.PlanAsync(World.Grants);

        World.Grants.UndoScript(World.Context).SelectMany(block => block.Split(Environment.NewLine)).ShouldBe(
        [
            "$policy = Get-CsGroupPolicyAssignment -PolicyType 'TeamsComplianceRecordingPolicy' |",
            $"  Where-Object {{ $_.GroupId -eq '{Recorded.Id}' }} | ForEach-Object {{ $_.PolicyName }}",
            "if (-not $policy) { Write-Host 'Teams shows no compliance recording policy of the group. Nothing was changed. If it was granted one a moment ago, run this script again in a few minutes.' }",
            "elseif ($policy -in '$(it’’s)', 'Tag:$(it’’s)') {",
            $"  Remove-CsGroupPolicyAssignment -GroupId '{Recorded.Id}' -PolicyType 'TeamsComplianceRecordingPolicy'",
            "  Write-Host 'The policy was taken back from the group.'",
            "}",
            "else { Write-Warning \"The group has the policy '$policy', which is another one. Nothing was changed.\" }",
            $"$direct = try {{ Get-CsUserPolicyAssignment -Identity '{Tester}' -PolicyType 'TeamsComplianceRecordingPolicy' | ForEach-Object {{ $_.PolicySource }} | Where-Object {{ $_.AssignmentType -eq 'Direct' }} | ForEach-Object {{ $_.PolicyName }} }} catch {{ if ($_.Exception.Message -notmatch 'not found|does not exist') {{ throw }} }}",
            "if (-not $direct -or $direct -in '$(it’’s)', 'Tag:$(it’’s)') {",
            $"  try {{ Grant-CsTeamsComplianceRecordingPolicy -Identity '{Tester}' -PolicyName $null -Confirm:$false }} catch {{ if ($_.Exception.Message -notmatch 'not found|does not exist') {{ throw }} }}",
            $"  Write-Host 'The person {Tester} has no policy of their own any more.'",
            "}",
            $"else {{ Write-Warning \"The person {Tester} has the policy '$direct', which is another one. Nothing was changed.\" }}",
        ]);
    }

    [Fact]
    public async Task A_trial_whose_begin_was_cut_off_is_ended_until_it_cannot_arrive_any_more()
    {
        World.Begin((await World.PlanAsync(World.Grants)).Actions.First());
        await World.ApplyAsync(World.Grants, (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.Single());
        World.Teams.DirectAssignments[Tester] = Policy;

        (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.ShouldHaveSingleItem();
        World.Time.Advance(new EngineOptions().ReapplyAfter);
        await World.ApplyAsync(World.Grants, (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.Single());

        World.Teams.DirectAssignments.ShouldBeEmpty();
        (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ungrant_leaves_what_somebody_else_has_put_in_the_place_of_the_trial()
    {
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        World.Teams.DirectAssignments[Tester] = "othervendor";

        (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_group_that_the_portal_has_granted_to_is_taken_back_whatever_is_chosen_by_now()
    {
        await World.RunAsync(World.Grants);
        var traders = World.Directory.AddGroup("Traders", people: 2);
        Choose(new GrantsChoice(traders.Id, [World.Directory.Members[traders.Id][0].Id]) { Synchronised = traders.Id });
        await World.PlanAsync(World.Grants);

        var undo = (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!;

        undo.Actions.Select(a => a.Key).ShouldContain($"ungrant/{RecordedUsers}/{Policy}/{Recorded.Id}");
        undo.Actions.First().Impact.People.ShouldBe(40);
        World.Grants.UndoScript(World.Context).Count(block => block.Contains("Remove-Cs", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_group_whose_name_begins_with_anothers_is_taken_back_once_under_its_own_name()
    {
        var (desk, night) = (World.Directory.AddGroup("Desk", people: 2), World.Directory.AddGroup("Desk/Night", people: 2));
        World.Choices = World.Choices.With(SecurityGroupsStep.StepName, new SecurityGroupsChoice() with
        {
            Way = TestUserWay.Nobody, Groups = [new WantedGroup(GroupRole.RecordedUsers, "Desk"), new WantedGroup(GroupRole.RecordedUsers, "Desk/Night")],
        });
        await World.PlanAsync(World.SecurityGroups);
        await World.PlanAsync(World.Grants);
        (World.Teams.GroupAssignments[desk.Id], World.Teams.GroupAssignments[night.Id]) = (Policy, Policy);

        (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.Select(a => a.Key)
            .ShouldBe([$"ungrant/Desk/{Policy}/{desk.Id}", $"ungrant/Desk/Night/{Policy}/{night.Id}"]);
    }

    public static TheoryData<GatewayException> Answers =>
    [
        new TransientException("Too many requests"), FakeDirectory.Refused("403", "Authorization_RequestDenied", "no"),
        new SignInRequiredException("Sign in again"),
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Two_groups_and_a_trial_are_taken_back_without_their_members_and_whatever_the_directory_answers(GatewayException answer)
    {
        await World.RunAsync(World.Grants);
        var traders = World.Directory.AddGroup("Traders", people: 2);
        Choose(new GrantsChoice(traders.Id, [World.Directory.Members[traders.Id][0].Id]) { Synchronised = traders.Id });
        World.Teams.GroupAssignments[traders.Id] = Policy;
        await World.PlanAsync(World.Grants);
        World.Teams.DirectAssignments.ShouldHaveSingleItem("the trial is not over");
        World.Directory.MembersRead.Clear();
        World.Directory.Down = answer;

        var undo = (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!;
        foreach (var action in undo.Actions)
            await World.ApplyAsync(World.Grants, action);

        undo.Actions.Select(a => a.Impact.People).ShouldBe([40, 2, 0], ignoreOrder: true);
        (World.Teams.GroupAssignments.Count, World.Teams.DirectAssignments.Count).ShouldBe((0, 0));
        World.Directory.MembersRead.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_whom_the_directory_names_in_time_is_named_and_everybody_else_goes_by_their_object_id()
    {
        var known = World.Directory.AddPerson("Ada Byron");
        World.Directory.Members[Recorded.Id].Add(new GroupMember(known.Id, MemberKind.User, known.DisplayName, known.UserPrincipalName));
        Choose(new GrantsChoice { Exceptions = [new WantedException(known.Id)] });
        World.Begin((await World.PlanAsync(World.Grants)).Actions.Single(a => a.Key == $"exception/{known.Id}/{Policy}"));

        var named = await EndAsync();
        World.Directory.Down = new TransientException("Too many requests");
        var unnamed = await EndAsync();

        (named, unnamed).ShouldBe((known.Name, $"{known.Id}"));

        async Task<string> EndAsync() =>
            (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Objects
                .Single(o => o.Key.StartsWith("end-exception/", StringComparison.Ordinal)).Name;
    }

    [Fact]
    public async Task Somebody_who_was_deleted_holds_no_ungrant_up()
    {
        await World.ApplyAsync(World.Grants, (await World.PlanAsync(World.Grants)).Actions.First());
        var end = (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!.Actions.Single();
        World.Teams.Answers["Grant-CsTeamsComplianceRecordingPolicy"] = FakeTeams.Refusal("ObjectNotFound", "User was not found.");

        (await World.ApplyAsync(World.Grants, end)).ShouldBeOfType<StepOutcome.Done>();
    }

    [Fact]
    public async Task A_group_that_was_renamed_after_the_grant_still_loses_the_policy()
    {
        await World.ApplyAsync(World.Grants, Grant(await World.PlanAsync(World.Grants)));
        World.Directory.Change(Recorded, g => g with { DisplayName = "Traders" });
        await World.PlanAsync(World.SecurityGroups);

        var undo = (await World.Grants.PlanUndoAsync(World.Context, CancellationToken.None))!;
        await World.ApplyAsync(World.Grants, undo.Actions.Single());

        World.Teams.GroupAssignments.ShouldBeEmpty();
        World.Grants.UndoScript(World.Context).ShouldContain(block => block.Contains(Recorded.Id.ToString(), StringComparison.Ordinal));
    }
}
