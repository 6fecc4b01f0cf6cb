using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Tests.Steps.Grants;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Steps.Policies;

/// <summary>Policies that the portal created are dismantled when nobody has them any more; no others are.</summary>
public sealed class PolicyUndoTests : GrantsTest
{
    private static readonly TimeSpan Day = new EngineOptions().OutOfForceAfter;

    [Fact]
    public async Task A_policy_that_the_portal_made_goes_a_day_after_nobody_has_it_any_more()
    {
        await MakeAsync();

        var plan = await UndoAsync();
        plan.Actions.Select(a => a.Command?.ToPowerShell() ?? a.Key).ShouldBe(
        [
            $"await-unassigned/{Policy}", $"await-out-of-force/{Policy}",
            $"Remove-CsTeamsComplianceRecordingApplication -Identity 'Tag:{Policy}/{Instance}'",
            $"Remove-CsTeamsComplianceRecordingPolicy -Identity '{Policy}'",
        ]);
        plan.Actions.ShouldAllBe(a => !a.Impact.CanStopCalls);

        (await NextAsync()).ShouldBeOfType<StepOutcome.Done>();
        var waiting = (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>();
        (waiting.On, waiting.For.Key).ShouldBe((WaitsFor.Microsoft, "Policies.Undo.OthersMayHaveIt"));
        waiting.For.Arguments[1].ShouldBe($"{World.Time.GetUtcNow() + Day:yyyy-MM-dd HH:mm} UTC");
        waiting.PollAfter.ShouldBe(TimeSpan.FromHours(1), "somebody may be granted it meanwhile");
        World.Time.Advance(Day);
        await RunAsync();

        World.Teams.Policies.ShouldBeEmpty();
        World.Teams.Writes.Select(c => c.Name).TakeLast(2)
            .ShouldBe(["Remove-CsTeamsComplianceRecordingApplication", "Remove-CsTeamsComplianceRecordingPolicy"]);
        (await UndoAsync()).Objects.ShouldAllBe(o => o.State == ObjectState.Found);
    }

    [Fact]
    public async Task Its_application_is_called_as_in_the_plan_that_made_it_and_the_command_names_its_id()
    {
        await MakeAsync();

        var link = (await UndoAsync()).Objects.Single(o => o.Kind.Key == "Policies.Kind.Link");

        link.Name.ShouldBe($"{World.Region.Applications[0].DisplayName} → {Policy}");
        link.Detail.ShouldContain($"{Instance}");
    }

    [Fact]
    public async Task An_instance_of_before_is_called_by_its_account()
    {
        World.Region = StepWorld.SwitzerlandBefore;
        World.Teams.AddInstance("recorder@contoso.com", World.Region.Applications[0].ApplicationId);
        await MakeAsync();
        World.Region = StepWorld.Switzerland;
        await World.RunAsync(World.Whitelisting);

        (await UndoAsync()).Objects.Single(o => o.Kind.Key == "Policies.Kind.Link").Name.ShouldBe($"recorder@contoso.com → {Policy}");
    }

    [Fact]
    public async Task Nobody_waits_for_a_deleted_person_who_still_has_it()
    {
        await MakeAsync();
        var gone = Guid.NewGuid();
        World.Teams.DirectAssignments[gone] = Policy;
        World.Teams.Deleted.Add(gone);

        (await NextAsync()).ShouldBeOfType<StepOutcome.Done>();

        (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>().For.Key.ShouldBe("Policies.Undo.OthersMayHaveIt");
    }

    [Fact]
    public async Task Nothing_of_it_goes_while_a_test_user_still_has_it_however_long_ago_it_was_taken_back()
    {
        await MakeAsync();
        await NextAsync();
        World.Time.Advance(Day);
        World.Teams.Lingering[Tester] = Policy;

        var waiting = (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>();

        waiting.For.Key.ShouldBe("Policies.Undo.TesterHasIt");
        World.Teams.Policies[Policy].Links.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Nothing_of_it_goes_while_a_member_who_is_asked_still_has_it_after_the_day()
    {
        await MakeAsync();
        await NextAsync();
        (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>();
        Asked().ShouldBeEmpty("during the day nobody is asked in numbers");
        World.Time.Advance(Day);
        World.Teams.Lingering[World.Directory.Members[Recorded.Id][30].Id] = Policy;

        var waiting = (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>();
        World.Teams.Lingering.Clear();
        var done = await NextAsync();

        (waiting.On, waiting.For.Key, waiting.PollAfter).ShouldBe((WaitsFor.Microsoft, "Policies.Undo.MembersHaveIt", TimeSpan.FromMinutes(10)));
        waiting.For.Arguments.ShouldBe(["1", "40", Policy]);
        done.ShouldBeOfType<StepOutcome.Done>();
    }

    [Fact]
    public async Task However_long_a_large_group_takes_to_be_read_somebody_of_it_is_asked()
    {
        await MakeAsync();
        await NextAsync();
        World.Time.Advance(Day);
        foreach (var member in World.Directory.Members[Recorded.Id].Where(m => m.Id != Tester))
            World.Teams.Lingering[member.Id] = Policy;
        World.Directory.WhileMembersAreRead = () => World.Time.Advance(TimeSpan.FromSeconds(61));

        (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>().For.Key.ShouldBe("Policies.Undo.MembersHaveIt");
    }

    [Fact]
    public async Task Of_a_large_group_a_part_is_asked_and_an_hour_later_another_one()
    {
        var members = World.Directory.Members[Recorded.Id];
        members.AddRange(Enumerable.Range(0, 1000).Select(i => new GroupMember(Guid.NewGuid(), MemberKind.User, $"More {i}", $"more{i}@contoso.com")));
        await MakeAsync();
        await NextAsync();
        World.Time.Advance(Day);
        foreach (var member in members.Where(m => m.Id != Tester))
            World.Teams.Lingering[member.Id] = Policy;

        var first = (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>();
        var asked = Asked();
        World.Time.Advance(TimeSpan.FromHours(1));
        await NextAsync();

        first.For.Arguments[1].ShouldBe($"{FormerMembers.MostAsked}");
        Asked().Except(asked).Count().ShouldBe(FormerMembers.MostAsked / MemberPolicies.Most, "nobody of before is asked again at once");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_Teams_does_not_say_who_has_it_the_time_alone_counts(bool refused)
    {
        await MakeAsync();
        await NextAsync();
        World.Time.Advance(Day);
        World.Teams.Lingering[World.Directory.Members[Recorded.Id][0].Id] = Policy;
        if (!refused)
            World.Teams.OtherModule = found => found.Remove("EffectivePolicyAssignments");
        else
            World.Teams.WhileAsked = c => { if (IsOfMembers(c)) throw FakeTeams.Refusal("InvalidArgument", "This filter is not supported."); };

        (await NextAsync()).ShouldBeOfType<StepOutcome.Done>();
    }

    [Fact]
    public async Task A_group_that_gets_it_again_meanwhile_stops_everything_and_the_day_begins_anew()
    {
        await MakeAsync();
        await NextAsync();
        World.Time.Advance(Day);
        World.Teams.GroupAssignments[Recorded.Id] = Policy;

        var waiting = (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>();
        (waiting.On, waiting.For.Key).ShouldBe((WaitsFor.Customer, "Policies.Undo.GroupHasIt"));
        World.Teams.GroupAssignments.Clear();
        (await NextAsync()).ShouldBeOfType<StepOutcome.Done>();

        (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>().For.Key.ShouldBe("Policies.Undo.OthersMayHaveIt");
    }

    [Fact]
    public async Task A_group_that_is_none_of_ours_and_gets_it_meanwhile_begins_the_day_anew_too()
    {
        await MakeAsync();
        await NextAsync();
        World.Time.Advance(Day);
        World.Teams.GroupAssignments[Guid.NewGuid()] = Policy;

        (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>().On.ShouldBe(WaitsFor.Customer);
        World.Teams.GroupAssignments.Clear();
        (await NextAsync()).ShouldBeOfType<StepOutcome.Done>();

        (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>().For.Key.ShouldBe("Policies.Undo.OthersMayHaveIt");
        World.Teams.Policies[Policy].Links.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Somebody_who_has_it_directly_is_named_before_the_day_and_once_more_before_each_removal()
    {
        await MakeAsync();
        var somebody = Guid.NewGuid();
        World.Teams.DirectAssignments[somebody] = Policy;
        (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>().For.ShouldSatisfyAllConditions(
            w => w.Key.ShouldBe("Policies.Undo.PersonHasIt"), w => w.Arguments[0].ShouldContain($"{somebody}"));

        World.Teams.DirectAssignments.Clear();
        await NextAsync();
        World.Time.Advance(Day);
        (await NextAsync()).ShouldBeOfType<StepOutcome.Done>();
        World.Teams.DirectAssignments[somebody] = Policy;

        (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>().For.Key.ShouldBe("Policies.Undo.PersonHasIt");
        World.Teams.Policies[Policy].Links.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(12)]
    [InlineData(24)]
    public async Task Somebody_who_gets_it_directly_during_the_day_makes_it_begin_anew_once_they_are_rid_of_it(int hours)
    {
        await MakeAsync();
        await NextAsync();
        World.Time.Advance(TimeSpan.FromHours(hours));
        World.Teams.DirectAssignments[Guid.NewGuid()] = Policy;
        (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>().For.Key.ShouldBe("Policies.Undo.PersonHasIt");

        World.Teams.DirectAssignments.Clear();
        (await NextAsync()).ShouldBeOfType<StepOutcome.Done>();
        var again = World.Time.GetUtcNow();

        (await NextAsync()).ShouldBeOfType<StepOutcome.Waiting>().For.ShouldSatisfyAllConditions(
            w => w.Key.ShouldBe("Policies.Undo.OthersMayHaveIt"), w => w.Arguments[1].ShouldBe($"{again + Day:yyyy-MM-dd HH:mm} UTC"));
        World.Teams.Policies[Policy].Links.ShouldNotBeEmpty();
        World.Time.Advance(Day);
        await RunAsync();
        World.Teams.Policies.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_policy_that_was_there_before_stays_and_says_so_with_what_a_person_could_run()
    {
        var plan = await UndoAsync();

        var stays = plan.Objects.ShouldHaveSingleItem();
        (stays.State, stays.What.Key, stays.Action).ShouldBe((ObjectState.Different, "Policies.Undo.NotOurs", null));
        stays.Detail.ShouldContain($"Remove-CsTeamsComplianceRecordingPolicy -Identity '{Policy}'");
    }

    [Fact]
    public async Task A_policy_stays_that_a_group_has_of_which_the_portal_knows_nothing()
    {
        await MakeAsync();
        var traders = World.Directory.AddGroup("Traders", people: 2);
        World.Teams.GroupAssignments[traders.Id] = Policy;

        var stays = (await UndoAsync()).Objects.ShouldHaveSingleItem();

        (stays.Action, stays.What.Key, stays.What.Arguments[0]).ShouldBe((null, "Policies.Undo.AssignedElsewhere", "Traders"));
    }

    [Fact]
    public async Task A_group_with_another_vendors_policy_is_not_looked_up()
    {
        await MakeAsync();
        World.Teams.Policies["othervendor"] = new FakeTeams.Policy();
        World.Teams.GroupAssignments[World.Directory.AddGroup("Theirs", people: 1).Id] = "othervendor";
        World.Directory.Down = new TransientException("Too many requests");

        (await UndoAsync()).Actions.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_policy_stays_that_invites_another_recorder_too()
    {
        await MakeAsync();
        World.Teams.Policies[Policy].Links[Guid.NewGuid()] = FakeTeams.Link.With(failClose: true);

        (await UndoAsync()).Objects.ShouldHaveSingleItem().What.Key.ShouldBe("Policies.Undo.Shared");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_policy_goes_that_still_invites_an_instance_of_before_deleted_or_with_an_application_id_that_no_region_has(bool deleted)
    {
        World.Region = StepWorld.SwitzerlandBefore;
        World.Teams.AddInstance("recorder@contoso.com", World.Region.Applications[0].ApplicationId);
        await MakeAsync();
        if (deleted)
            World.Teams.Instances.Clear();
        else
            World.Region = StepWorld.Switzerland;
        await World.RunAsync(World.Whitelisting);

        await NextAsync();
        World.Time.Advance(Day);
        await RunAsync();

        World.Teams.Policies.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_gone_already_is_as_good_as_removed()
    {
        await MakeAsync();
        await NextAsync();
        World.Time.Advance(Day);
        await NextAsync();
        World.Teams.Answers["Remove-CsTeamsComplianceRecordingApplication"] = FakeTeams.Refusal("ObjectNotFound", "Cannot find any object.");

        (await NextAsync()).ShouldBeOfType<StepOutcome.Done>();
    }

    [Fact]
    public async Task Accounts_applications_groups_and_storage_stay_each_with_the_place_where_a_person_removes_it()
    {
        await MakeAsync();
        World.Directory.Consent(World.Region.Applications[0].ApplicationId);

        foreach (var step in new[] { World.Whitelisting, World.Consent, World.SecurityGroups })
        {
            var plan = (await step.PlanUndoAsync(World.Context, CancellationToken.None))!;
            plan.Objects.ShouldNotBeEmpty(step.Name);
            plan.Objects.ShouldAllBe(o => o.State == ObjectState.Different && o.Action == null && o.Link != null && o.Detail.Length > 0);
            StepTextsTests.ShouldBeSayable([plan.Choice, plan.Why, .. plan.Objects.SelectMany(o => new[] { o.Kind, o.What })]);
        }

        (await World.Whitelisting.PlanUndoAsync(World.Context, CancellationToken.None))!.Objects.Single().Detail
            .ShouldBe($"Remove-MgUser -UserId '{Instance}'");
        (await World.Storage.PlanUndoAsync(World.Context, CancellationToken.None)).ShouldBeNull();
    }

    private HashSet<string> Asked() => [.. World.Teams.Commands.Where(IsOfMembers).Select(c => c.ToPowerShell())];

    private static bool IsOfMembers(TeamsCommand command) =>
        command.Name == "Get-CsOnlineUser" && command.ToPowerShell().Contains("UserPrincipalName", StringComparison.Ordinal);

    private Guid Instance => World.Teams.Instances.Single().ObjectId;

    /// <summary>The state after an onboarding and its un-grant.</summary>
    private async Task MakeAsync()
    {
        World.Teams.Policies.Clear();
        await World.RunAsync(World.Whitelisting);
        (await World.RunAsync(World.Policies)).IsFulfilled.ShouldBeTrue();
        await World.PlanAsync(World.Grants);
    }

    private async Task<StepPlan> UndoAsync()
    {
        var plan = (await World.Policies.PlanUndoAsync(World.Context, CancellationToken.None))!;
        StepTextsTests.ShouldBeSayable([plan.Choice, plan.Why, .. plan.Objects.SelectMany(o => (Sentence?[])[o.Kind, o.What, .. o.Notes, o.Action?.Title])]);
        return plan;
    }

    private async Task<StepOutcome> NextAsync() => await World.ApplyAsync(World.Policies, (await UndoAsync()).Actions.First());

    private async Task RunAsync()
    {
        for (var turn = 0; turn < 10 && (await UndoAsync()).Actions.FirstOrDefault() is { } action; turn++)
            (await World.ApplyAsync(World.Policies, action)).ShouldBeOfType<StepOutcome.Done>();
    }
}
