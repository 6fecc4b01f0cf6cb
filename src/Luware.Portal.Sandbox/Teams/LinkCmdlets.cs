using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>Applications linked to a compliance recording policy, with their four flags and their pairing.</summary>
internal static class LinkCmdlets
{
    private static readonly string[] Properties =
    [
        "RequiredBeforeMeetingJoin", "RequiredDuringMeeting", "RequiredBeforeCallEstablishment", "RequiredDuringCall",
        "ConcurrentInvitationCount", "ComplianceRecordingPairedApplications", "Priority",
    ];

    public static IEnumerable<Cmdlet> All =>
    [
        new("Get-CsTeamsComplianceRecordingApplication", ["Identity", "Filter"], TeamsRoles.Readers, Get),
        new("New-CsTeamsComplianceRecordingApplication", ["Identity", "Parent", "Id", .. Properties], TeamsRoles.Administrators, New),
        new("Set-CsTeamsComplianceRecordingApplication", ["Identity", "Parent", "Id", .. Properties], TeamsRoles.Administrators, Set),
        new("Remove-CsTeamsComplianceRecordingApplication", ["Identity", "Parent", "Id"], TeamsRoles.Administrators, Remove),
    ];

    public static JsonObject Json(string policy, RecordingLink link) => new()
    {
        ["Identity"] = $"{PolicyCmdlets.Identity(policy)}/{link.ObjectId}",
        ["Id"] = link.ObjectId.ToString(),
        ["Priority"] = link.Priority,
        ["RequiredBeforeMeetingJoin"] = link.RequiredBeforeMeetingJoin,
        ["RequiredDuringMeeting"] = link.RequiredDuringMeeting,
        ["RequiredBeforeCallEstablishment"] = link.RequiredBeforeCallEstablishment,
        ["RequiredDuringCall"] = link.RequiredDuringCall,
        ["ConcurrentInvitationCount"] = link.ConcurrentInvitationCount,
        ["ComplianceRecordingPairedApplications"] = link.Paired is { } paired
            ? new JsonArray(new JsonObject { ["Id"] = paired.ToString() })
            : new JsonArray(),
    };

    /// <summary>The links of a policy as lists show them.</summary>
    public static IEnumerable<RecordingLink> Shown(CmdletCall call, RecordingPolicy policy) =>
        policy.Applications.Select(a => a.Shown(call.Faults)).OfType<RecordingLink>().OrderBy(a => a.Priority);

    private static IEnumerable<JsonObject> Get(CmdletCall call)
    {
        if (call.Text("Identity") is null)
            return call.Tenant.Policies.Prepend(call.Tenant.Global).SelectMany(p => Shown(call, p), (p, link) => Json(p.Name, link));

        var (policy, objectId) = Target(call);
        return Shown(call, policy).FirstOrDefault(a => a.ObjectId == objectId) is { } link
            ? [Json(policy.Name, link)]
            : throw NotFound(policy, objectId);
    }

    private static IEnumerable<JsonObject> New(CmdletCall call)
    {
        var (policy, objectId) = Target(call);
        if (policy.Applications.Exists(a => a.ObjectId == objectId))
            throw TeamsRefusalException.Exists($"There is already an object with the identity '{Name(policy, objectId)}'.", Name(policy, objectId));

        RequireInstance(call, objectId);
        var made = Change(call, new RecordingLink(objectId) { Priority = policy.Applications.Count }) with { Before = null };
        PolicyCmdlets.Replace(call, policy, policy with { Applications = policy.Applications.Add(made) }, Name(policy, objectId));
        return [Json(policy.Name, made)];
    }

    private static IEnumerable<JsonObject> Set(CmdletCall call)
    {
        var (policy, objectId) = Target(call);
        var link = policy.Applications.Find(a => a.ObjectId == objectId) ?? throw NotFound(policy, objectId);
        PolicyCmdlets.Replace(call, policy, policy with { Applications = policy.Applications.Replace(link, Change(call, link)) }, Name(policy, objectId));
        return [];
    }

    private static IEnumerable<JsonObject> Remove(CmdletCall call)
    {
        var (policy, objectId) = Target(call);
        var link = policy.Applications.Find(a => a.ObjectId == objectId) ?? throw NotFound(policy, objectId);
        PolicyCmdlets.Replace(call, policy, policy with { Applications = policy.Applications.Remove(link) }, Name(policy, objectId));
        return [];
    }

    private static RecordingLink Change(CmdletCall call, RecordingLink link)
    {
        var changed = link with
        {
            RequiredBeforeMeetingJoin = call.Flag("RequiredBeforeMeetingJoin", link.RequiredBeforeMeetingJoin),
            RequiredBeforeCallEstablishment = call.Flag("RequiredBeforeCallEstablishment", link.RequiredBeforeCallEstablishment),
            RequiredDuringMeeting = call.Flag("RequiredDuringMeeting", link.RequiredDuringMeeting),
            RequiredDuringCall = call.Flag("RequiredDuringCall", link.RequiredDuringCall),
            ConcurrentInvitationCount = call.Number("ConcurrentInvitationCount") ?? link.ConcurrentInvitationCount,
            Priority = call.Number("Priority") ?? link.Priority,
            Paired = call.Has("ComplianceRecordingPairedApplications") ? Paired(call) : link.Paired,
            ChangedAt = call.Now,
            Before = link,
        };
        if (changed.ConcurrentInvitationCount is not (1 or 2))
            throw TeamsRefusalException.Invalid("ConcurrentInvitationCount must be 1 or 2.");
        if (changed is { Paired: not null, ConcurrentInvitationCount: 2 })
            throw TeamsRefusalException.Invalid("ConcurrentInvitationCount and ComplianceRecordingPairedApplications cannot be used together.");
        return changed;
    }

    private static Guid? Paired(CmdletCall call)
    {
        const string parameter = "ComplianceRecordingPairedApplications";
        var value = call.Parameters[parameter];
        JsonElement[] applications = value.ValueKind switch
        {
            JsonValueKind.Null => [],
            JsonValueKind.Array => [.. value.EnumerateArray()],
            JsonValueKind.Object => [value],
            _ => throw CmdletCall.CannotConvert(parameter, "ComplianceRecordingPairedApplication[]"),
        };
        if (applications.Length > 1)
            throw TeamsRefusalException.Invalid("At most one paired application can be set.", parameter);
        if (applications.Length == 0)
            return null;

        var objectId = IdOf(applications[0]) ?? throw CmdletCall.CannotConvert(parameter, "ComplianceRecordingPairedApplication[]");
        RequireInstance(call, objectId);
        return objectId;
    }

    /// <summary>The id of a paired application that was created in the worker; PowerShell ignores case.</summary>
    private static Guid? IdOf(JsonElement application) =>
        application.ValueKind == JsonValueKind.Object
        && application.EnumerateObject().FirstOrDefault(p => p.NameEquals("Id") || p.NameEquals("id")).Value is { ValueKind: JsonValueKind.String } text
        && Guid.TryParse(text.GetString(), out var id) ? id : null;

    /// <summary>Reads the target from Tag:policy/object id, or from Parent and Id.</summary>
    private static (RecordingPolicy Policy, Guid ObjectId) Target(CmdletCall call)
    {
        var (parent, id) = call.Text("Identity") is { } identity
            ? identity.LastIndexOf('/') is var slash and > 0 ? (identity[..slash], identity[(slash + 1)..]) : (identity, "")
            : (call.Text("Parent") ?? "", call.Text("Id") ?? "");
        var policy = PolicyCmdlets.RequireAny(call, parent);
        return Guid.TryParse(id, CultureInfo.InvariantCulture, out var objectId)
            ? (policy, objectId)
            : throw TeamsRefusalException.Invalid($"'{id}' is not the object id of an application instance.", id);
    }

    private static void RequireInstance(CmdletCall call, Guid objectId)
    {
        if (!call.Tenant.Instances.Exists(i => i.ObjectId == objectId && i.Mapped == i.ApplicationId))
            throw TeamsRefusalException.Invalid($"The application instance '{objectId}' does not exist in this tenant.", objectId.ToString());
    }

    private static string Name(RecordingPolicy policy, Guid objectId) => $"{PolicyCmdlets.Identity(policy.Name)}/{objectId}";

    private static TeamsRefusalException NotFound(RecordingPolicy policy, Guid objectId) =>
        TeamsRefusalException.NotFound($"Cannot find any object with the identity '{Name(policy, objectId)}'.", Name(policy, objectId));
}
