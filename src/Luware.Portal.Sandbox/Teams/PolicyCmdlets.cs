using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>Compliance recording policies.</summary>
internal static class PolicyCmdlets
{
    private const string Prefix = "Tag:";
    private const string Global = RecordingPolicy.GlobalName;

    private static readonly string[] Properties =
    [
        "Enabled", "Description", "WarnUserOnRemoval", "DisableComplianceRecordingAudioNotificationForCalls", "RecordReroutedCalls",
        "ComplianceRecordingApplications", "CustomBanner",
    ];

    public static IEnumerable<Cmdlet> All =>
    [
        new("Get-CsTeamsComplianceRecordingPolicy", ["Identity", "Filter", "Id", "Parent"], TeamsRoles.Readers, Get),
        new("New-CsTeamsComplianceRecordingPolicy", ["!Identity", .. Properties], TeamsRoles.Administrators, New),
        new("Set-CsTeamsComplianceRecordingPolicy", ["!Identity", .. Properties], TeamsRoles.Administrators, Set),
        new("Remove-CsTeamsComplianceRecordingPolicy", ["!Identity"], TeamsRoles.Administrators, Remove),
    ];

    /// <summary>Removes the prefix with which the name is returned.</summary>
    public static string Name(string identity) => identity.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? identity[Prefix.Length..] : identity;

    public static string Identity(string name) => name == Global ? Global : Prefix + name;

    private static IEnumerable<JsonObject> Get(CmdletCall call)
    {
        var visible = call.Tenant.Policies.Where(p => call.Faults.HasPassed(p.CreatedAt, call.Faults.VisibilityDelay));
        if (call.Text("Identity") is not { } identity)
            return visible.Prepend(call.Tenant.Global).Select(p => Json(call, p));

        var name = Name(identity);
        if (IsGlobal(name))
            return [Json(call, call.Tenant.Global)];
        return visible.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? [Json(call, found)]
            : throw NotFound(name);
    }

    private static IEnumerable<JsonObject> New(CmdletCall call)
    {
        var name = Name(call.Text("Identity") ?? "");
        if (name.Length is 0 or > 128 || name.Any(c => c is '/' or ':' || char.IsControl(c)))
            throw TeamsRefusalException.Invalid($"The identity '{name}' is not a valid policy name.", name);
        if (call.Tenant.FindPolicy(name) is not null || IsGlobal(name))
            throw TeamsRefusalException.Exists($"There is already an object with the identity '{Identity(name)}'.", Identity(name));

        var made = Change(call, new RecordingPolicy(name, Enabled: false, Description: null, [], call.Now));
        call.Tenant.Policies = call.Tenant.Policies.Add(made);
        call.Record(Identity(name));
        return [Json(call, made)];
    }

    private static IEnumerable<JsonObject> Set(CmdletCall call)
    {
        var policy = RequireAny(call, call.Text("Identity") ?? "");
        Replace(call, policy, Change(call, policy));
        return [];
    }

    /// <summary>The reference page asks to remove group and user assignments first; Teams' answer if some are left is not documented.</summary>
    private static IEnumerable<JsonObject> Remove(CmdletCall call)
    {
        var policy = Require(call, call.Text("Identity") ?? "");
        bool IsIts(string name) => string.Equals(name, policy.Name, StringComparison.OrdinalIgnoreCase);
        if (call.Tenant.GroupAssignments.Exists(a => IsIts(a.PolicyName)) || call.Tenant.DirectAssignments.Exists(a => IsIts(a.PolicyName)))
            throw TeamsRefusalException.Invalid(
                $"The policy '{Identity(policy.Name)}' is currently assigned to one or more users or groups.", Identity(policy.Name));

        call.Tenant.Policies = call.Tenant.Policies.Remove(policy);
        call.Record(Identity(policy.Name));
        return [];
    }

    /// <summary>A policy that can be granted to people and groups.</summary>
    public static RecordingPolicy Require(CmdletCall call, string identity) => call.Tenant.FindPolicy(Name(identity)) ?? throw NotFound(Name(identity));

    /// <summary>A policy that can be changed: also that of the whole tenant.</summary>
    public static RecordingPolicy RequireAny(CmdletCall call, string identity) => IsGlobal(Name(identity)) ? call.Tenant.Global : Require(call, identity);

    public static void Replace(CmdletCall call, RecordingPolicy old, RecordingPolicy changed, string? what = null)
    {
        if (old == call.Tenant.Global)
            call.Tenant.Global = changed;
        else
            call.Tenant.Policies = call.Tenant.Policies.Replace(old, changed);
        call.Record(what ?? Identity(old.Name));
    }

    // ComplianceRecordingApplications links nothing: the real module has had this defect since 6.1.0.
    private static RecordingPolicy Change(CmdletCall call, RecordingPolicy policy) => policy with
    {
        Enabled = call.Flag("Enabled", policy.Enabled),
        Description = call.Has("Description") ? call.Text("Description") : policy.Description,
        WarnUserOnRemoval = call.Flag("WarnUserOnRemoval", policy.WarnUserOnRemoval),
        DisableComplianceRecordingAudioNotificationForCalls =
            call.Flag("DisableComplianceRecordingAudioNotificationForCalls", policy.DisableComplianceRecordingAudioNotificationForCalls),
        RecordReroutedCalls = call.Flag("RecordReroutedCalls", policy.RecordReroutedCalls),
    };

    private static TeamsRefusalException NotFound(string name) =>
        TeamsRefusalException.NotFound($"Cannot find any object with the identity '{Identity(name)}'.", Identity(name));

    private static bool IsGlobal(string name) => string.Equals(name, Global, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Json(CmdletCall call, RecordingPolicy policy) => new()
    {
        ["Identity"] = Identity(policy.Name),
        ["Enabled"] = policy.Enabled,
        ["Description"] = policy.Description,
        ["WarnUserOnRemoval"] = policy.WarnUserOnRemoval,
        ["DisableComplianceRecordingAudioNotificationForCalls"] = policy.DisableComplianceRecordingAudioNotificationForCalls,
        ["RecordReroutedCalls"] = policy.RecordReroutedCalls,
        ["CustomBanner"] = null,
        ["ComplianceRecordingApplications"] = new JsonArray([.. LinkCmdlets.Shown(call, policy).Select(a => LinkCmdlets.Json(policy.Name, a))]),
    };
}
