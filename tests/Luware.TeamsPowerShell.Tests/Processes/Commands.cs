namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>Commands as the portal's steps build them.</summary>
internal static class Commands
{
    public static readonly TeamsCommand Policies = new("Get-CsTeamsComplianceRecordingPolicy", [], ["Identity"]);

    /// <summary>The cmdlet of the test module that starts a process, returns its id and hangs.</summary>
    public static readonly TeamsCommand Hanging = new(
        "Remove-CsGroupPolicyAssignment",
        [
            new("GroupId", new TeamsValue.Text("085fd5ee-756a-4284-b81d-a62549f12293")),
            new("PolicyType", new TeamsValue.Text(TeamsCmdlets.ComplianceRecordingPolicyType)),
        ],
        []);

    public static readonly TeamsCommand Pairing = new(
        "Set-CsTeamsComplianceRecordingApplication",
        [
            new("Identity", new TeamsValue.Text("Tag:luwarerecordingfailclose1/b00d2f48-bdc2-4e27-b2a5-93090e99c17e")),
            new("ComplianceRecordingPairedApplications", new TeamsValue.List(
                [new TeamsValue.Nested(new TeamsCommand(
                    "New-CsTeamsComplianceRecordingPairedApplication", [new("Id", new TeamsValue.Text("52097e72-d9b8-4a1a-8d23-d44e2e03c27b"))], []))])),
        ],
        []);
}
