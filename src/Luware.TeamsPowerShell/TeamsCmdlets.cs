using System.Collections.Frozen;
using static Luware.TeamsPowerShell.TeamsParameterType;

namespace Luware.TeamsPowerShell;

/// <summary>
/// The allow list of cmdlets and parameters, with exact names and the types that the module declares. The worker's runspace shows nothing else, and a command
/// that does not match is refused before it leaves this process.
/// </summary>
/// <remarks>
/// Anything that would affect the whole tenant is left out on purpose: a grant has no -Global, no -Group and never lacks an identity, and the tenant's own
/// policy (Global) can be read but not changed.
/// </remarks>
public static class TeamsCmdlets
{
    /// <summary>The only policy type that this product assigns.</summary>
    public const string ComplianceRecordingPolicyType = "TeamsComplianceRecordingPolicy";

    /// <summary>
    /// The oldest module version that a script accepts: the version of the reference pages (August 2026) that this list follows. The list was not compared
    /// with older versions.
    /// </summary>
    public static readonly Version OldestModule = new(7, 9, 0);

    internal const string PairedApplicationCmdlet = "New-CsTeamsComplianceRecordingPairedApplication";

    private static readonly TeamsCmdletParameter[] ApplicationRules =
    [
        new("RequiredBeforeMeetingJoin", Flag),
        new("RequiredDuringMeeting", Flag),
        new("RequiredBeforeCallEstablishment", Flag),
        new("RequiredDuringCall", Flag),
        new("ConcurrentInvitationCount", Number),
        new("ComplianceRecordingPairedApplications", PairedApplications) { Nullable = true },
        new("Priority", Number),
    ];

    private static readonly TeamsCmdletParameter[] PolicySettings =
    [
        new("Enabled", Flag),
        new("WarnUserOnRemoval", Flag),
        new("Description", Text),
        new("DisableComplianceRecordingAudioNotificationForCalls", Flag),
        new("RecordReroutedCalls", Flag),
    ];

    public static IReadOnlyList<TeamsCmdlet> All { get; } =
    [
        new("Get-CsTenant", []),

        new("Get-CsOnlineApplicationInstance", [new("Identity", Text)]),
        new("New-CsOnlineApplicationInstance",
            [new("UserPrincipalName", Text) { Mandatory = true }, new("ApplicationId", Id) { Mandatory = true }, new("DisplayName", Text)]),
        new("Set-CsOnlineApplicationInstance", [new("Identity", Text) { Mandatory = true }, new("ApplicationId", Id), new("DisplayName", Text)]),
        new("Sync-CsOnlineApplicationInstance", [new("ObjectId", Id) { Mandatory = true }, new("ApplicationId", Id)]),

        new("Get-CsTeamsComplianceRecordingPolicy", [new("Identity", Text)]),
        new("New-CsTeamsComplianceRecordingPolicy", [NotGlobal("Identity"), .. PolicySettings]),
        new("Set-CsTeamsComplianceRecordingPolicy", [NotGlobal("Identity"), .. PolicySettings]),
        new("Remove-CsTeamsComplianceRecordingPolicy", [NotGlobal("Identity")]),

        new("Get-CsTeamsComplianceRecordingApplication", [new("Identity", Text)]),
        new("New-CsTeamsComplianceRecordingApplication", [NotGlobal("Identity"), .. ApplicationRules]),
        new("Set-CsTeamsComplianceRecordingApplication", [NotGlobal("Identity"), .. ApplicationRules]),
        new("Remove-CsTeamsComplianceRecordingApplication", [NotGlobal("Identity")]),
        new(PairedApplicationCmdlet, [new("Id", Text) { Mandatory = true }]),

        new("Get-CsGroupPolicyAssignment", [new("GroupId", Text), new("PolicyType", PolicyType)]),
        new("New-CsGroupPolicyAssignment",
            [new("GroupId", Text) { Mandatory = true }, new("PolicyType", PolicyType) { Mandatory = true }, new("PolicyName", Text) { Mandatory = true },
                new("Rank", Number)]),
        new("Remove-CsGroupPolicyAssignment", [new("GroupId", Text) { Mandatory = true }, new("PolicyType", PolicyType) { Mandatory = true }]),

        new("Get-CsUserPolicyAssignment", [new("Identity", Text) { Mandatory = true }, new("PolicyType", PolicyType)]),
        new("Grant-CsTeamsComplianceRecordingPolicy",
            [NotGlobal("Identity"), new("PolicyName", Text) { Mandatory = true, Nullable = true }, new("Confirm", Switch)]),

        new("Get-CsOnlineUser", [new("Identity", Text), new("Filter", Text), new("Properties", Text), new("ResultSize", Number)]),
    ];

    private static readonly FrozenDictionary<string, TeamsCmdlet> ByName = All.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal);

    /// <exception cref="ArgumentException">
    /// The cmdlet, a parameter's name or a value's type is not in the list, or a mandatory parameter is missing.
    /// </exception>
    public static void Check(TeamsCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!ByName.TryGetValue(command.Name, out var cmdlet))
            throw new ArgumentException($"{command.Name} is not one of the cmdlets that may run.", nameof(command));
        if (cmdlet.FindFault(command) is { } fault)
            throw new ArgumentException($"{command.Name}: {fault}", nameof(command));
    }

    internal static bool IsSwitch(string cmdlet, string parameter) =>
        ByName.TryGetValue(cmdlet, out var found) && found.Find(parameter)?.Type == Switch;

    private static TeamsCmdletParameter NotGlobal(string name) => new(name, Text) { Mandatory = true, AllowsGlobal = false };
}
