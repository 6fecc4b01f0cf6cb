namespace Luware.Onboarding.Gateways;

/// <summary>What onboarding reads and changes in the customer's Entra directory (Microsoft Graph).</summary>
/// <remarks>Every method throws <see cref="GatewayException"/> for what the directory refuses or cannot do now.</remarks>
public interface IDirectory
{
    Task<Organization> GetOrganizationAsync(TenantAccess access, CancellationToken cancellationToken);

    /// <summary>Active directory roles of the signed-in person, by role template id. An eligible role that is not activated is absent.</summary>
    Task<IReadOnlyList<Guid>> GetActiveRolesAsync(TenantAccess access, CancellationToken cancellationToken);

    /// <summary>The enterprise application of an application id; null where there is none in the tenant.</summary>
    Task<ServicePrincipal?> FindServicePrincipalAsync(TenantAccess access, Guid applicationId, CancellationToken cancellationToken);

    Task<IReadOnlyList<Group>> FindGroupsAsync(TenantAccess access, string displayNameStart, CancellationToken cancellationToken);

    Task<Group?> FindGroupAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken);

    /// <summary>Direct members, all pages.</summary>
    Task<IReadOnlyList<GroupMember>> GetMembersAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken);
}

public sealed record Organization(Guid TenantId, string DisplayName, IReadOnlyList<VerifiedDomain> Domains);

/// <param name="Name">For example contoso.com.</param>
/// <param name="IsInitial">The tenant's onmicrosoft.com domain.</param>
/// <param name="IsManaged">Federated domains may refuse new cloud users.</param>
public sealed record VerifiedDomain(string Name, bool IsDefault, bool IsInitial, bool IsManaged);

/// <param name="GraphAppRoles">Ids of the application permissions of Microsoft Graph that are assigned.</param>
/// <param name="GraphDelegatedScopes">Names of the delegated permissions of Microsoft Graph that are granted to the whole tenant.</param>
public sealed record ServicePrincipal(
    Guid Id, Guid ApplicationId, string DisplayName, bool Enabled,
    IReadOnlyList<Guid> GraphAppRoles, IReadOnlyList<string> GraphDelegatedScopes);

public sealed record Group(Guid Id, string DisplayName, bool SecurityEnabled, bool MailEnabled, bool IsDynamic, bool IsMicrosoft365, bool IsSynced);

public enum MemberKind
{
    User,
    Group,
    Other,
}

public sealed record GroupMember(Guid Id, MemberKind Kind, string? DisplayName, string? UserPrincipalName);
