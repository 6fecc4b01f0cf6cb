using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Graph;

/// <summary>Directory objects in Graph's JSON format.</summary>
internal static class GraphJson
{
    public static JsonObject Of(Person person, bool known = true) => new()
    {
        ["@odata.type"] = "#microsoft.graph.user",
        ["id"] = person.Id.ToString(),
        ["displayName"] = known ? person.DisplayName : null,
        ["userPrincipalName"] = known ? person.UserPrincipalName : null,
        ["givenName"] = known ? person.DisplayName.Split(' ')[0] : null,
        ["surname"] = known ? person.DisplayName.Split(' ')[^1] : null,
        ["jobTitle"] = known ? person.JobTitle : null,
        ["mail"] = known && person.Roles.IsEmpty ? person.UserPrincipalName : null,
        ["accountEnabled"] = known ? true : null,
        ["userType"] = !known ? null : person.Home is null ? "Member" : "Guest",
        ["businessPhones"] = new JsonArray(),
        ["mobilePhone"] = null,
        ["officeLocation"] = null,
        ["preferredLanguage"] = null,
    };

    public static JsonObject Of(DirectoryGroup group) => new()
    {
        ["@odata.type"] = "#microsoft.graph.group",
        ["id"] = group.Id.ToString(),
        ["displayName"] = group.DisplayName,
        ["description"] = group.Description,
        ["groupTypes"] = group.Kind switch
        {
            GroupKind.Dynamic => new JsonArray("DynamicMembership"),
            GroupKind.Microsoft365 => new JsonArray("Unified"),
            _ => new JsonArray(),
        },
        ["mailEnabled"] = group.Kind == GroupKind.Microsoft365,
        ["securityEnabled"] = group.Kind != GroupKind.Microsoft365,
        ["mailNickname"] = group.UniqueName ?? group.DisplayName.ToLowerInvariant().Replace(' ', '-'),
        ["uniqueName"] = group.UniqueName,
        ["membershipRule"] = group.Kind == GroupKind.Dynamic ? "user.accountEnabled -eq true" : null,
        ["onPremisesSyncEnabled"] = group.Kind == GroupKind.Synced ? true : null,
        ["isAssignableToRole"] = null,
        ["isManagementRestricted"] = group.IsRestricted ? true : null,
        ["deletedDateTime"] = null,
        ["proxyAddresses"] = new JsonArray(),
    };

    public static JsonObject Of(ServicePrincipal principal)
    {
        var api = Apis.All.FirstOrDefault(a => a.ApplicationId == principal.ApplicationId);
        return new JsonObject
        {
            ["id"] = principal.Id.ToString(),
            ["appId"] = principal.ApplicationId.ToString(),
            ["displayName"] = principal.DisplayName,
            ["accountEnabled"] = principal.Enabled,
            ["appRoleAssignmentRequired"] = principal.NeedsAssignment,
            ["servicePrincipalType"] = "Application",
            ["appOwnerOrganizationId"] = api is null ? $"{SandboxTenants.LuwareId}" : MicrosoftOwner,
            ["appRoles"] = new JsonArray([.. (api?.AppRoles ?? []).Select(r => Permission(r.Id, r.Name, r.Description))]),
            ["oauth2PermissionScopes"] = new JsonArray([.. (api?.Scopes ?? []).Select(s => Permission(s.Id, s.Name, s.Description))]),
        };
    }

    public static JsonObject Of(AppRoleAssignment assignment, ServicePrincipal principal) => new()
    {
        ["id"] = assignment.Id,
        ["createdDateTime"] = assignment.CreatedAt.UtcDateTime,
        ["appRoleId"] = assignment.RoleId.ToString(),
        ["principalDisplayName"] = principal.DisplayName,
        ["principalId"] = principal.Id.ToString(),
        ["principalType"] = "ServicePrincipal",
        ["resourceDisplayName"] = Apis.Graph.DisplayName,
        ["resourceId"] = assignment.ResourceId.ToString(),
    };

    public static JsonObject Of(DelegatedGrant grant) => new()
    {
        ["id"] = grant.Id,
        ["clientId"] = grant.ClientId.ToString(),
        ["consentType"] = grant.PrincipalId is null ? "AllPrincipals" : "Principal",
        ["principalId"] = grant.PrincipalId?.ToString(),
        ["resourceId"] = grant.ResourceId.ToString(),
        // The real value often begins with a space.
        ["scope"] = " " + string.Join(' ', grant.Scopes),
    };

    public static JsonObject Of(DirectoryRole role, SandboxTenant tenant) => new()
    {
        ["@odata.type"] = "#microsoft.graph.directoryRole",
        ["id"] = StableId.Of(tenant.Id.ToString(), "role", role.DisplayName).ToString(),
        ["displayName"] = role.DisplayName,
        ["roleTemplateId"] = role.TemplateId.ToString(),
    };

    /// <param name="full">With User.Read alone, everything except id, name and domains is null.</param>
    public static JsonObject Organization(SandboxTenant tenant, bool full) => new()
    {
        ["id"] = tenant.Id.ToString(),
        ["displayName"] = tenant.Name,
        ["countryLetterCode"] = full ? tenant.CountryCode : null,
        ["assignedPlans"] = full ? new JsonArray() : null,
        ["verifiedDomains"] = new JsonArray([.. tenant.Domains.Select(d => new JsonObject
        {
            ["capabilities"] = "Email, OfficeCommunicationsOnline",
            ["isDefault"] = d.IsDefault,
            ["isInitial"] = d.IsInitial,
            ["name"] = d.Name,
            ["type"] = d.IsManaged ? "Managed" : "Federated",
        })]),
    };

    /// <summary>Slightly more licences than there are people.</summary>
    public static JsonObject Licences(SandboxTenant tenant) => new()
    {
        ["id"] = $"{tenant.Id}_{StableId.Of("SPE_E5")}",
        ["skuId"] = StableId.Of("SPE_E5").ToString(),
        ["skuPartNumber"] = "SPE_E5",
        ["capabilityStatus"] = "Enabled",
        ["consumedUnits"] = tenant.People.Count,
        ["prepaidUnits"] = new JsonObject { ["enabled"] = tenant.People.Count + 5, ["suspended"] = 0, ["warning"] = 0 },
    };

    private const string MicrosoftOwner = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";

    private static JsonObject Permission(Guid id, string name, string description) => new()
    {
        ["id"] = id.ToString(),
        ["value"] = name,
        ["isEnabled"] = true,
        ["displayName"] = description,
        ["description"] = description,
        ["adminConsentDisplayName"] = description,
    };
}
