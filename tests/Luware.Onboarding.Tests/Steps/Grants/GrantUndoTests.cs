using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Steps.Grants;

/// <summary>What the portal has granted is taken back, and nothing else.</summary>
public sealed class GrantUndoTests : IAsyncLifetime
{
    private const string Policy = "luwarerecordingfailclose1";
    private const string Recorded = WantedGroup.RecordedUsers;

    private readonly StepWorld world = new(StepWorld.Switzerland);
    private readonly Group group;
    private readonly Guid tester;

    public GrantUndoTests()
    {
        group = world.Directory.AddGroup(Recorded, people: 40);
        tester = world.Directory.Members[group.Id][6].Id;
        world.Teams.Policies[Policy] = new FakeTeams.Policy { Enabled = true };
    }

    public async ValueTask InitializeAsync() => await world.ChooseTestersAsync(tester);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Ungrant_takes_our_policy_back_and_is_fulfilled_then()
    {
        world.Teams.GroupAssignments[group.Id] = Policy;

        var undo = (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!;
        undo.Actions.Single().Command!.ToPowerShell().ShouldBe($"Remove-CsGroupPolicyAssignment -GroupId '{group.Id}' -PolicyType 'TeamsComplianceRecordingPolicy'");
        undo.Actions.Single().Impact.CanStopCalls.ShouldBeFalse();
        await world.ApplyAsync(world.Grants, undo.Actions.Single());

        (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.IsFulfilled.ShouldBeTrue();
        world.Teams.GroupAssignments.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_group_that_cannot_be_seen_just_now_is_granted_nothing_and_is_taken_back_all_the_same()
    {
        world.Directory.Groups.Clear();
        var unread = await world.PlanAsync(world.Grants);
        world.Teams.GroupAssignments[group.Id] = Policy;

        unread.Actions.ShouldNotContain(a => a.Key.StartsWith("grant/", StringComparison.Ordinal));
        unread.Objects.ShouldContain(o => o.State == ObjectState.Unknown);
        (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.Actions.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Ungrant_leaves_another_vendors_policy_alone()
    {
        world.Teams.GroupAssignments[group.Id] = "othervendor";

        (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ungrant_takes_back_a_grant_of_moments_ago_that_does_not_show_yet()
    {
        await world.ApplyAsync(world.Grants, Grant(await world.PlanAsync(world.Grants)));
        var shown = world.Teams.GroupAssignments[group.Id];
        world.Teams.GroupAssignments.Clear();

        var undo = (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.Actions.Single();
        (await world.ApplyAsync(world.Grants, undo)).ShouldBeOfType<StepOutcome.Waiting>().On.ShouldBe(WaitsFor.Microsoft);
        world.Teams.GroupAssignments[group.Id] = shown;
        (await world.ApplyAsync(world.Grants, undo)).ShouldBeOfType<StepOutcome.Done>();

        world.Teams.GroupAssignments.ShouldBeEmpty();
        (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task Ungrant_stops_looking_for_a_grant_that_never_shows()
    {
        await world.ApplyAsync(world.Grants, Grant(await world.PlanAsync(world.Grants)));
        world.Teams.GroupAssignments.Clear();
        world.Time.Advance(new EngineOptions().ReapplyAfter);

        (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task Ungrant_ends_the_trial_too_shown_or_not_and_nobody_elses_grant()
    {
        await world.ApplyAsync(world.Grants, (await world.PlanAsync(world.Grants)).Actions.First());
        world.Teams.DirectAssignments[world.Directory.Members[group.Id][8].Id] = Policy;
        var tried = (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.Actions.Single();
        world.Teams.DirectAssignments.Remove(tester);
        var unseen = (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.Actions.Single();

        await world.ApplyAsync(world.Grants, unseen);

        (tried.Key, unseen.Key).ShouldBe(($"end-trial/{tester}/{Policy}", $"end-trial/{tester}/{Policy}"));
        (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.Actions.ShouldBeEmpty();
        world.Teams.DirectAssignments.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_ungrant_script_is_known_before_anything_is_granted_and_removes_our_policy_alone()
    {
        world.Choices = world.Choices.With("policies", new PoliciesChoice("$(it’s)", "x", FailClose: true));

        await world.PlanAsync(world.Grants);

        world.Grants.UndoScript(world.Context).SelectMany(block => block.Split(Environment.NewLine)).ShouldBe(
        [
            "$policy = Get-CsGroupPolicyAssignment -PolicyType 'TeamsComplianceRecordingPolicy' |",
            $"  Where-Object {{ $_.GroupId -eq '{group.Id}' }} | ForEach-Object {{ $_.PolicyName }}",
            "if (-not $policy) { Write-Host 'The group has no compliance recording policy any more. Nothing was changed.' }",
            "elseif ($policy -in '$(it’’s)', 'Tag:$(it’’s)') {",
            $"  Remove-CsGroupPolicyAssignment -GroupId '{group.Id}' -PolicyType 'TeamsComplianceRecordingPolicy'",
            "  Write-Host 'The policy was taken back from the group.'",
            "}",
            "else { Write-Warning \"The group has the policy '$policy', which is another one. Nothing was changed.\" }",
            $"$direct = Get-CsUserPolicyAssignment -Identity '{tester}' -PolicyType 'TeamsComplianceRecordingPolicy' -ErrorAction SilentlyContinue | ForEach-Object {{ $_.PolicySource }} |",
            "  Where-Object { $_.AssignmentType -eq 'Direct' } | ForEach-Object { $_.PolicyName }",
            "if (-not $direct) { Write-Host 'The test user has no policy of their own any more. Nothing was changed.' }",
            "elseif ($direct -in '$(it’’s)', 'Tag:$(it’’s)') {",
            $"  Grant-CsTeamsComplianceRecordingPolicy -Identity '{tester}' -PolicyName $null",
            "  Write-Host 'The policy was taken back from the test user.'",
            "}",
            "else { Write-Warning \"The test user has the policy '$direct', which is another one. Nothing was changed.\" }",
        ]);
    }

    [Fact]
    public async Task A_trial_whose_begin_was_cut_off_is_ended_until_it_cannot_arrive_any_more()
    {
        world.Begin((await world.PlanAsync(world.Grants)).Actions.First());
        await world.ApplyAsync(world.Grants, (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.Actions.Single());
        world.Teams.DirectAssignments[tester] = Policy;

        (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.Actions.ShouldHaveSingleItem();
        world.Time.Advance(new EngineOptions().ReapplyAfter);
        await world.ApplyAsync(world.Grants, (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.Actions.Single());

        world.Teams.DirectAssignments.ShouldBeEmpty();
        (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ungrant_leaves_what_somebody_else_has_put_in_the_place_of_the_trial()
    {
        await world.ApplyAsync(world.Grants, (await world.PlanAsync(world.Grants)).Actions.First());
        world.Teams.DirectAssignments[tester] = "othervendor";

        (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.Actions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_group_that_the_portal_has_granted_to_is_taken_back_whatever_is_chosen_by_now()
    {
        await world.RunAsync(world.Grants);
        var traders = world.Directory.AddGroup("Traders", people: 2);
        Choose(new GrantsChoice(traders.Id, [world.Directory.Members[traders.Id][0].Id]));
        await world.PlanAsync(world.Grants);

        var undo = (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!;

        undo.Actions.Select(a => a.Key).ShouldContain($"ungrant/{Recorded}/{Policy}");
        undo.Actions.First().Impact.People.ShouldBe(40);
        world.Grants.UndoScript(world.Context).Count(block => block.Contains("Remove-Cs", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task Somebody_who_was_deleted_holds_no_ungrant_up()
    {
        await world.ApplyAsync(world.Grants, (await world.PlanAsync(world.Grants)).Actions.First());
        var end = (await world.Grants.PlanUndoAsync(world.Context, CancellationToken.None))!.Actions.Single();
        world.Teams.Answers["Grant-CsTeamsComplianceRecordingPolicy"] = FakeTeams.Refusal("ObjectNotFound", "User was not found.");

        (await world.ApplyAsync(world.Grants, end)).ShouldBeOfType<StepOutcome.Done>();
    }

    private static PlannedAction Grant(StepPlan plan) => plan.Actions.Single(a => a.Key.StartsWith("grant/", StringComparison.Ordinal));

    private void Choose(GrantsChoice choice) => world.Choices = world.Choices.With("grants", choice);
}
