using System.Collections;
using System.Text.Json;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Steps.Whitelisting;
using Luware.Onboarding.Tests.Steps;

namespace Luware.Onboarding.Tests.Engine.Scripts;

/// <summary>What a script that a person runs leaves as it is: other vendors' policies, and the session in which it runs.</summary>
public sealed class ScriptGuardTests : IDisposable
{
    private const string Policy = "luwarerecordingfailclose1";
    private const string Second = "luwarerecordingfailclose2";
    private const string Other = "othervendor";

    private readonly FakeDirectory directory = new();
    private readonly FakeTeams teams;
    private readonly Guid group;
    private readonly Guid tester;
    private readonly Guid exception;
    private readonly ScriptShell shell;

    public ScriptGuardTests()
    {
        group = directory.AddGroup("Traders", people: 2).Id;
        (tester, exception) = (directory.Members[group][0].Id, directory.Members[group][1].Id);
        teams = new FakeTeams(directory, TimeProvider.System);
        shell = new ScriptShell(teams, Scripts.Tenant);
        (teams.Policies[Policy], teams.Policies[Other]) = (new FakeTeams.Policy(), new FakeTeams.Policy());
    }

    public void Dispose() => shell.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_test_user_with_another_vendors_policy_keeps_it_and_nobody_gets_what_was_not_tried(bool directly)
    {
        var script = Scripts.Of("grants", StepWorld.Switzerland, Choices());
        if (directly)
            teams.DirectAssignments[tester] = Other;
        else
            teams.Lingering[tester] = Other;

        States(shell.Run(script).Result).ShouldBe(["byHand", "byHand", "found"]);
        States(shell.Run(script, "TestCallDone").Result)[0].ShouldBe("byHand");

        teams.DirectAssignments.ShouldBe(directly ? [KeyValuePair.Create(tester, Other)] : []);
        teams.GroupAssignments.ShouldBeEmpty();
        teams.Writes.ShouldNotContain(w => w.Name.StartsWith("Grant-", StringComparison.Ordinal));
    }

    [Fact]
    public void An_exception_with_another_vendors_policy_keeps_it_and_gets_ours_after_the_test_call_once_that_is_gone()
    {
        var known = new Dictionary<string, string> { [$"grants/recorded-exception/{exception}"] = $"{exception}" };
        var script = Scripts.Of("grants", StepWorld.Switzerland, Choices(), known: known);
        teams.DirectAssignments[exception] = Other;
        shell.Run(script);

        var kept = shell.Run(script, "TestCallDone").Result;
        teams.DirectAssignments[exception].ShouldBe(Other);
        teams.DirectAssignments.Remove(exception);
        var before = shell.Run(script).Result;
        var after = shell.Run(script, "TestCallDone").Result;

        new[] { kept, before, after }.Select(r => StateOf(r, $"exception/{exception}/{Policy}")).ShouldBe(["byHand", "byHand", "made"]);
        teams.DirectAssignments[exception].ShouldBe(Policy);
    }

    [Fact]
    public void A_test_call_counts_only_if_the_test_user_had_the_policy_before_the_run()
    {
        var known = new Dictionary<string, string> { [$"grants/recorded-exception/{exception}"] = $"{exception}" };
        var script = Scripts.Of("grants", StepWorld.Switzerland, Choices(), known: known);

        States(shell.Run(script, "TestCallDone").Result).ShouldBe(["made", "byHand", "byHand"]);
        (teams.DirectAssignments.Keys.ShouldHaveSingleItem(), teams.GroupAssignments.Count).ShouldBe((tester, 0));

        States(shell.Run(script, "TestCallDone").Result).ShouldBe(["found", "made", "byHand"]);
        teams.DirectAssignments.Keys.ShouldBe([tester, exception], ignoreOrder: true);
    }

    [Fact]
    public void An_exception_of_whom_no_reading_says_that_Luware_records_them_gets_nothing()
    {
        shell.Run(Scripts.Of("grants", StepWorld.Switzerland, Choices()), "TestCallDone");

        teams.DirectAssignments.ShouldNotContainKey(exception);
    }

    [Fact]
    public void Nobody_loses_another_vendors_policy_before_every_group_has_its_own()
    {
        var desk = directory.AddGroup("Desk", people: 2).Id;
        var (deskTester, moved) = (directory.Members[desk][0].Id, directory.Members[desk][1].Id);
        var grants = new GrantsChoice { PolicyOf = new Dictionary<string, string> { [$"{desk}"] = Second } };
        var choices = Recorded(new(GroupRole.RecordedUsers, "Traders", group, [tester]), new(GroupRole.RecordedUsers, "Desk", desk, [deskTester]))
            .With("policies", new PoliciesChoice([new(Policy, "x", RecordingRules.FailClose), new(Second, "x", RecordingRules.FailClose)]))
            .With("grants", grants.With(new RivalDecision(moved, Other, Remove: true)));
        var script = Scripts.Of("grants", StepWorld.Switzerland, choices, readyGroups: [group, desk]);
        teams.Policies[Second] = new FakeTeams.Policy();
        (teams.DirectAssignments[deskTester], teams.DirectAssignments[moved]) = (Other, Other);

        shell.Run(script);
        var kept = shell.Run(script, "TestCallDone").Result;
        var had = teams.DirectAssignments.GetValueOrDefault(moved);
        teams.DirectAssignments.Remove(deskTester);
        shell.Run(script);
        var after = shell.Run(script, "TestCallDone").Result;

        (StateOf(kept, $"grant/{group}/{Policy}"), StateOf(kept, $"grant/{desk}/{Second}")).ShouldBe(("made", "byHand"));
        (StateOf(kept, $"remove/{moved}/{Other}"), had).ShouldBe(("byHand", Other));
        (StateOf(after, $"grant/{desk}/{Second}"), StateOf(after, $"remove/{moved}/{Other}")).ShouldBe(("made", "made"));
    }

    [Fact]
    public void A_group_that_has_the_policy_already_takes_no_trial_from_the_others()
    {
        var desk = directory.AddGroup("Desk", people: 1).Id;
        var deskTester = directory.Members[desk][0].Id;
        var choices = Recorded(new(GroupRole.RecordedUsers, "Traders", group), new(GroupRole.RecordedUsers, "Desk", desk, [deskTester]));
        var script = Scripts.Of("grants", StepWorld.Switzerland, choices, readyGroups: [group, desk]);
        teams.GroupAssignments[group] = Policy;

        var before = shell.Run(script).Result;
        var after = shell.Run(script, "TestCallDone").Result;

        (StateOf(before, $"trial/{deskTester}/{Policy}"), StateOf(before, $"grant/{desk}/{Policy}")).ShouldBe(("made", "byHand"));
        StateOf(after, $"grant/{desk}/{Policy}").ShouldBe("made");
        teams.GroupAssignments.ShouldContainKeyAndValue(desk, Policy);
    }

    [Fact]
    public void The_undo_script_keeps_the_policy_that_shields_a_person_from_one_that_still_reaches_them()
    {
        var script = UndoScripts.Frame(Scripts.Tenant, "grants", DateTimeOffset.UnixEpoch,
            [GrantCommands.UngrantScript(group, Policy), GrantCommands.TakeBackScript(exception, "open", (Policy, group))]);
        (teams.GroupAssignments[group], teams.DirectAssignments[exception], teams.Lingering[exception]) = (Policy, "open", Policy);

        shell.RunAlone(script).ShouldBe("Not everything was taken back. Run this script again.");
        (teams.GroupAssignments.Count, teams.DirectAssignments.Count).ShouldBe((0, 1));
        shell.Said.ShouldContain(s => s.Contains($"still has the policy '{Policy}' by the group", StringComparison.Ordinal));

        teams.Lingering.Clear();
        shell.RunAlone(script).ShouldBeNull();
        teams.DirectAssignments.ShouldBeEmpty();
    }

    [Fact]
    public void An_instance_that_another_script_left_in_the_session_is_not_used()
    {
        teams.Policies.Clear();
        var listed = teams.AddInstance("luwarerecording-mtch-1@contoso.com", StepWorld.Switzerland.Applications[0].ApplicationId);
        shell.Session["instance1"] = $"{Guid.NewGuid()}";

        shell.Run(Scripts.Of("policies", StepWorld.Switzerland, Choices())).ExitCode.ShouldBe(0);

        teams.Policies[Policy].Links.ShouldHaveSingleItem().Key.ShouldBe(listed.ObjectId);
    }

    [Fact]
    public void The_session_asks_for_confirmation_after_a_script_as_before()
    {
        var defaults = new Hashtable { ["*-Cs*:Verbose"] = false };
        (shell.Session["PSDefaultParameterValues"], shell.Session["ErrorActionPreference"]) = (defaults, "Continue");

        shell.Run(Scripts.Of("grants", StepWorld.Switzerland, Choices()));
        ShouldBeAsBefore();
        shell.RunAlone(UndoScripts.Frame(Scripts.Tenant, "grants", DateTimeOffset.UnixEpoch, [GrantCommands.UngrantScript(group, Policy)])).ShouldBeNull();
        ShouldBeAsBefore();

        void ShouldBeAsBefore()
        {
            ((IDictionary)shell.Session["PSDefaultParameterValues"]!).Keys.Cast<string>().ShouldBe(["*-Cs*:Verbose"]);
            $"{shell.Session["ErrorActionPreference"]}".ShouldBe("Continue");
        }
    }

    private StepChoices Choices() => StepChoices.None
        .With("whitelisting", new WhitelistingChoice("contoso.com"))
        .With("grants", new GrantsChoice(group, [tester]) { Synchronised = group, Exceptions = [new WantedException(exception)] });

    /// <summary>Groups of step 1, each with its own test users.</summary>
    private static StepChoices Recorded(params WantedGroup[] groups) => StepChoices.None
        .With("whitelisting", new WhitelistingChoice("contoso.com"))
        .With("security-groups", new SecurityGroupsChoice { Groups = groups, Way = TestUserWay.Each });

    private static string? StateOf(JsonElement result, string id) =>
        Objects(result).Single(o => o.GetProperty("id").GetString() == id).GetProperty("state").GetString();

    private static IReadOnlyList<string> States(JsonElement result) =>
        [.. Objects(result).Where(o => !o.GetProperty("id").GetString()!.StartsWith("exception/", StringComparison.Ordinal))
            .Select(o => o.GetProperty("state").GetString()!)];

    private static IEnumerable<JsonElement> Objects(JsonElement result) =>
        result.GetProperty("steps").EnumerateArray().SelectMany(s => s.GetProperty("objects").EnumerateArray());
}
