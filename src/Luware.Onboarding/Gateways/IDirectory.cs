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

    /// <summary>The group that was made under this key; null where there is none, or none to be seen yet.</summary>
    Task<Group?> FindGroupAsync(TenantAccess access, string uniqueName, CancellationToken cancellationToken);

    /// <summary>Direct members, all pages.</summary>
    Task<IReadOnlyList<GroupMember>> GetMembersAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken);

    /// <summary>People in the group and in the groups in it, as a number alone: nobody is listed.</summary>
    Task<int> CountPeopleAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken);

    Task<IReadOnlyList<GroupMember>> GetOwnersAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken);

    /// <summary>Members of the tenant whose account is active and whose name fits; the first few of all where <paramref name="text"/> is empty.</summary>
    Task<IReadOnlyList<Person>> SearchPeopleAsync(TenantAccess access, string text, CancellationToken cancellationToken);

    Task<Person?> FindPersonAsync(TenantAccess access, Guid personId, CancellationToken cancellationToken);

    /// <summary>The licences that the tenant holds, by product.</summary>
    Task<IReadOnlyList<Licence>> GetLicencesAsync(TenantAccess access, CancellationToken cancellationToken);

    /// <summary>Makes a security group, or finds the one that was made under the same key: as good twice as once.</summary>
    Task CreateGroupAsync(TenantAccess access, NewGroup group, CancellationToken cancellationToken);

    /// <exception cref="RefusedException">Also where the person belongs to the group already, and while a new group is not known everywhere (404).</exception>
    Task AddToGroupAsync(TenantAccess access, Guid groupId, GroupPlace place, Guid personId, CancellationToken cancellationToken);
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
    IReadOnlyList<Guid> GraphAppRoles, IReadOnlyList<string> GraphDelegatedScopes)
{
    /// <summary>Only people who are assigned to it, themselves or by a group, may sign in to it.</summary>
    public bool NeedsAssignment { get; init; }
}

public sealed record Group(Guid Id, string DisplayName, bool SecurityEnabled, bool MailEnabled, bool IsDynamic, bool IsMicrosoft365, bool IsSynced)
{
    /// <summary>Its members can hold directory roles by it, so that only few administrators may change it.</summary>
    public bool IsRoleAssignable { get; init; }

    /// <summary>Members can be added through Microsoft Graph with the permissions that the portal asks for.</summary>
    public bool TakesMembers => !IsDynamic && !IsSynced && !IsRoleAssignable && (!MailEnabled || IsMicrosoft365);
}

/// <param name="UniqueName">The key that makes a second request find the first one's group.</param>
public sealed record NewGroup(string DisplayName, string Description, string UniqueName);

/// <summary>As what somebody belongs to a group.</summary>
public enum GroupPlace
{
    Member,
    Owner,
}

public enum MemberKind
{
    User,
    Group,
    Other,
}

public sealed record GroupMember(Guid Id, MemberKind Kind, string? DisplayName, string? UserPrincipalName)
{
    public Person ToPerson() => new(Id, DisplayName, UserPrincipalName);
}

public sealed record Person(Guid Id, string? DisplayName, string? UserPrincipalName)
{
    public string Name => DisplayName ?? UserPrincipalName ?? Id.ToString();

    /// <summary>From another tenant: Teams applies no recording policy of this tenant to them.</summary>
    public bool IsGuest => UserPrincipalName?.Contains("#EXT#", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Tells two people of one name apart.</summary>
    public string Label => UserPrincipalName is { } address && address != Name ? $"{Name} ({address})" : Name;
}

/// <param name="Product">The product's part number: SPE_E5.</param>
/// <param name="Held">Bought and active.</param>
public sealed record Licence(string Product, int Held);
