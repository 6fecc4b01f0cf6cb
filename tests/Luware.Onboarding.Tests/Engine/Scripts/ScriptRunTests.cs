using System.Text.Json;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.Whitelisting;
using Luware.Onboarding.Tests.Steps;

namespace Luware.Onboarding.Tests.Engine.Scripts;

/// <summary>The scripts of the real steps, run by PowerShell's own engine.</summary>
public sealed class ScriptRunTests : IDisposable
{
    private readonly FakeTeams teams;
    private readonly Guid group;
    private readonly Guid tester;
    private readonly ScriptShell shell;

    public ScriptRunTests()
    {
        var directory = new FakeDirectory();
        group = directory.AddGroup("Traders", people: 1).Id;
        tester = directory.Members[group][0].Id;
        teams = new FakeTeams(directory, TimeProvider.System);
        shell = new ScriptShell(teams, Scripts.Tenant);
    }

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData("MTCH", 4)]
    [InlineData("MTDE", 6)]
    public void The_whole_script_does_everything_but_the_consent_and_a_second_run_writes_nothing(string region, int writes)
    {
        var script = Scripts.Whole(Region(region), Choices());
        teams.DirectAssignments[tester] = "luwarerecordingfailclose1";

        var first = shell.Run(script, "TestCallDone");
        States(first.Result).ShouldAllBe(s => s == "made" || s == "byHand" || s == "found");
        teams.Writes.Count().ShouldBe(writes);
        first.ExitCode.ShouldBe(2);

        var second = shell.Run(script, "TestCallDone");
        States(second.Result).Distinct().ShouldBe(["byHand", "found"]);
        teams.Writes.Count().ShouldBe(writes);
        teams.Policies["luwarerecordingfailclose1"].Links.ShouldHaveSingleItem().Value.Flags.Values.ShouldAllBe(required => required);
        teams.GroupAssignments.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create(group, "luwarerecordingfailclose1"));
    }

    [Fact]
    public void The_undo_script_takes_back_what_it_can_and_never_calls_a_refused_question_a_thing_that_is_gone()
    {
        const string Policy = "luwarerecordingfailclose1";
        var script = UndoScripts.Frame(Scripts.Tenant, "grants", DateTimeOffset.UnixEpoch,
            [GrantCommands.UngrantScript(group, Policy), GrantCommands.TakeBackScript(tester, Policy)]);
        teams.Policies[Policy] = new FakeTeams.Policy();
        (teams.GroupAssignments[group], teams.DirectAssignments[tester]) = (Policy, Policy);
        teams.Answers["Get-CsGroupPolicyAssignment"] = FakeTeams.Refusal("ServiceUnavailable", "Service is too busy.");

        shell.RunAlone(script).ShouldBe("Not everything was taken back. Run this script again.");
        (teams.GroupAssignments.Count, teams.DirectAssignments.Count).ShouldBe((1, 0));
        shell.Said.ShouldNotContain(s => s.Contains("Nothing was changed", StringComparison.Ordinal));

        teams.Answers.Clear();
        shell.RunAlone(script).ShouldBeNull();
        teams.GroupAssignments.ShouldBeEmpty();
    }

    [Fact]
    public void The_undo_script_does_not_say_that_it_took_back_what_was_refused()
    {
        const string Policy = "luwarerecordingfailclose1";
        (teams.GroupAssignments[group], teams.DirectAssignments[tester]) = (Policy, Policy);
        teams.Answers["Remove-CsGroupPolicyAssignment"] = teams.Answers["Get-CsUserPolicyAssignment"] = FakeTeams.Refusal("PermissionDenied", "Access Denied.");
        var script = UndoScripts.Frame(Scripts.Tenant, "grants", DateTimeOffset.UnixEpoch,
            [GrantCommands.UngrantScript(group, Policy), GrantCommands.TakeBackScript(tester, Policy)]);

        shell.RunAlone(script).ShouldBe("Not everything was taken back. Run this script again.");

        shell.Said.Count.ShouldBe(2);
        shell.Said.ShouldAllBe(s => s.StartsWith("This was not taken back: ", StringComparison.Ordinal)
            && s.Contains("Access Denied", StringComparison.Ordinal));
    }

    [Fact]
    public void The_undo_script_takes_back_a_grant_that_does_not_show_yet()
    {
        teams.DirectAssignments[tester] = "luwarerecordingfailclose1";
        teams.Answers["Get-CsUserPolicyAssignment"] = FakeTeams.Refusal("ObjectNotFound", "A policy assignment was not found for the user.");

        var script = UndoScripts.Frame(Scripts.Tenant, "grants", DateTimeOffset.UnixEpoch, [GrantCommands.TakeBackScript(tester, "luwarerecordingfailclose1")]);
        shell.RunAlone(script).ShouldBeNull();

        teams.DirectAssignments.ShouldBeEmpty();
    }

    [Fact]
    public void The_undo_script_has_nothing_to_take_back_from_somebody_who_was_deleted()
    {
        teams.Answers["Get-CsUserPolicyAssignment"] = teams.Answers["Grant-CsTeamsComplianceRecordingPolicy"] =
            FakeTeams.Refusal("ObjectNotFound", "The user was not found.");

        var script = UndoScripts.Frame(Scripts.Tenant, "grants", DateTimeOffset.UnixEpoch, [GrantCommands.TakeBackScript(tester, "luwarerecordingfailclose1")]);
        shell.RunAlone(script).ShouldBeNull();

        teams.Writes.Select(c => c.Name).ShouldBe(["Grant-CsTeamsComplianceRecordingPolicy"]);
    }

    [Fact]
    public void The_undo_script_changes_nothing_in_another_tenant()
    {
        shell.SignedInTo = Guid.NewGuid();
        teams.GroupAssignments[group] = "luwarerecordingfailclose1";

        shell.RunAlone(UndoScripts.Frame(Scripts.Tenant, "grants", DateTimeOffset.UnixEpoch, [GrantCommands.UngrantScript(group, "luwarerecordingfailclose1")]))
            .ShouldBe("You are signed in to another tenant. Nothing was changed.");

        teams.GroupAssignments.ShouldNotBeEmpty();
    }

    [Fact]
    public void Step_after_step_each_script_finds_what_the_one_before_it_made()
    {
        foreach (var step in (string[])["whitelisting", "policies"])
            shell.Run(Scripts.Of(step, StepWorld.Germany, Choices())).ExitCode.ShouldBe(0, step);

        teams.Policies.ShouldHaveSingleItem().Value.Links.ShouldHaveSingleItem().Value.Paired.ShouldBe(teams.Instances[1].ObjectId);
    }

    [Fact]
    public void The_group_gets_the_policy_after_one_test_user_and_a_test_call_and_the_test_users_own_grant_goes_in_the_end()
    {
        const string Policy = "luwarerecordingfailclose1";
        var script = Scripts.Of("grants", StepWorld.Switzerland, Choices());
        teams.Policies[Policy] = new FakeTeams.Policy();

        var trial = shell.Run(script);
        States(trial.Result).ShouldBe(["made", "byHand", "byHand"]);
        (teams.DirectAssignments[tester], teams.GroupAssignments.Count, trial.ExitCode).ShouldBe((Policy, 0, 2));

        var release = shell.Run(script, "TestCallDone");
        States(release.Result).ShouldBe(["found", "made", "byHand"]);
        teams.DirectAssignments.ShouldNotBeEmpty();

        teams.Reached.Add(tester);
        var end = shell.Run(script);
        States(end.Result).ShouldBe(["found", "found", "made"]);
        end.ExitCode.ShouldBe(0);
        teams.DirectAssignments.ShouldBeEmpty();

        shell.Run(script).ExitCode.ShouldBe(0);
        teams.Writes.Count().ShouldBe(3);
    }

    [Fact]
    public void Without_the_instance_the_policies_script_says_which_script_comes_first_and_writes_nothing()
    {
        var (exitCode, result, _) = shell.Run(Scripts.Of("policies", StepWorld.Switzerland, Choices()));

        exitCode.ShouldBe(1);
        result.GetProperty("problem").GetString()
            .ShouldBe("The application instance of Luware Recording MTCH 1 is not there yet: run the script of the step Whitelisting first");
        States(result).ShouldBe(["failed"]);
        teams.Writes.ShouldBeEmpty();
    }

    [Fact]
    public void Before_Luware_is_ready_nothing_that_could_stop_calls_is_made()
    {
        var (exitCode, result, _) = shell.Run(Scripts.Whole(StepWorld.Switzerland, Choices(), ready: false));

        exitCode.ShouldBe(2);
        States(result, "leftOut").ShouldBe(
        [
            "link-application/1", "set-rules/1", "unpair-application/1", $"trial/{tester}/luwarerecordingfailclose1",
            $"grant/{group}/luwarerecordingfailclose1",
        ]);
        teams.Writes.Select(w => w.Name).ShouldBe(["New-CsOnlineApplicationInstance", "New-CsTeamsComplianceRecordingPolicy"]);
    }

    [Fact]
    public void Several_policies_get_rules_of_their_own_and_what_was_changed_is_repaired()
    {
        var own = new RecordingRules(BeforeCall: true, DuringCall: false, BeforeMeeting: true, DuringMeeting: false);
        var choices = Choices().With("policies", new PoliciesChoice(
            [PolicyChoice.Recommended(RecordingRules.FailClose, []), new("Back office", "Some of it", own)]));
        shell.Run(Scripts.Whole(StepWorld.Germany, choices));
        var (first, link) = teams.Policies["Back office"].Links.Single();
        (teams.Policies["Back office"].Enabled, teams.Policies["Back office"].Description, link.Flags["RequiredDuringCall"], link.Paired) =
            (false, "x", true, Guid.NewGuid());
        teams.Policies["Back office"].Links[teams.Policies["luwarerecordingfailclose1"].Links[first].Paired!.Value] = FakeTeams.Link.With(failClose: true);

        var (_, result, _) = shell.Run(Scripts.Whole(StepWorld.Germany, choices));

        States(result, "made").ShouldBe(
        [
            "describe-policy/Back office", "set-rules/1/Back office", "pair-application/2/Back office", "unlink-application/2/Back office",
            "enable-policy/Back office",
        ]);
        teams.Policies["Back office"].Links.Keys.ShouldBe([first]);
        (teams.Policies["Back office"].Enabled, teams.Policies["Back office"].Description, link.Flags["RequiredDuringCall"])
            .ShouldBe((true, "Some of it", false));
        link.Paired.ShouldBe(teams.Policies["luwarerecordingfailclose1"].Links[first].Paired);
    }

    [Fact]
    public void The_recorder_of_a_former_region_goes_unless_the_script_uses_it_itself()
    {
        var (former, used) = (Guid.NewGuid(), teams.AddInstance("luwarerecording-mtch-1@contoso.com", StepWorld.Switzerland.Applications[0].ApplicationId));
        var policy = teams.Policies["luwarerecordingfailclose1"] = new FakeTeams.Policy { Enabled = true };
        policy.Links[former] = policy.Links[used.ObjectId] = FakeTeams.Link.With(failClose: true);
        var known = new[] { former, used.ObjectId }.ToDictionary(id => $"whitelisting/former/{id}", id => $"{id}");

        var (exitCode, result, _) = shell.Run(Scripts.Of("policies", StepWorld.Switzerland, Choices(), known: known));

        States(result, "made").ShouldBe([$"unlink-application/{former}"]);
        policy.Links.Keys.ShouldBe([used.ObjectId]);
        exitCode.ShouldBe(0);
    }

    [Fact]
    public void An_instance_of_the_wanted_name_and_another_application_is_left_to_the_portal()
    {
        teams.AddInstance("luwarerecording-mtch-1@contoso.com", Guid.NewGuid());

        var (exitCode, result, _) = shell.Run(Scripts.Of("whitelisting", StepWorld.Switzerland, Choices()));

        States(result).ShouldBe(["byHand"]);
        Objects(result).Single().GetProperty("message").GetString()!.ShouldContain("luwarerecording-mtch-1@contoso.com stands for another application");
        teams.Writes.ShouldBeEmpty();
        exitCode.ShouldBe(2);
    }

    [Fact]
    public void A_strict_mode_of_the_persons_own_session_stops_no_script()
    {
        shell.IsStrict = true;
        var script = Scripts.Whole(StepWorld.Germany, Choices());

        var (exitCode, result, _) = shell.Run(script);

        result.GetProperty("problem").ValueKind.ShouldBe(JsonValueKind.Null);
        exitCode.ShouldBe(2);
        teams.Policies.ShouldHaveSingleItem().Value.Links.ShouldHaveSingleItem();
        shell.RunAlone(UndoScripts.Frame(Scripts.Tenant, "grants", DateTimeOffset.UnixEpoch,
            [GrantCommands.TakeBackScript(tester, "luwarerecordingfailclose1")])).ShouldBeNull();
        teams.DirectAssignments.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "made")]
    [InlineData("Luware Recording Fail Open 2", "made")]
    [InlineData("EU desk 7, audit ref 123", "found")]
    public void The_recommended_description_replaces_nothing_and_older_defaults_and_never_somebodys_own_words(string found, string state)
    {
        shell.Run(Scripts.Whole(StepWorld.Switzerland, Choices()));
        var policy = teams.Policies["luwarerecordingfailclose1"];
        policy.Description = found;

        var result = shell.Run(Scripts.Of("policies", StepWorld.Switzerland, Choices())).Result;

        Objects(result).Single(o => o.GetProperty("id").GetString() == "describe-policy").GetProperty("state").GetString().ShouldBe(state);
        policy.Description.ShouldBe(state == "made" ? "Luware Recording Fail Close 1" : found);
    }

    [Fact]
    public void A_policy_that_the_portal_began_with_can_be_finished_before_Luware_is_ready()
    {
        var known = new Dictionary<string, string> { ["policies/new/luwarerecordingfailclose1"] = "luwarerecordingfailclose1" };

        var (_, result, _) = shell.Run(Scripts.Whole(StepWorld.Germany, Choices(), ready: false, known));

        States(result, "leftOut").ShouldBe([$"trial/{tester}/luwarerecordingfailclose1", $"grant/{group}/luwarerecordingfailclose1"]);
        teams.DirectAssignments.ShouldBeEmpty();
        teams.GroupAssignments.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_policy_that_somebody_else_has_made_and_granted_meanwhile_is_left_to_people(bool toGroup)
    {
        var known = new Dictionary<string, string> { ["policies/new/luwarerecordingfailclose1"] = "luwarerecordingfailclose1" };
        var link = FakeTeams.Link.With(failClose: false);
        var instance = teams.AddInstance("luwarerecording-mtch-1@contoso.com", StepWorld.Switzerland.Applications[0].ApplicationId);
        teams.Policies["luwarerecordingfailclose1"] = new FakeTeams.Policy { Links = { [instance.ObjectId] = link } };
        if (toGroup)
            teams.GroupAssignments[group] = "luwarerecordingfailclose1";
        else
            teams.DirectAssignments[tester] = "luwarerecordingfailclose1";

        var (exitCode, result, _) = shell.Run(Scripts.Of("policies", StepWorld.Switzerland, Choices(), ready: false, known: known));

        States(result, "byHand").ShouldBe(["set-rules/1", "enable-policy"]);
        link.Flags.Values.ShouldAllBe(required => !required);
        teams.Policies["luwarerecordingfailclose1"].Enabled.ShouldBeFalse();
        exitCode.ShouldBe(2);
    }

    [Fact]
    public void Another_tenant_than_the_one_in_the_script_is_left_alone()
    {
        shell.SignedInTo = Guid.NewGuid();

        var (exitCode, result, _) = shell.Run(Scripts.Whole(StepWorld.Switzerland, Choices()));

        exitCode.ShouldBe(1);
        result.GetProperty("problem").GetString()!.ShouldStartWith("You signed in to another tenant");
        result.GetProperty("steps").GetArrayLength().ShouldBe(0);
        teams.Commands.ShouldBeEmpty();
    }

    [Fact]
    public void A_module_that_is_missing_or_too_old_is_said_with_the_command_that_installs_it()
    {
        shell.ModuleFault = "The specified module 'MicrosoftTeams' was not loaded.";

        var (exitCode, result, _) = shell.Run(Scripts.Of("whitelisting", StepWorld.Switzerland, Choices()));

        exitCode.ShouldBe(1);
        result.GetProperty("problem").GetString()!.ShouldContain("Install-Module MicrosoftTeams");
    }

    [Fact]
    public void What_Teams_does_not_know_yet_is_waited_for_and_looked_at_again()
    {
        teams.Answers["New-CsTeamsComplianceRecordingApplication"] = FakeTeams.Refusal("ObjectNotFound", "The application instance was not found.");
        var waited = 0;
        shell.OnWait = _ => teams.Answers.Remove("New-CsTeamsComplianceRecordingApplication", out var __).ShouldBe(++waited == 1);
        teams.AddInstance("luwarerecording-mtch-1@contoso.com", StepWorld.Switzerland.Applications[0].ApplicationId);

        shell.Run(Scripts.Of("policies", StepWorld.Switzerland, Choices())).ExitCode.ShouldBe(0);

        waited.ShouldBe(1);
    }

    [Fact]
    public void A_refusal_stops_the_script_and_stands_in_its_result()
    {
        teams.Answers["New-CsTeamsComplianceRecordingPolicy"] = FakeTeams.Refusal("PermissionDenied", "Access Denied.");

        var (exitCode, result, _) = shell.Run(Scripts.Whole(StepWorld.Switzerland, Choices()));

        exitCode.ShouldBe(1);
        result.GetProperty("problem").GetString()!.ShouldContain("Access Denied.");
        States(result).ShouldBe(["byHand", "made", "failed"]);
        shell.Said.ShouldContain(line => line.Contains("The script has stopped:"));
    }

    [Fact]
    public void The_script_leaves_its_transcript_and_a_result_that_the_portal_reads()
    {
        var (_, _, json) = shell.Run(Scripts.Of("whitelisting", StepWorld.Germany, Choices()));

        shell.Files.ShouldBe([$"luware-whitelisting-{Scripts.Tenant}.log", $"luware-whitelisting-{Scripts.Tenant}.result.json", "script.ps1"]);
        var (result, fault) = ScriptResult.Read(json, Scripts.Tenant, _ => true);
        fault.ShouldBeNull();
        result!.Count(ScriptedState.Made).ShouldBe(2);
        result.Steps.ShouldHaveSingleItem().IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void An_instance_under_another_name_is_taken_and_the_wanted_name_comes_first()
    {
        var application = StepWorld.Switzerland.Applications[0].ApplicationId;
        teams.AddInstance("older@contoso.com", application);
        var wanted = teams.AddInstance("luwarerecording-mtch-1@contoso.com", application);

        shell.Run(Scripts.Whole(StepWorld.Switzerland, Choices()));

        teams.Policies.ShouldHaveSingleItem().Value.Links.ShouldHaveSingleItem().Key.ShouldBe(wanted.ObjectId);
    }

    [Theory]
    [InlineData("'; $global:Evil = 1 #")]
    [InlineData("’; $global:Evil = 1 #")]
    [InlineData("‚‛‘' + $(Set-Evil) + '")]
    [InlineData("$(Set-Evil) `$(Set-Evil) \"@\n'@\n")]
    [InlineData("\r\n$global:Evil = 1\r\n#Requires -Version 99\n}")]
    [InlineData("\u2028$global:Evil = 1\u0085#>")]
    public void A_hostile_name_is_a_name_and_nothing_else(string text)
    {
        var region = new Region("MTCH", "Switzerland", [StepWorld.Switzerland.Applications[0] with { DisplayName = text }]);
        var choices = Choices().With("policies", new PoliciesChoice([new("luwarerecordingfailclose1", text, RecordingRules.FailClose)]));

        var (exitCode, result, _) = shell.Run(Scripts.Whole(region, choices, tenantName: text));

        exitCode.ShouldBe(2, result.ToString());
        result.GetProperty("problem").ValueKind.ShouldBe(JsonValueKind.Null);
        teams.Policies.ShouldHaveSingleItem().Value.Description.ShouldBe(text);
        shell.Evil.ShouldBeNull();
    }

    private static Region Region(string key) => key == "MTCH" ? StepWorld.Switzerland : StepWorld.Germany;

    private StepChoices Choices() => StepChoices.None
        .With("whitelisting", new WhitelistingChoice("contoso.com"))
        .With("grants", new GrantsChoice(group, [tester]) { Synchronised = group });

    private static IReadOnlyList<string> States(JsonElement result) => [.. Objects(result).Select(o => o.GetProperty("state").GetString()!)];

    private static IReadOnlyList<string> States(JsonElement result, string state) =>
        [.. Objects(result).Where(o => o.GetProperty("state").GetString() == state).Select(o => o.GetProperty("id").GetString()!)];

    private static IEnumerable<JsonElement> Objects(JsonElement result) =>
        result.GetProperty("steps").EnumerateArray().SelectMany(s => s.GetProperty("objects").EnumerateArray());
}
