namespace Luware.Onboarding.Gateways;

/// <summary>What onboarding reads and changes in the customer's Entra directory (Microsoft Graph).</summary>
/// <remarks>Every method throws <see cref="GatewayException"/> if the directory refuses or is unavailable.</remarks>
public interface IDirectory
{
    Task<Organization> GetOrganizationAsync(TenantAccess access, CancellationToken cancellationToken);

    /// <summary>Active directory roles of the signed-in person, by role template id. An eligible role that is not activated is absent.</summary>
    Task<IReadOnlyList<Guid>> GetActiveRolesAsync(TenantAccess access, CancellationToken cancellationToken);

    /// <summary>The enterprise application with this application id; null if the tenant has none.</summary>
    Task<ServicePrincipal?> FindServicePrincipalAsync(TenantAccess access, Guid applicationId, CancellationToken cancellationToken);

    Task<IReadOnlyList<Group>> FindGroupsAsync(TenantAccess access, string displayNameStart, CancellationToken cancellationToken);

    Task<Group?> FindGroupAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken);

    /// <summary>The group created with this unique name; null if there is none or it is not visible yet.</summary>
    Task<Group?> FindGroupAsync(TenantAccess access, string uniqueName, CancellationToken cancellationToken);

    /// <summary>Direct members, all pages.</summary>
    Task<IReadOnlyList<GroupMember>> GetMembersAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken);

    /// <summary>Counts the people in the group and its nested groups without listing them.</summary>
    Task<int> CountPeopleAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken);

    Task<IReadOnlyList<GroupMember>> GetOwnersAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken);

    /// <summary>
    /// The tenant's own people with an active account and a matching name; the first few if <paramref name="text"/> is empty. Nobody of another tenant, even
    /// if they are a member of this one.
    /// </summary>
    Task<IReadOnlyList<Person>> SearchPeopleAsync(TenantAccess access, string text, CancellationToken cancellationToken);

    Task<Person?> FindPersonAsync(TenantAccess access, Guid personId, CancellationToken cancellationToken);

    /// <summary>The licences that the tenant holds, by product.</summary>
    Task<IReadOnlyList<Licence>> GetLicencesAsync(TenantAccess access, CancellationToken cancellationToken);

    /// <summary>Creates a security group, or finds the one created with the same unique name, so it may be called twice.</summary>
    Task CreateGroupAsync(TenantAccess access, NewGroup group, CancellationToken cancellationToken);

    /// <exception cref="RefusedException">Also if the person is a member already, and while a new group is not known everywhere (404).</exception>
    Task AddToGroupAsync(TenantAccess access, Guid groupId, GroupRelation relation, Guid personId, CancellationToken cancellationToken);
}

public sealed record Organization(Guid TenantId, string DisplayName, IReadOnlyList<VerifiedDomain> Domains);

/// <param name="Name">For example contoso.com.</param>
/// <param name="IsInitial">The tenant's onmicrosoft.com domain.</param>
/// <param name="IsManaged">Federated domains may refuse new cloud users.</param>
public sealed record VerifiedDomain(string Name, bool IsDefault, bool IsInitial, bool IsManaged);

/// <param name="GraphAppRoles">Ids of the assigned application permissions of Microsoft Graph.</param>
/// <param name="GraphDelegatedScopes">Names of the delegated permissions of Microsoft Graph that are granted for the whole tenant.</param>
public sealed record ServicePrincipal(
    Guid Id, Guid ApplicationId, string DisplayName, bool Enabled,
    IReadOnlyList<Guid> GraphAppRoles, IReadOnlyList<string> GraphDelegatedScopes)
{
    /// <summary>Only people who are assigned to it, directly or through a group, may sign in to it.</summary>
    public bool NeedsAssignment { get; init; }

    /// <summary>The tenant that publishes the application; null where the directory does not say.</summary>
    public Guid? Owner { get; init; }
}

public sealed record Group(Guid Id, string DisplayName, bool SecurityEnabled, bool MailEnabled, bool IsDynamic, bool IsMicrosoft365, bool IsSynced)
{
    /// <summary>The group can give its members directory roles, so only few administrators may change it.</summary>
    public bool IsRoleAssignable { get; init; }

    /// <summary>The group is in an administrative unit with restricted management: a role of the whole tenant, even the highest, may not change it.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>Whether members can be added through Microsoft Graph with the permissions that the portal asks for.</summary>
    public bool TakesMembers => !IsDynamic && !IsSynced && !IsRoleAssignable && !IsRestricted && (!MailEnabled || IsMicrosoft365);
}

/// <param name="UniqueName">The key by which a repeated request finds the group of the first.</param>
public sealed record NewGroup(string DisplayName, string Description, string UniqueName);

/// <summary>A person's role in a group.</summary>
public enum GroupRelation
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

public static class GroupMembers
{
    /// <summary>The people of this tenant: no groups, no devices and no guests.</summary>
    public static IEnumerable<Person> People(this IEnumerable<GroupMember> members) =>
        members.Where(m => m.Kind == MemberKind.User).Select(m => m.ToPerson()).Where(p => !p.IsGuest);
}

public sealed record Person(Guid Id, string? DisplayName, string? UserPrincipalName)
{
    public string Name => DisplayName ?? UserPrincipalName ?? Id.ToString();

    /// <summary>True for people from another tenant: Teams applies no recording policy of this tenant to them.</summary>
    public bool IsGuest => UserPrincipalName?.Contains("#EXT#", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The name with the address, which distinguishes people with the same name.</summary>
    public string Label => UserPrincipalName is { } address && address != Name ? $"{Name} ({address})" : Name;
}

/// <param name="Product">The product's part number: SPE_E5.</param>
/// <param name="Held">The number of bought licences that work, including those in their grace period.</param>
public sealed record Licence(string Product, int Held);
