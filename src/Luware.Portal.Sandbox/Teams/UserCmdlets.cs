using System.Globalization;
using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>The tenant, its people, and the compliance recording policies in effect for them.</summary>
internal static class UserCmdlets
{
    public static IEnumerable<Cmdlet> All =>
    [
        new("Get-CsTenant", ["Identity", "Filter", "ResultSize"], [], GetTenant),
        new("Get-CsOnlineUser", ["Identity", "Filter", "Properties", "ResultSize", "AccountType"], TeamsRoles.Readers, GetUser),
        new("Get-CsUserPolicyAssignment", ["!Identity", "PolicyType"], TeamsRoles.Readers, GetAssignment),
        new("Grant-CsTeamsComplianceRecordingPolicy", ["Identity", "PolicyName", "Group", "Rank", "Global"], TeamsRoles.Administrators, Grant),
    ];

    /// <summary>The direct assignments as lists show them.</summary>
    public static IEnumerable<DirectAssignment> DirectAssignments(CmdletCall call) =>
        call.Tenant.DirectAssignments.Where(a => call.Faults.HasPassed(a.CreatedAt, call.Faults.VisibilityDelay));

    private static IEnumerable<JsonObject> GetTenant(CmdletCall call) =>
    [
        new()
        {
            ["TenantId"] = (call.Faults.TeamsAnswersFor ?? call.Tenant.Id).ToString(),
            ["DisplayName"] = call.Tenant.Name,
            ["CountryLetterCode"] = call.Tenant.CountryCode,
            ["Domains"] = new JsonArray([.. call.Tenant.Domains.Select(d => d.Name)]),
        },
    ];

    private static IEnumerable<JsonObject> GetUser(CmdletCall call) =>
        call.Text("Identity") is null
            ? UserFilter.Parse(call.Text("Filter")).Find(call)
                .Take(call.Text("ResultSize") is { } most ? int.Parse(most, CultureInfo.InvariantCulture) : int.MaxValue).Select(person => Json(call, person))
            : [FindInstance(call) is { } instance ? Json(instance) : Json(call, FindPerson(call))];

    private static IEnumerable<JsonObject> GetAssignment(CmdletCall call)
    {
        var person = FindPerson(call);
        if (call.Text("PolicyType") is { } type && !string.Equals(type, GroupAssignmentCmdlets.PolicyType, StringComparison.OrdinalIgnoreCase))
            return [];

        // A missing type in the answer means that the tenant's default is in effect.
        var sources = EffectivePolicies.Of(call.Tenant, call.Faults, person).ToList();
        return sources is [] ? [] :
        [
            new()
            {
                ["PolicyType"] = GroupAssignmentCmdlets.PolicyType,
                ["PolicyName"] = sources[0].PolicyName,
                ["PolicySource"] = new JsonArray([.. sources.Select(s => new JsonObject
                {
                    ["AssignmentType"] = s.Group is null ? "Direct" : "Group",
                    ["PolicyName"] = s.PolicyName,
                    ["PolicyType"] = GroupAssignmentCmdlets.PolicyType,
                    ["Reference"] = s.Group?.ToString(),
                })]),
            },
        ];
    }

    private static IEnumerable<JsonObject> Grant(CmdletCall call)
    {
        if (call.Text("Group") is { } group)
        {
            if (call.Text("PolicyName") is { } name)
                GroupAssignmentCmdlets.Assign(call, group, name);
            else
                GroupAssignmentCmdlets.Unassign(call, group);
            return [];
        }

        // Without an identity the real cmdlet asks and then grants to everybody, which must never happen here.
        if (call.Text("Identity") is null)
            throw TeamsRefusalException.Invalid("The policy would be granted to the whole tenant.");

        var person = FindPerson(call);
        var before = call.Tenant.DirectAssignments.Find(a => a.PersonId == person.Id);
        var policy = call.Text("PolicyName") is { } policyName ? PolicyCmdlets.Require(call, policyName) : null;
        if (before is not null)
        {
            call.Tenant.DirectAssignments = call.Tenant.DirectAssignments.Remove(before);
            if (EffectivePolicies.InEffect(call.Faults, person, before.CreatedAt))
            {
                call.Tenant.FormerDirectAssignments =
                    call.Tenant.FormerDirectAssignments.Add(new FormerDirectAssignment(person.Id, before.PolicyName, call.Now));
            }
        }

        if (policy is not null)
            call.Tenant.DirectAssignments = call.Tenant.DirectAssignments.Add(new DirectAssignment(person.Id, policy.Name, call.Now));
        call.Record($"{person.UserPrincipalName}: {policy?.Name ?? "none"}");
        return [];
    }

    private static Person FindPerson(CmdletCall call)
    {
        var identity = call.Text("Identity") ?? "";
        return call.Tenant.FindPerson(identity) ?? throw TeamsRefusalException.NotFound($"User '{identity}' was not found.", identity);
    }

    private static ApplicationInstance? FindInstance(CmdletCall call) => call.Tenant.Instances
        .Find(i => string.Equals(i.UserPrincipalName, call.Text("Identity"), StringComparison.OrdinalIgnoreCase));

    private static JsonObject Json(ApplicationInstance instance) => new()
    {
        ["Identity"] = instance.ObjectId.ToString(),
        ["UserPrincipalName"] = instance.UserPrincipalName,
        ["DisplayName"] = instance.DisplayName,
        ["AccountType"] = "ResourceAccount",
        ["SoftDeletionTimestamp"] = null,
    };

    private static JsonObject Json(CmdletCall call, Person person)
    {
        // Shows direct grants only; a policy granted through a group does not appear here.
        var direct = DirectAssignments(call).FirstOrDefault(a => a.PersonId == person.Id);
        return new JsonObject
        {
            ["Identity"] = person.Id.ToString(),
            ["UserPrincipalName"] = person.UserPrincipalName,
            ["DisplayName"] = person.DisplayName,
            ["AccountEnabled"] = true,
            ["AccountType"] = "User",
            ["TenantId"] = call.Tenant.Id.ToString(),
            ["TeamsComplianceRecordingPolicy"] = direct is null ? null : new JsonObject { ["Name"] = direct.PolicyName },
            ["EffectivePolicyAssignments"] = new JsonArray([.. EffectivePolicies.Of(call.Tenant, call.Faults, person).Take(1).Select(s => new JsonObject
            {
                ["PolicyType"] = GroupAssignmentCmdlets.PolicyType,
                ["PolicyAssignment"] = new JsonObject
                {
                    ["displayName"] = s.PolicyName,
                    ["assignmentType"] = s.Group is null ? "direct" : "group",
                    ["groupId"] = s.Group?.ToString(),
                },
            })]),
        };
    }
}
