using Luware.Onboarding.Gateways;

namespace Luware.Portal.Gateways.Graph;

/// <summary>Converts Graph's types to the portal's records.</summary>
internal static class GraphRecords
{
    public static VerifiedDomain Domain(Microsoft.Graph.Models.VerifiedDomain domain) => new(
        domain.Name ?? "", domain.IsDefault == true, domain.IsInitial == true, !string.Equals(domain.Type, "Federated", StringComparison.OrdinalIgnoreCase));

    public static ServicePrincipal Principal(
        Microsoft.Graph.Models.ServicePrincipal principal, Guid applicationId, IReadOnlyList<Guid> roles, IReadOnlyList<string> scopes) =>
        new(Guid.Parse(principal.Id!), applicationId, principal.DisplayName ?? "", principal.AccountEnabled != false, roles, scopes)
        {
            NeedsAssignment = principal.AppRoleAssignmentRequired == true, Owner = principal.AppOwnerOrganizationId,
        };

    public static Group Group(Microsoft.Graph.Models.Group group) => new(
        Guid.Parse(group.Id!),
        group.DisplayName ?? "",
        group.SecurityEnabled == true,
        group.MailEnabled == true,
        group.GroupTypes?.Contains("DynamicMembership", StringComparer.OrdinalIgnoreCase) == true,
        group.GroupTypes?.Contains("Unified", StringComparer.OrdinalIgnoreCase) == true,
        group.OnPremisesSyncEnabled == true)
    {
        IsRoleAssignable = group.IsAssignableToRole == true,
        IsRestricted = group.IsManagementRestricted == true,
    };

    public static Person Person(Microsoft.Graph.Models.User user) => new(Guid.Parse(user.Id!), user.DisplayName, user.UserPrincipalName);

    /// <summary>Licences whose subscription has run out still work during its grace period, in which Graph counts them as warning.</summary>
    public static Licence Licence(Microsoft.Graph.Models.SubscribedSku product) =>
        new(product.SkuPartNumber ?? "", (product.PrepaidUnits?.Enabled ?? 0) + (product.PrepaidUnits?.Warning ?? 0));

    public static GroupMember Member(Microsoft.Graph.Models.DirectoryObject member) => member switch
    {
        Microsoft.Graph.Models.User user => new GroupMember(Guid.Parse(user.Id!), MemberKind.User, user.DisplayName, user.UserPrincipalName),
        Microsoft.Graph.Models.Group group => new GroupMember(Guid.Parse(group.Id!), MemberKind.Group, group.DisplayName, null),
        _ => new GroupMember(Guid.Parse(member.Id!), MemberKind.Other, null, null),
    };
}
