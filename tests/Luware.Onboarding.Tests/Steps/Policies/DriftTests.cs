using System.Text.Json.Nodes;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Steps.Policies;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Tests.Steps.Policies;

/// <summary>Later changes by others are found, named and repaired.</summary>
public sealed class DriftTests
{
    private const string Name = "luwarerecordingfailclose1";

    private readonly StepWorld germany = new(StepWorld.Germany);
    private readonly StepWorld switzerland = new(StepWorld.Switzerland);

    [Fact]
    public async Task A_switched_off_policy_is_switched_on_last_of_all()
    {
        var (link, _, _) = await CompleteAsync(germany);
        germany.Teams.Policies[Name].Enabled = false;
        link.Flags["RequiredDuringCall"] = false;
        link.Paired = null;

        var actions = (await germany.PlanAsync(germany.Policies)).Actions.ToList();

        actions.Select(a => a.Key).ShouldBe(["set-rules/1", "pair-application/2", "enable-policy"]);
        actions[^1].Command!.ToPowerShell().ShouldBe($"Set-CsTeamsComplianceRecordingPolicy -Identity '{Name}' -Enabled $true");
        await ShouldBeRepairedAsync(germany);
        germany.Teams.Policies[Name].Enabled.ShouldBeTrue();
    }

    [Theory]
    [InlineData("RequiredBeforeCallEstablishment", "Policies.Flag.BeforeCall")]
    [InlineData("RequiredDuringCall", "Policies.Flag.DuringCall")]
    [InlineData("RequiredBeforeMeetingJoin", "Policies.Flag.BeforeMeeting")]
    [InlineData("RequiredDuringMeeting", "Policies.Flag.DuringMeeting")]
    public async Task A_changed_flag_is_named_with_what_it_means_and_made_strict_again_through_the_gate(string flag, string words)
    {
        var (link, _, _) = await CompleteAsync(germany);
        link.Flags[flag] = false;

        var planned = (await germany.PlanAsync(germany.Policies)).Objects.Single(o => o.State != ObjectState.Found);

        planned.What.Arguments.ShouldBe([flag]);
        planned.Notes.Select(n => n.Key).ShouldBe([$"{words}.TooLax", "Policies.Reach"]);
        planned.Action!.Impact.IsUncounted.ShouldBeTrue();
        await ShouldBeRepairedAsync(germany);
        link.Flags.Values.ShouldAllBe(f => f);
    }

    [Fact]
    public async Task A_pilot_that_fails_open_becomes_one_that_fails_close_under_its_name_and_through_the_gate()
    {
        var pilot = PolicyChoice.Recommended(RecordingRules.FailOpen, []);
        switzerland.Choices = switzerland.Choices.With("policies", new PoliciesChoice([pilot]));
        await switzerland.RunAsync(switzerland.Whitelisting);
        var made = await switzerland.RunAsync(switzerland.Policies);
        made.Options[PoliciesStep.ExistingOption].Select(o => o.Value).ShouldBe([pilot.Name]);

        switzerland.Choices = switzerland.Choices.With("policies", new PoliciesChoice([pilot.With(RecordingRules.FailClose, [], exists: true)]));

        var stricter = (await switzerland.PlanAsync(switzerland.Policies)).Actions.Single(a => a.Key == "set-rules/1");
        (stricter.Command!.ToPowerShell().Contains(pilot.Name, StringComparison.Ordinal), stricter.Impact.CanStopCalls).ShouldBe((true, true));
    }

    [Fact]
    public async Task Whoever_has_the_policy_through_a_group_or_directly_is_counted_when_it_gets_stricter()
    {
        await InUseAsync(group: 2, direct: 3);

        var planned = (await switzerland.PlanAsync(switzerland.Policies)).Objects.Single(o => o.State != ObjectState.Found);

        planned.Action!.Impact.ShouldSatisfyAllConditions(i => i.CanStopCalls.ShouldBeTrue(), i => i.People.ShouldBe(5));
        planned.Notes[^1].Key.ShouldBe("Policies.Reach");
    }

    [Fact]
    public async Task Whoever_cannot_be_counted_when_a_policy_gets_stricter_is_missing_with_a_word()
    {
        await InUseAsync(group: 2, direct: 3);
        var gone = Guid.NewGuid();
        switzerland.Teams.GroupAssignments[gone] = Name;
        switzerland.Teams.Answers["Get-CsOnlineUser"] = FakeTeams.Refusal("InvalidArgument", "This filter is not supported.");

        var planned = (await switzerland.PlanAsync(switzerland.Policies)).Objects.Single(o => o.State != ObjectState.Found);

        planned.Action!.Impact.People.ShouldBe(2);
        planned.Notes.TakeLast(2).Select(n => (n.Key, n.Arguments[0])).ShouldBe([("Policies.Reach.Group", $"{gone}"), ("Policies.Reach.Direct", Name)]);
    }

    [Fact]
    public async Task A_flag_that_is_too_strict_is_loosened_without_the_gate()
    {
        germany.Choices = germany.Choices.With("policies", new PoliciesChoice([new(Name, FakeTeams.Description, RecordingRules.FailOpen)]));
        var (link, _, _) = await CompleteAsync(germany);
        link.Flags["RequiredDuringMeeting"] = true;

        var planned = (await germany.PlanAsync(germany.Policies)).Objects.Single(o => o.State != ObjectState.Found);

        planned.Notes.Single().Key.ShouldBe("Policies.Flag.DuringMeeting.TooStrict");
        planned.Action!.Impact.ShouldBe(Impact.Nobody);
        await ShouldBeRepairedAsync(germany);
    }

    [Fact]
    public async Task Another_description_is_shown_beside_the_wanted_one_and_nobody_notices_its_repair()
    {
        germany.Choices = germany.Choices.With("policies", new PoliciesChoice([new(Name, "Desk 7", RecordingRules.FailClose)]));
        await CompleteAsync(germany);
        germany.Teams.Policies[Name].Description = "Do not use";

        var planned = (await germany.PlanAsync(germany.Policies)).Objects.Single(o => o.State != ObjectState.Found);

        planned.What.Arguments.ShouldBe(["Do not use", "Desk 7"]);
        planned.Action!.Command!.ToPowerShell().ShouldBe($"Set-CsTeamsComplianceRecordingPolicy -Identity '{Name}' -Description 'Desk 7'");
        germany.Policies.Script(germany.Context).Select(p => p.Key).ShouldContain("describe-policy");
        planned.Action.Impact.ShouldBe(Impact.Nobody);
        await ShouldBeRepairedAsync(germany);
    }

    [Fact]
    public async Task A_default_that_nobody_typed_does_not_replace_somebodys_own_description()
    {
        await CompleteAsync(germany);
        germany.Teams.Policies[Name].Description = "EU desk 7, audit ref 123";

        (await germany.PlanAsync(germany.Policies)).IsFulfilled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_default_of_other_rules_is_replaced_by_the_one_of_the_chosen_rules()
    {
        germany.Choices = germany.Choices.With("policies", new PoliciesChoice([new(Name, "Luware Recording Fail Open 1", RecordingRules.FailOpen)]));
        await CompleteAsync(germany);
        germany.Teams.Policies[Name].Description = FakeTeams.Description;

        (await germany.PlanAsync(germany.Policies)).Actions.Single().Key.ShouldBe("describe-policy");
    }

    [Fact]
    public async Task A_switched_off_policy_with_another_description_is_repaired_in_one_go()
    {
        await CompleteAsync(germany);
        (germany.Teams.Policies[Name].Enabled, germany.Teams.Policies[Name].Description) = (false, null);

        (await germany.PlanAsync(germany.Policies)).Actions.Single().Command!.ToPowerShell()
            .ShouldBe($"Set-CsTeamsComplianceRecordingPolicy -Identity '{Name}' -Enabled $true -Description '{FakeTeams.Description}'");
        await ShouldBeRepairedAsync(germany);
    }

    [Fact]
    public async Task A_missing_pairing_is_made_without_the_gate_because_a_second_recorder_only_helps()
    {
        var (link, _, second) = await CompleteAsync(germany);
        link.Paired = null;

        var planned = (await germany.PlanAsync(germany.Policies)).Objects.Single(o => o.State != ObjectState.Found);

        (planned.State, planned.What.Key).ShouldBe((ObjectState.Missing, "Policies.Pairing.Missing"));
        planned.Action!.Impact.ShouldBe(Impact.Nobody);
        planned.Detail.ShouldContain($"New-CsTeamsComplianceRecordingPairedApplication -Id '{second}'");
        await ShouldBeRepairedAsync(germany);
        link.Paired.ShouldBe(second);
    }

    [Fact]
    public async Task A_wrong_pair_is_named_and_replaced_through_the_gate_because_a_recorder_is_taken_away()
    {
        var (link, first, second) = await CompleteAsync(germany);
        var other = Guid.NewGuid();
        link.Paired = other;

        var planned = (await germany.PlanAsync(germany.Policies)).Objects.Single(o => o.State != ObjectState.Found);

        (planned.State, planned.What.Key).ShouldBe((ObjectState.Different, "Policies.Pairing.Other"));
        planned.What.Arguments.ShouldBe([$"{other}"]);
        planned.Action!.Command!.ToPowerShell().ShouldBe(
            $"Set-CsTeamsComplianceRecordingApplication -Identity 'Tag:{Name}/{first}' -ComplianceRecordingPairedApplications @(New-CsTeamsComplianceRecordingPairedApplication -Id '{second}')");
        planned.Action.Impact.IsUncounted.ShouldBeTrue();
        await ShouldBeRepairedAsync(germany);
        link.Paired.ShouldBe(second);
    }

    [Fact]
    public async Task Of_more_than_one_pair_only_the_right_one_stays()
    {
        var (link, _, second) = await CompleteAsync(germany);
        var writes = germany.Teams.Writes.Count();
        germany.Teams.OtherModule = found =>
        {
            if (germany.Teams.Writes.Count() == writes && found["ComplianceRecordingPairedApplications"] is JsonArray pairs)
                pairs.Add(new JsonObject { ["Id"] = $"{Guid.NewGuid()}" });
        };

        (await germany.PlanAsync(germany.Policies)).Objects.Single(o => o.State != ObjectState.Found).What.Key.ShouldBe("Policies.Pairing.Several");
        await ShouldBeRepairedAsync(germany);
        link.Paired.ShouldBe(second);
    }

    [Fact]
    public async Task Several_invitations_in_place_of_a_pairing_go_back_to_one()
    {
        var (link, _, second) = await CompleteAsync(germany);
        (link.Paired, link.Invitations) = (null, 2);

        var planned = (await germany.PlanAsync(germany.Policies)).Objects.Single(o => o.State != ObjectState.Found);

        planned.What.Key.ShouldBe("Policies.Pairing.Invitations");
        planned.Detail.ShouldContain("-ConcurrentInvitationCount 1");
        planned.Action!.Impact.IsUncounted.ShouldBeTrue();
        await ShouldBeRepairedAsync(germany);
        (link.Invitations, link.Paired).ShouldBe((1, second));
    }

    [Fact]
    public async Task Where_there_is_one_recorder_it_is_invited_once()
    {
        var (link, first, _) = await CompleteAsync(switzerland);
        link.Invitations = 2;

        var planned = (await switzerland.PlanAsync(switzerland.Policies)).Objects.Single(o => o.State != ObjectState.Found);

        planned.What.Arguments.ShouldBe(["ConcurrentInvitationCount"]);
        planned.Notes[0].ShouldSatisfyAllConditions(n => n.Key.ShouldBe("Policies.Drift.Invitations"), n => n.Arguments.ShouldBe(["2"]));
        planned.Action!.Command!.ToPowerShell().ShouldStartWith($"Set-CsTeamsComplianceRecordingApplication -Identity 'Tag:{Name}/{first}' ");
        await ShouldBeRepairedAsync(switzerland);
        link.Invitations.ShouldBe(1);
    }

    [Fact]
    public async Task A_pairing_that_the_region_does_not_have_is_removed()
    {
        var (link, first, _) = await CompleteAsync(switzerland);
        link.Paired = Guid.NewGuid();

        var planned = (await switzerland.PlanAsync(switzerland.Policies)).Objects.Single(o => o.State != ObjectState.Found);

        planned.What.Key.ShouldBe("Policies.Pairing.Unwanted");
        planned.Action!.Command!.ToPowerShell().ShouldBe(
            $"Set-CsTeamsComplianceRecordingApplication -Identity 'Tag:{Name}/{first}' -ComplianceRecordingPairedApplications $null");
        await ShouldBeRepairedAsync(switzerland);
        link.Paired.ShouldBeNull();
    }

    [Fact]
    public async Task Anothers_application_within_our_policy_is_shown_and_left_alone()
    {
        await CompleteAsync(germany);
        var stranger = Guid.NewGuid();
        germany.Teams.Policies[Name].Links[stranger] = FakeTeams.Link.With(failClose: true);

        var plan = await germany.PlanAsync(germany.Policies);

        plan.IsFulfilled.ShouldBeTrue();
        var policy = plan.Objects.Single(o => o.Key == "policy");
        policy.What.Key.ShouldBe("Policies.Policy.FoundWithOthers");
        policy.Notes.Single().Arguments[0].ShouldBe($"{stranger}");
    }

    [Fact]
    public async Task A_second_recorder_that_is_invited_on_its_own_as_well_goes_through_the_gate_and_stays_paired()
    {
        var (_, _, second) = await CompleteAsync(germany);
        germany.Teams.Policies[Name].Links[second] = FakeTeams.Link.With(failClose: true);

        var plan = await germany.PlanAsync(germany.Policies);

        plan.Objects.Single(o => o.Key == "policy").Notes.ShouldBeEmpty();
        plan.Objects.Single(o => o.Key == "pairing").What.Key.ShouldBe("Policies.Pairing.FoundTwice");
        var alone = plan.Objects.Single(o => o.State != ObjectState.Found);
        (alone.Key, alone.State, alone.What.Key, alone.Action!.Impact.CanStopCalls)
            .ShouldBe(("link/2", ObjectState.Different, "Policies.Link.SecondAlone", true));
        alone.Action!.Command!.ToPowerShell().ShouldBe($"Remove-CsTeamsComplianceRecordingApplication -Identity 'Tag:{Name}/{second}'");
        await ShouldBeRepairedAsync(germany);
        germany.Teams.Policies[Name].Links.Single().Value.Paired.ShouldBe(second);
    }

    [Fact]
    public async Task A_script_takes_the_second_recorder_out_as_an_application_of_its_own_once_it_is_paired()
    {
        await CompleteAsync(germany);

        var parts = germany.Policies.Script(germany.Context).OfType<ScriptPart.Made>().ToList();

        var keys = parts.Select(p => p.Key).ToList();
        keys.IndexOf("unlink-application/2").ShouldBe(keys.IndexOf("pair-application/2") + 1);
        var part = parts.Single(p => p.Key == "unlink-application/2");
        part.Make.Name.ShouldBe("Remove-CsTeamsComplianceRecordingApplication");
        part.Make.Parameters.ShouldHaveSingleItem().Value.ShouldBeOfType<TeamsValue.Later>().Variable.ShouldBe("instance2");
        part.Find.ShouldContain("('Tag:" + Name + "/' + $instance2)");
        part.CanStopCalls.ShouldBeTrue();
        switzerland.Policies.Script(switzerland.Context).ShouldNotContain(p => p.Key == "unlink-application/2");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_recorder_that_the_policy_of_the_whole_tenant_invites_is_shown_with_its_warning_and_left_to_people(bool enabled)
    {
        var (_, link, _) = await CompleteAsync(germany);
        var global = germany.Teams.Policies["Global"] = new FakeTeams.Policy { Enabled = enabled };
        global.Links[link] = FakeTeams.Link.With(failClose: true);
        global.Links[Guid.NewGuid()] = FakeTeams.Link.With(failClose: true);

        var plan = await germany.PlanAsync(germany.Policies);

        plan.IsFulfilled.ShouldBeTrue("nobody knows who relies on it");
        var shown = plan.Objects.Where(o => o.Kind.Key == "Policies.Kind.Global").ToList();
        shown.Count.ShouldBe(enabled ? 1 : 0, "one that is switched off invites nobody");
        shown.ShouldAllBe(o => o.IsAside && o.Warnings[0].Key == "Policies.Global.Everybody"
            && o.Warnings[1].Arguments[0].Contains($"-Identity 'Global/{link}'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tenant_that_moves_to_another_region_waits_for_the_recorder_of_the_former_one_no_longer()
    {
        var (_, former, _) = await CompleteAsync(switzerland);
        switzerland.Region = StepWorld.Germany;
        await switzerland.RunAsync(switzerland.Whitelisting);

        var plan = await switzerland.PlanAsync(switzerland.Policies);

        plan.Objects.Single(o => o.Key == "policy").Notes.ShouldNotContain(n => n.Key == "Policies.Link.Stranger");
        plan.Actions.Select(a => a.Key).ShouldBe(["link-application/1", "pair-application/2", $"unlink-application/{former}"]);
        plan.Actions.Last().Impact.CanStopCalls.ShouldBeTrue();
        await ShouldBeRepairedAsync(switzerland);
        switzerland.Teams.Policies[Name].Links.Keys.ShouldHaveSingleItem().ShouldNotBe(former);
    }

    [Fact]
    public async Task A_script_takes_the_recorder_of_the_former_region_out_last_and_behind_the_gate()
    {
        var (_, former, _) = await CompleteAsync(switzerland);
        switzerland.Region = StepWorld.Germany;
        await switzerland.RunAsync(switzerland.Whitelisting);

        var parts = switzerland.Policies.Script(switzerland.Context).OfType<ScriptPart.Made>().ToList();

        var keys = parts.Select(p => p.Key).ToList();
        keys[keys.IndexOf("pair-application/2")..].ShouldBe(
            ["pair-application/2", "unlink-application/2", $"unlink-application/{former}", "enable-policy"]);
        var part = parts.Single(p => p.Key == $"unlink-application/{former}");
        part.Make.ToPowerShell().ShouldBe($"Remove-CsTeamsComplianceRecordingApplication -Identity 'Tag:{Name}/{former}'");
        part.CanStopCalls.ShouldBeTrue();
    }

    [Fact]
    public async Task A_recorder_of_a_former_region_that_somebody_else_takes_out_meanwhile_is_out()
    {
        var (_, former, _) = await CompleteAsync(switzerland);
        switzerland.Region = StepWorld.Germany;
        await switzerland.RunAsync(switzerland.Whitelisting);
        var unlink = (await switzerland.PlanAsync(switzerland.Policies)).Actions.Last();
        switzerland.Teams.Policies[Name].Links.Remove(former);

        (await switzerland.ApplyAsync(switzerland.Policies, unlink)).ShouldBeOfType<StepOutcome.Done>();
    }

    [Fact]
    public async Task An_instance_of_an_earlier_attempt_is_invited_no_longer_beside_the_one_that_is_used()
    {
        var (_, wanted, _) = await CompleteAsync(switzerland);
        var earlier = new FakeTeams.Instance(Guid.NewGuid(), "luwarerecording-mtch-1@old.example.com", StepWorld.Switzerland.Applications[0].ApplicationId);
        switzerland.Teams.Instances.Add(earlier);
        switzerland.Teams.Policies[Name].Links[earlier.ObjectId] = FakeTeams.Link.With(failClose: true);
        await switzerland.PlanAsync(switzerland.Whitelisting);

        var planned = (await switzerland.PlanAsync(switzerland.Policies)).Objects.Single(o => o.State != ObjectState.Found);

        (planned.What.Key, planned.What.Arguments[0]).ShouldBe(("Policies.Link.Former", earlier.UserPrincipalName));
        await ShouldBeRepairedAsync(switzerland);
        switzerland.Teams.Policies[Name].Links.Keys.ShouldHaveSingleItem().ShouldBe(wanted);
    }

    [Fact]
    public async Task A_policy_stops_inviting_an_instance_that_was_deleted_however_often_it_was_read_meanwhile()
    {
        var (_, deleted, _) = await CompleteAsync(switzerland);
        switzerland.Teams.Instances.Clear();
        await switzerland.PlanAsync(switzerland.Whitelisting);
        await switzerland.RunAsync(switzerland.Whitelisting);

        var plan = await switzerland.PlanAsync(switzerland.Policies);

        plan.Objects.Single(o => o.Key == "policy").Notes.ShouldNotContain(n => n.Key == "Policies.Link.Stranger");
        plan.Actions.Select(a => (a.Key, a.Impact.CanStopCalls)).ShouldBe([("link-application/1", true), ($"unlink-application/{deleted}", true)]);
        await ShouldBeRepairedAsync(switzerland);
        switzerland.Teams.Policies[Name].Links.Keys.ShouldHaveSingleItem().ShouldBe(switzerland.Teams.Instances.Single().ObjectId);
    }

    [Fact]
    public async Task A_policy_stops_inviting_an_adopted_instance_whose_application_id_was_renewed()
    {
        switzerland.Region = StepWorld.SwitzerlandBefore;
        var adopted = switzerland.Teams.AddInstance("recorder@contoso.com", StepWorld.SwitzerlandBefore.Applications[0].ApplicationId);
        await CompleteAsync(switzerland);
        switzerland.Region = StepWorld.Switzerland;
        await switzerland.RunAsync(switzerland.Whitelisting);

        var plan = await switzerland.PlanAsync(switzerland.Policies);

        plan.Actions.Select(a => a.Key).ShouldBe(["link-application/1", $"unlink-application/{adopted.ObjectId}"]);
        plan.Objects[^1].What.Arguments.ShouldBe([adopted.UserPrincipalName]);
        await ShouldBeRepairedAsync(switzerland);
        switzerland.Teams.Policies[Name].Links.Keys.ShouldHaveSingleItem().ShouldNotBe(adopted.ObjectId);
    }

    [Fact]
    public async Task An_instance_that_is_listed_again_is_wanted_again()
    {
        var (_, wanted, _) = await CompleteAsync(switzerland);
        var instance = switzerland.Teams.Instances.Single();
        switzerland.Teams.Instances.Clear();
        await switzerland.PlanAsync(switzerland.Whitelisting);
        switzerland.Teams.Instances.Add(instance);
        await switzerland.PlanAsync(switzerland.Whitelisting);

        (await switzerland.PlanAsync(switzerland.Policies)).IsFulfilled.ShouldBeTrue();
        switzerland.Teams.Policies[Name].Links.Keys.ShouldHaveSingleItem().ShouldBe(wanted);
    }

    [Fact]
    public async Task What_is_approved_at_once_covers_every_impact_on_the_way()
    {
        var (link, _, _) = await CompleteAsync(germany);
        germany.Teams.Policies[Name].Enabled = false;
        link.Flags.Keys.ToList().ForEach(f => link.Flags[f] = false);
        link.Paired = Guid.NewGuid();

        var approved = (await germany.PlanAsync(germany.Policies)).Actions.ToDictionary(a => a.Key, a => a.Impact);
        foreach (var _ in approved)
        {
            var next = (await germany.PlanAsync(germany.Policies)).Actions.First();
            (next.Impact.CanStopCalls && !approved[next.Key].CanStopCalls).ShouldBeFalse(next.Key);
            await germany.ApplyAsync(germany.Policies, next);
        }

        (await germany.PlanAsync(germany.Policies)).IsFulfilled.ShouldBeTrue();
    }

    /// <summary>Everything was created and verified once, so the policy counts as in use.</summary>
    private static async Task<(FakeTeams.Link Link, Guid First, Guid Second)> CompleteAsync(StepWorld world)
    {
        await world.RunAsync(world.Whitelisting);
        (await world.RunAsync(world.Policies)).IsFulfilled.ShouldBeTrue();
        var (first, link) = world.Teams.Policies[Name].Links.Single();
        return (link, first, link.Paired ?? Guid.Empty);
    }

    /// <summary>A policy that fails open is complete, people have it, and the choice makes it fail close.</summary>
    private async Task InUseAsync(int group, int direct)
    {
        switzerland.Choices = switzerland.Choices.With("policies", new PoliciesChoice([new(Name, FakeTeams.Description, RecordingRules.FailOpen)]));
        await CompleteAsync(switzerland);
        switzerland.Teams.GroupAssignments[switzerland.Directory.AddGroup("Traders", group).Id] = Name;
        for (var i = 0; i < direct; i++)
            switzerland.Teams.DirectAssignments[Guid.NewGuid()] = Name;
        switzerland.Choices = switzerland.Choices.With("policies", new PoliciesChoice([new(Name, FakeTeams.Description, RecordingRules.FailClose)]));
    }

    private static async Task ShouldBeRepairedAsync(StepWorld world) => (await world.RunAsync(world.Policies)).IsFulfilled.ShouldBeTrue();
}
