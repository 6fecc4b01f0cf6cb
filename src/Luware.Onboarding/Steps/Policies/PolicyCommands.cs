using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Whitelisting;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Policies;

internal static class PolicyCommands
{
    /// <summary>Lists all policies, so that a missing name is simply not in the list.</summary>
    public static readonly TeamsCommand ListPolicies = new("Get-CsTeamsComplianceRecordingPolicy", [], ["Identity", "Enabled", "Description"]);

    public static readonly TeamsCommand ListApplications = new(
        "Get-CsTeamsComplianceRecordingApplication", [],
        ["Identity", .. RecordingFlag.All.Select(f => f.Property), "ConcurrentInvitationCount", "ComplianceRecordingPairedApplications"]);

    public static TeamsCommand Create(PolicyChoice choice) => new(
        "New-CsTeamsComplianceRecordingPolicy",
        [
            new("Enabled", new TeamsValue.Flag(true)),
            new("Description", new TeamsValue.Text(choice.Description)),
            new("Identity", new TeamsValue.Text(choice.Name)),
        ],
        []);

    /// <param name="description">Null if it is correct already.</param>
    public static TeamsCommand Enable(string policy, string? description = null) => new(
        "Set-CsTeamsComplianceRecordingPolicy",
        [
            new("Identity", new TeamsValue.Text(policy)),
            new("Enabled", new TeamsValue.Flag(true)),
            .. description is null ? Array.Empty<TeamsParameter>() : [new("Description", new TeamsValue.Text(description))],
        ],
        []);

    public static TeamsCommand Describe(string policy, string description) => new(
        "Set-CsTeamsComplianceRecordingPolicy", [new("Identity", new TeamsValue.Text(policy)), new("Description", new TeamsValue.Text(description))], []);

    public static TeamsCommand Link(string policy, RecordingApplication application, Guid? objectId, RecordingRules rules) => new(
        "New-CsTeamsComplianceRecordingApplication", [Identity(policy, application, objectId), .. rules.Parameters], []);

    /// <param name="alone">Whether to reset a higher invitation count to one.</param>
    public static TeamsCommand SetRules(string policy, RecordingApplication application, Guid? objectId, RecordingRules rules, bool alone = false) => new(
        "Set-CsTeamsComplianceRecordingApplication", [Identity(policy, application, objectId), .. rules.Parameters, .. Invitations(alone)], []);

    /// <summary>Unlinks as a script does, which finds the object id itself.</summary>
    public static TeamsCommand Unlink(string policy, RecordingApplication application) => new(
        "Remove-CsTeamsComplianceRecordingApplication", [Identity(policy, application, null)], []);

    /// <remarks>The policy of the whole tenant is the only one without a tag.</remarks>
    public static TeamsCommand Unlink(string policy, Guid objectId) => new(
        "Remove-CsTeamsComplianceRecordingApplication",
        [new("Identity", new TeamsValue.Text($"{(GlobalPolicy.Is(policy) ? "" : "Tag:")}{policy}/{objectId}"))], []);

    public static TeamsCommand Remove(string policy) => new("Remove-CsTeamsComplianceRecordingPolicy", [new("Identity", new TeamsValue.Text(policy))], []);

    /// <param name="alone">Whether to reset a higher invitation count to one, because Teams allows either a paired application or several invitations.</param>
    public static TeamsCommand Pair(
        string policy, (RecordingApplication Application, Guid? ObjectId) first, (RecordingApplication Application, Guid? ObjectId) second, bool alone)
    {
        var paired = new TeamsCommand(
            "New-CsTeamsComplianceRecordingPairedApplication", [new("Id", ObjectId(string.Empty, second.Application, second.ObjectId))], []);
        return new TeamsCommand(
            "Set-CsTeamsComplianceRecordingApplication",
            [
                Identity(policy, first.Application, first.ObjectId),
                .. Invitations(alone),
                new("ComplianceRecordingPairedApplications", new TeamsValue.List([new TeamsValue.Nested(paired)])),
            ],
            []);
    }

    public static TeamsCommand Unpair(string policy, RecordingApplication application, Guid? objectId) => new(
        "Set-CsTeamsComplianceRecordingApplication",
        [Identity(policy, application, objectId), new("ComplianceRecordingPairedApplications", new TeamsValue.Null())], []);

    private static TeamsParameter[] Invitations(bool alone) => alone ? [new("ConcurrentInvitationCount", new TeamsValue.Number(1))] : [];

    private static TeamsParameter Identity(string policy, RecordingApplication application, Guid? objectId) =>
        new("Identity", ObjectId($"Tag:{policy}/", application, objectId));

    private static TeamsValue ObjectId(string prefix, RecordingApplication application, Guid? objectId) => objectId is { } id
        ? new TeamsValue.Text($"{prefix}{id}")
        : new TeamsValue.Later(prefix, $"object id of {application.DisplayName}") { Variable = WhitelistingScript.Variable(application) };
}
