using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>Compliance recording policies granted to groups: one per group, ranked from 1 without gaps.</summary>
internal static class GroupAssignmentCmdlets
{
    public const string PolicyType = "TeamsComplianceRecordingPolicy";
    private const int MostGroups = 64;

    public static IEnumerable<Cmdlet> All =>
    [
        new("Get-CsGroupPolicyAssignment", ["GroupId", "PolicyType"], TeamsRoles.Readers, Get),
        new("New-CsGroupPolicyAssignment", ["!GroupId", "!PolicyType", "!PolicyName", "Rank"], TeamsRoles.Administrators, New),
        new("Remove-CsGroupPolicyAssignment", ["!GroupId", "!PolicyType"], TeamsRoles.Administrators, Remove),
    ];

    /// <summary>Implements New-CsGroupPolicyAssignment and the group form of Grant-CsTeamsComplianceRecordingPolicy.</summary>
    public static void Assign(CmdletCall call, string groupId, string policyName)
    {
        var group = FindGroup(call, groupId);
        var policy = PolicyCmdlets.Require(call, policyName);
        var assignments = call.Tenant.GroupAssignments;
        if (assignments.Exists(a => a.GroupId == group.Id))
            throw TeamsRefusalException.Exists($"The group '{group.Id}' already has a policy of type {PolicyType}.", groupId);
        if (assignments.Count >= MostGroups)
            throw TeamsRefusalException.Invalid($"A policy type can be assigned to at most {MostGroups} groups.", groupId);

        var made = new GroupAssignment(group.Id, policy.Name, assignments.Count + 1, call.Now, call.PersonId);
        var place = Math.Clamp(call.Number("Rank") ?? made.Rank, 1, made.Rank);
        call.Tenant.GroupAssignments = Renumber(assignments.OrderBy(a => a.Rank).ToList(), list => list.Insert(place - 1, made));
        call.Record($"{group.DisplayName} ({group.Id}): {policy.Name}");
    }

    public static void Unassign(CmdletCall call, string groupId)
    {
        var group = FindGroup(call, groupId);
        var found = call.Tenant.GroupAssignments.Find(a => a.GroupId == group.Id)
            ?? throw TeamsRefusalException.NotFound($"The group '{group.Id}' has no policy of type {PolicyType}.", groupId);
        call.Tenant.GroupAssignments = Renumber([.. call.Tenant.GroupAssignments.OrderBy(a => a.Rank)], list => list.Remove(found));
        call.Tenant.FormerAssignments = call.Tenant.FormerAssignments.Add(
            new FormerAssignment(found.GroupId, found.PolicyName, found.CreatedAt, call.Now));
        call.Record($"{group.DisplayName} ({group.Id})");
    }

    private static IEnumerable<JsonObject> Get(CmdletCall call)
    {
        if (call.Text("PolicyType") is { } type && !IsOurs(type))
            return [];

        var groupId = call.Text("GroupId");
        return call.Tenant.GroupAssignments
            .Where(a => call.Faults.HasPassed(a.CreatedAt, call.Faults.VisibilityDelay))
            .Where(a => groupId is null || string.Equals(a.GroupId.ToString(), groupId, StringComparison.OrdinalIgnoreCase))
            .OrderBy(a => a.Rank)
            .Select(Json);
    }

    private static IEnumerable<JsonObject> New(CmdletCall call)
    {
        RequireType(call);
        Assign(call, call.Text("GroupId") ?? "", call.Text("PolicyName") ?? "");
        return [];
    }

    private static IEnumerable<JsonObject> Remove(CmdletCall call)
    {
        RequireType(call);
        Unassign(call, call.Text("GroupId") ?? "");
        return [];
    }

    private static ImmutableList<GroupAssignment> Renumber(List<GroupAssignment> assignments, Action<List<GroupAssignment>> change)
    {
        change(assignments);
        return [.. assignments.Select((assignment, index) => assignment with { Rank = index + 1 })];
    }

    private static DirectoryGroup FindGroup(CmdletCall call, string groupId) =>
        call.Tenant.Groups.Find(g => string.Equals(g.Id.ToString(), groupId, StringComparison.OrdinalIgnoreCase) && !call.Faults.Hides(g.Id))
        ?? throw TeamsRefusalException.NotFound($"The group '{groupId}' was not found.", groupId);

    private static void RequireType(CmdletCall call)
    {
        if (!IsOurs(call.Text("PolicyType")))
            throw TeamsRefusalException.Invalid($"The policy type '{call.Text("PolicyType")}' is not known.", call.Text("PolicyType"));
    }

    private static bool IsOurs(string? type) => string.Equals(type, PolicyType, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Json(GroupAssignment assignment) => new()
    {
        ["GroupId"] = assignment.GroupId.ToString(),
        ["PolicyType"] = PolicyType,
        ["PolicyName"] = assignment.PolicyName,
        ["Rank"] = assignment.Rank,
        ["CreatedTime"] = assignment.CreatedAt.UtcDateTime,
        ["CreatedBy"] = assignment.CreatedBy.ToString(),
    };
}
