using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Policies;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Steps.Policies;

public sealed class PoliciesStepTests
{
    private const string Name = "luwarerecordingfailclose1";

    private readonly StepWorld world = new(StepWorld.Germany);

    [Fact]
    public async Task Before_the_object_ids_are_known_they_are_shown_as_known_later()
    {
        var plan = await world.PlanAsync(world.Policies);

        plan.Objects.Select(o => o.State).ShouldBe([ObjectState.Missing, ObjectState.Later, ObjectState.Later]);
        plan.Objects[1].Detail.ShouldContain("'Tag:luwarerecordingfailclose1/‹object id of Luware Recording MTDE 1›'");
        plan.Actions.Select(a => a.Command!.IsComplete).ShouldBe([true, false, false]);
    }

    [Fact]
    public async Task An_action_is_not_applied_before_its_values_are_known()
    {
        var plan = await world.PlanAsync(world.Policies);

        await Should.ThrowAsync<InvalidOperationException>(() => world.ApplyAsync(world.Policies, plan.Actions.Last()));
    }

    [Fact]
    public async Task The_commands_are_the_articles()
    {
        var (first, second) = await InstancesAsync();

        var plan = await world.PlanAsync(world.Policies);

        plan.Actions.Select(a => a.Command!.ToPowerShell()).ShouldBe(
        [
            $"New-CsTeamsComplianceRecordingPolicy -Enabled $true -Description 'Luware Recording Fail Close 1' -Identity '{Name}'",
            $"New-CsTeamsComplianceRecordingApplication -Identity 'Tag:{Name}/{first}' -RequiredBeforeCallEstablishment $true -RequiredDuringCall $true -RequiredBeforeMeetingJoin $true -RequiredDuringMeeting $true",
            $"Set-CsTeamsComplianceRecordingApplication -Identity 'Tag:{Name}/{first}' -ComplianceRecordingPairedApplications @(New-CsTeamsComplianceRecordingPairedApplication -Id '{second}')",
        ]);
        plan.Actions.ShouldAllBe(a => a.Roles.SequenceEqual(new[] { DirectoryRoles.GlobalAdministrator, DirectoryRoles.TeamsAdministrator }));
    }

    [Fact]
    public async Task Fail_open_sets_all_four_flags_to_false()
    {
        await InstancesAsync();
        world.Choices = world.Choices.With("policies", Open());

        var plan = await world.RunAsync(world.Policies);

        plan.IsFulfilled.ShouldBeTrue();
        world.Teams.Policies["luwarerecordingfailopen1"].Links.Single().Value.Flags.Values.ShouldAllBe(flag => !flag);
    }

    [Fact]
    public async Task A_policy_made_by_hand_without_pairing_is_completed_and_nothing_doubled()
    {
        var (first, second) = await InstancesAsync();
        world.Teams.Policies[Name] = new FakeTeams.Policy { Enabled = true, Links = { [first] = FakeTeams.Link.With(failClose: true) } };

        var plan = await world.PlanAsync(world.Policies);
        plan.Objects.Select(o => o.State).ShouldBe([ObjectState.Found, ObjectState.Found, ObjectState.Missing]);
        await world.RunAsync(world.Policies);

        world.Teams.Writes.Count(c => c.Name.Contains("Compliance", StringComparison.Ordinal)).ShouldBe(1);
        world.Teams.Policies[Name].Links[first].Paired.ShouldBe(second);
    }

    [Fact]
    public async Task Nobody_notices_a_policy_that_nobody_has()
    {
        await InstancesAsync();

        (await world.PlanAsync(world.Policies)).Actions.ShouldAllBe(a => a.Impact.People == 0 && !a.Impact.CanStopCalls);
    }

    [Fact]
    public async Task Changing_a_policy_that_groups_have_reaches_each_of_their_people_once_and_no_guest()
    {
        await InstancesAsync();
        world.Teams.Policies[Name] = new FakeTeams.Policy { Enabled = false };
        GrantToTwoOverlappingGroups();
        world.Directory.Groups.ForEach(g => world.Directory.AddGuest(g.Id));

        var actions = (await world.PlanAsync(world.Policies)).Actions.ToList();

        actions.ShouldAllBe(a => a.Impact.People == 4);
        actions.Where(a => a.Impact.CanStopCalls).Select(a => a.Key).ShouldBe(["link-application/1", "enable-policy"]);
    }

    [Fact]
    public async Task A_policy_that_was_there_before_may_be_anybodys_although_no_group_has_it()
    {
        var (first, _) = await InstancesAsync();
        world.Teams.Policies[Name] = new FakeTeams.Policy { Enabled = false, Links = { [first] = FakeTeams.Link.With(failClose: true) } };
        world.Teams.Policies[Name].Links[first].Flags["RequiredDuringCall"] = false;

        var plan = await world.PlanAsync(world.Policies);

        var gated = plan.Actions.Where(a => a.Impact.CanStopCalls).ToList();
        gated.Select(a => a.Key).ShouldBe(["set-rules/1", "enable-policy"]);
        gated.ShouldAllBe(a => a.Impact.IsUncounted);
        plan.Objects.Single(o => o.Key == "policy").Notes.Select(n => n.Key).ShouldBe(["Policies.Reach"]);
    }

    [Fact]
    public async Task A_policy_that_somebody_else_has_made_since_it_was_read_as_absent_may_be_anybodys()
    {
        await InstancesAsync();
        await world.PlanAsync(world.Policies);
        world.Teams.Policies[Name] = new FakeTeams.Policy { Enabled = true };

        (await world.PlanAsync(world.Policies)).Actions.First().Impact.IsUncounted.ShouldBeTrue();
    }

    [Fact]
    public async Task Linking_a_recorder_to_a_policy_that_was_there_before_is_gated()
    {
        await InstancesAsync();
        world.Teams.Policies[Name] = new FakeTeams.Policy { Enabled = true };

        (await world.PlanAsync(world.Policies)).Actions.First().Impact.IsUncounted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_policy_that_the_portal_makes_is_nobodys_until_it_is_complete()
    {
        var (first, _) = await InstancesAsync();
        for (var left = 3; left > 0; left--)
        {
            var plan = await world.PlanAsync(world.Policies);
            plan.Actions.Count().ShouldBe(left);
            plan.Actions.ShouldAllBe(a => !a.Impact.CanStopCalls);
            await world.ApplyAsync(world.Policies, plan.Actions.First());
        }

        (await world.PlanAsync(world.Policies)).IsFulfilled.ShouldBeTrue();
        world.Teams.Policies[Name].Links[first].Flags["RequiredDuringCall"] = false;
        (await world.PlanAsync(world.Policies)).Actions.Single().Impact.IsUncounted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_second_recorder_is_not_gated_but_taking_another_away_is()
    {
        var (first, _) = await InstancesAsync();
        var link = FakeTeams.Link.With(failClose: true);
        world.Teams.Policies[Name] = new FakeTeams.Policy { Enabled = true, Links = { [first] = link } };
        (await world.PlanAsync(world.Policies)).Actions.Single().Impact.ShouldBe(Impact.Nobody);

        link.Paired = Guid.NewGuid();

        (await world.PlanAsync(world.Policies)).Actions.Single().Impact.IsUncounted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_fail_open_change_stops_no_calls_unless_a_fail_close_application_is_switched_on_with_it()
    {
        var (first, _) = await InstancesAsync();
        world.Choices = world.Choices.With("policies", One(Name, RecordingRules.FailOpen));
        world.Teams.Policies[Name] = new FakeTeams.Policy { Enabled = false, Links = { [first] = FakeTeams.Link.With(failClose: true) } };
        GrantToTwoOverlappingGroups();

        var actions = (await world.PlanAsync(world.Policies)).Actions.ToDictionary(a => a.Key, a => a.Impact.CanStopCalls);

        actions["enable-policy"].ShouldBeTrue();
        actions["set-rules/1"].ShouldBeFalse();
    }

    [Fact]
    public async Task A_group_that_was_deleted_does_not_count()
    {
        await InstancesAsync();
        world.Teams.Policies[Name] = new FakeTeams.Policy { Enabled = false };
        world.Teams.GroupAssignments[Guid.NewGuid()] = Name;

        (await world.PlanAsync(world.Policies)).Actions.ShouldAllBe(a => a.Impact.People == 0);
    }

    [Fact]
    public async Task Applying_every_action_twice_changes_nothing_more()
    {
        await InstancesAsync();
        for (var i = 0; i < 3; i++)
        {
            var action = (await world.PlanAsync(world.Policies)).Actions.First();
            await world.ApplyAsync(world.Policies, action);
            (await world.ApplyAsync(world.Policies, action)).ShouldBeOfType<StepOutcome.Done>();
        }

        (await world.PlanAsync(world.Policies)).IsFulfilled.ShouldBeTrue();
        world.Teams.Policies.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("a/b", "Policies.Name.Separators")]
    [InlineData("Tag:a", "Policies.Name.Separators")]
    [InlineData("it's", "Policies.Name.Quotes")]
    [InlineData("it\u2019s", "Policies.Name.Quotes")]
    [InlineData("\u201Aa\u201B", "Policies.Name.Quotes")]
    [InlineData("a`n", "Policies.Name.Quotes")]
    [InlineData("a*", "Policies.Name.Patterns")]
    [InlineData("a\nb", "Policies.Name.Invisible")]
    [InlineData("a\u200Bb", "Policies.Name.Invisible")]
    [InlineData("a\uD800", "Policies.Name.Invisible")]
    [InlineData(" a", "Policies.Name.Spaces")]
    [InlineData("", "Policies.Name.Empty")]
    [InlineData("global", "Policies.Name.Reserved")]
    public async Task A_name_that_would_mean_something_else_is_refused_before_with_the_reason(string name, string reason)
    {
        world.Choices = world.Choices.With("policies", One(name, RecordingRules.FailClose));

        (await world.PlanAsync(world.Policies)).Questions.Single().Key.ShouldBe(reason);
    }

    [Fact]
    public void A_name_is_64_characters_at_most() =>
        (PolicyNames.Check(new string('a', 64)), PolicyNames.Check(new string('a', 65))?.Key).ShouldBe((null, "Policies.Name.TooLong"));

    [Theory]
    [InlineData("Recording (EU) & more 🎙️")]
    [InlineData("$(Get-Date)")]
    [InlineData("Aufzeichnung Zürich")]
    public async Task Every_other_name_arrives_as_it_was_typed(string name)
    {
        await InstancesAsync();
        world.Choices = world.Choices.With("policies", new PoliciesChoice([new(name, "it's “$(x)” `n", RecordingRules.FailClose)]));

        (await world.RunAsync(world.Policies)).IsFulfilled.ShouldBeTrue();

        world.Teams.Policies[name].Description.ShouldBe("it's “$(x)” `n");
    }

    [Theory]
    [InlineData(null, 256)]
    [InlineData("Policies.Description.TooLong", 257)]
    [InlineData("Policies.Description.Invisible", 1, "a\nb")]
    [InlineData("Policies.Description.Invisible", 1, "a\u200Bb")]
    public async Task A_description_that_would_not_arrive_as_it_was_typed_is_a_question(string? question, int times, string text = "a")
    {
        var description = string.Concat(Enumerable.Repeat(text, times));
        world.Choices = world.Choices.With("policies", new PoliciesChoice([new(Name, description, RecordingRules.FailClose)]));

        (await world.PlanAsync(world.Policies)).Questions.Select(q => q.Key).ShouldBe(question is null ? [] : [question]);
    }

    [Theory]
    [InlineData("PermissionDenied", "Access Denied.", typeof(PoliciesNotAllowed))]
    [InlineData("ObjectNotFound", "Cannot find any object with the identity.", typeof(InstanceOrPolicyNotKnown))]
    public void Expected_answers_are_explained(string category, string message, Type refusal) =>
        world.Policies.Explain(FakeTeams.Refusal(category, message).Answer!).ShouldBeOfType(refusal);

    private static PoliciesChoice Open() => new([PolicyChoice.Recommended(RecordingRules.FailOpen, [])]);

    private static PoliciesChoice One(string name, RecordingRules rules) => new([new(name, "x", rules)]);

    private async Task<(Guid First, Guid Second)> InstancesAsync()
    {
        await world.RunAsync(world.Whitelisting);
        return (world.Teams.Instances[0].ObjectId, world.Teams.Instances[1].ObjectId);
    }

    private void GrantToTwoOverlappingGroups()
    {
        var (one, two) = (world.Directory.AddGroup("One", people: 3), world.Directory.AddGroup("Two", people: 1));
        world.Directory.Members[two.Id].Add(world.Directory.Members[one.Id][0]);
        world.Directory.Members[two.Id].Add(new GroupMember(Guid.NewGuid(), MemberKind.Group, "Nested", null));
        world.Teams.GroupAssignments[one.Id] = Name;
        world.Teams.GroupAssignments[two.Id] = Name;
        world.Teams.GroupAssignments[Guid.NewGuid()] = "othervendor";
    }
}
