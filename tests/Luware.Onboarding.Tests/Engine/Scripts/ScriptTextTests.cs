using System.Management.Automation.Language;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.Whitelisting;
using Luware.Onboarding.Tests.Steps;

namespace Luware.Onboarding.Tests.Engine.Scripts;

/// <summary>The lines that matter, as a person reads them before running them.</summary>
public sealed class ScriptTextTests
{
    private static readonly Guid Group = new("085fd5ee-756a-4284-b81d-a62549f12293");

    private static readonly Guid Tester = new("aaaaaaaa-0000-4000-8000-000000000001");

    private static readonly StepChoices Choices = StepChoices.None
        .With("whitelisting", new WhitelistingChoice("contoso.com"))
        .With("grants", new GrantsChoice(Group, [Tester]) { Synchronised = Group });

    [Fact]
    public void It_begins_with_what_it_is_for_whom_and_what_its_exit_codes_mean()
    {
        var script = Scripts.Of("whitelisting", StepWorld.Switzerland, Choices);

        script.ShouldStartWith(
            """
            #Requires -Version 5.1
            # Luware Recording: Whitelisting, for Contoso, tenant 3f1c2a7e-94d0-4c1b-8e57-1b0f6d9a0c01.
            # Written by Luware Portal on 2026-11-23 09:00 UTC. It looks before it makes anything, so it may run more than once.
            # Exit codes: 0 everything is there, 1 something failed, 2 something is left to a person or to Luware.

            """);
        script.ShouldContain("Connect-MicrosoftTeams -TenantId $tenant");
        script.ShouldContain("$tenant = '3f1c2a7e-94d0-4c1b-8e57-1b0f6d9a0c01'");
    }

    [Fact]
    public void The_consent_is_a_link_and_asks_for_no_sign_in_to_Teams()
    {
        var script = Scripts.Of("consent", StepWorld.Switzerland, Choices);

        script.ShouldContain(
            "https://login.microsoftonline.com/3f1c2a7e-94d0-4c1b-8e57-1b0f6d9a0c01/adminconsent?client_id=0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c101'");
        script.ShouldContain("$usesTeams = $false");
    }

    [Fact]
    public void An_instance_is_looked_for_by_its_application_and_made_with_its_name() =>
        Scripts.Of("whitelisting", StepWorld.Switzerland, Choices).ShouldContain(
            """
                # Make the application instance luwarerecording-mtch-1@contoso.com
                $instance1 = Use-Object 'create-instance/1' 'Make the application instance luwarerecording-mtch-1@contoso.com' {
                    @(Get-CsOnlineApplicationInstance | Where-Object { $_.ApplicationId -eq '0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c101' } | Sort-Object { $_.UserPrincipalName -ne 'luwarerecording-mtch-1@contoso.com' }, UserPrincipalName)[0].ObjectId
                } {
                    (New-CsOnlineApplicationInstance -UserPrincipalName 'luwarerecording-mtch-1@contoso.com' -DisplayName 'Luware Recording MTCH 1' -ApplicationId '0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c101').ObjectId
                } -When { -not $(Get-CsOnlineApplicationInstance | Where-Object { $_.UserPrincipalName -eq 'luwarerecording-mtch-1@contoso.com' }) } -Otherwise '
            """);

    [Fact]
    public void What_another_step_makes_stands_in_a_command_as_a_variable()
    {
        var script = Scripts.Of("policies", StepWorld.Germany, Choices);

        script.ShouldContain(
            "New-CsTeamsComplianceRecordingApplication -Identity ('Tag:luwarerecordingfailclose1/' + $instance1) -RequiredBeforeCallEstablishment $true");
        script.ShouldContain("@(New-CsTeamsComplianceRecordingPairedApplication -Id $instance2)");
        script.ShouldNotContain("'Tag:luwarerecordingfailclose1/‹");
    }

    [Fact]
    public void The_grant_stands_beside_its_way_back_and_before_Luware_is_ready_not_at_all()
    {
        var ready = Scripts.Of("grants", StepWorld.Switzerland, Choices);
        var notReady = Scripts.Of("grants", StepWorld.Switzerland, Choices, ready: false);
        var readyForAnother = Scripts.Of("grants", StepWorld.Switzerland, Choices, readyGroups: [Guid.NewGuid()]);

        ready.ShouldContain("# To take it back, at any time:");
        ready.ShouldContain("param([switch]$TestCallDone)");
        ready.ShouldContain("Grant-CsTeamsComplianceRecordingPolicy -Identity 'aaaaaaaa-0000-4000-8000-000000000001' -PolicyName 'luwarerecordingfailclose1'\n    } -When { -not $(try { Get-");
        ready.ShouldContain("Where-Object { $_.AssignmentType -and $_.PolicyName -notin 'luwarerecordingfailclose1', 'Tag:luwarerecordingfailclose1' } }");
        ready.ShouldContain("    } -When { $TestCallDone -and $(try { Get-CsUserPolicyAssignment -Identity 'aaaaaaaa-0000-4000-8000-000000000001'");
        ready.ShouldContain(" -Otherwise 'Make a test call as the test user aaaaaaaa-0000-4000-8000-000000000001.");
        ready.ShouldContain("New-CsGroupPolicyAssignment -GroupId '085fd5ee-756a-4284-b81d-a62549f12293' -PolicyType 'TeamsComplianceRecordingPolicy' -PolicyName 'luwarerecordingfailclose1'");
        notReady.ShouldContain("# Left out until Luware has said that its recorders are ready, because it could stop people from calling.");
        notReady.ShouldNotContain("New-CsGroupPolicyAssignment");
        notReady.ShouldNotContain("-PolicyName 'luwarerecordingfailclose1'");
        readyForAnother.ShouldBe(notReady);
    }

    [Fact]
    public void Another_policy_is_taken_away_only_where_Luware_is_ready_for_the_group_that_brings_the_new_one()
    {
        var rival = Guid.NewGuid();
        var choices = Choices.With("grants", Choices.Get<GrantsChoice>("grants").With(new RivalDecision(rival, "othervendor", Remove: true)));
        var takenAway = $"Grant-CsTeamsComplianceRecordingPolicy -Identity '{rival}' -PolicyName $null";

        Scripts.Of("grants", StepWorld.Switzerland, choices).ShouldContain(takenAway);
        Scripts.Of("grants", StepWorld.Switzerland, choices, readyGroups: [Guid.NewGuid()]).ShouldNotContain(takenAway);
    }

    [Fact]
    public void What_fails_open_is_made_before_Luware_is_ready_and_only_what_cannot_be_known_is_left_out()
    {
        var choices = Choices.With("policies", new PoliciesChoice([PolicyChoice.Recommended(RecordingRules.FailOpen, [])]));
        var script = Scripts.Whole(StepWorld.Switzerland, choices, ready: false);

        script.ShouldContain("New-CsTeamsComplianceRecordingApplication");
        script.ShouldNotContain("Set-CsTeamsComplianceRecordingPolicy -Identity 'luwarerecordingfailopen1' -Enabled");
        script.ShouldNotContain("New-CsGroupPolicyAssignment");
    }

    [Fact]
    public void What_was_not_chosen_yet_is_said_instead_of_guessed()
    {
        var choices = StepChoices.None.With("policies", new PoliciesChoice([new("Global", "x", RecordingRules.FailClose)]));
        var script = Scripts.Whole(StepWorld.Switzerland, choices);

        script.ShouldContain("No domain is chosen for the application instances yet");
        script.ShouldNotContain("New-Cs");
    }

    [Fact]
    public void A_grant_without_a_test_user_is_left_out_until_one_is_chosen()
    {
        var script = Scripts.Of("grants", StepWorld.Switzerland, Choices.With("grants", new GrantsChoice(Group, []) { Synchronised = Group }));

        script.ShouldContain("Who tests first?");
        script.ShouldNotContain("New-CsGroupPolicyAssignment");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_German_it_is_German_and_every_PowerShell_can_parse_it(bool ready)
    {
        var script = Scripts.InGerman(StepWorld.Germany, Choices, ready);

        script.ShouldContain("# Geschrieben vom Luware Portal am 2026-11-23 09:00 UTC.");
        script.ShouldNotContain("Script.");
        script.ShouldNotContain("Command.");
        Parser.ParseInput(script, out _, out var errors);
        errors.ShouldBeEmpty();
    }
}
