using System.Collections.Immutable;

namespace Luware.Portal.Sandbox.World;

/// <param name="Roles">Active directory roles.</param>
/// <param name="EligibleRoles">Roles that the person could activate in Privileged Identity Management; no token and no reading shows them.</param>
/// <param name="CanSignIn">Whether the sign-in page offers the person.</param>
public sealed record Person(
    Guid Id, string DisplayName, string UserPrincipalName, string JobTitle,
    ImmutableList<DirectoryRole> Roles, ImmutableList<DirectoryRole> EligibleRoles, bool CanSignIn)
{
    /// <summary>App roles of the portal's registration that the person has in their own tenant.</summary>
    public ImmutableList<string> AppRoles { get; init; } = [];

    /// <summary>The account in another tenant of a guest; null for the tenant's own people.</summary>
    public HomeAccount? Home { get; init; }

    /// <param name="tenantId">The tenant of this object.</param>
    public HomeAccount HomeFrom(Guid tenantId) => Home ?? new HomeAccount(tenantId, Id, UserPrincipalName);

    public bool HasAny(IReadOnlyList<DirectoryRole> roles) => Roles.Any(roles.Contains);
}

/// <summary>What a person signs in with: one account spans its own tenant and all in which the person is a guest.</summary>
public sealed record HomeAccount(Guid TenantId, Guid PersonId, string UserPrincipalName);

public sealed record TenantDomain(string Name, bool IsDefault = false, bool IsInitial = false, bool IsManaged = true);

public enum GroupKind
{
    Security,
    Dynamic,
    Microsoft365,
    Synced,
}

/// <param name="Members">Ids of people and of nested groups.</param>
public sealed record DirectoryGroup(Guid Id, string DisplayName, string Description, GroupKind Kind, ImmutableList<Guid> Members)
{
    /// <summary>The unique name with which it was created, if any.</summary>
    public string? UniqueName { get; init; }

    public ImmutableList<Guid> Owners { get; init; } = [];

    /// <summary>Whether it is in an administrative unit with restricted management, of which nobody here is an administrator.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>When members joined who were added later.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> Joined { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>Long ago, unless it was created in this world.</summary>
    public DateTimeOffset CreatedAt { get; init; } = DateTimeOffset.UnixEpoch;
}

/// <summary>An enterprise application in the tenant.</summary>
public sealed record ServicePrincipal(
    Guid Id, Guid ApplicationId, string DisplayName, bool Enabled, DateTimeOffset CreatedAt, ImmutableList<AppRoleAssignment> AppRoles)
{
    /// <summary>Whether only assigned people may sign in.</summary>
    public bool NeedsAssignment { get; init; }
}

/// <param name="ResourceId">Object id of the resource's service principal in this tenant.</param>
public sealed record AppRoleAssignment(string Id, Guid RoleId, Guid ResourceId, DateTimeOffset CreatedAt);

/// <param name="ClientId">Object id of the client's service principal.</param>
/// <param name="ResourceId">Object id of the resource's service principal.</param>
/// <param name="PrincipalId">The person; null if granted for the whole tenant.</param>
public sealed record DelegatedGrant(string Id, Guid ClientId, Guid ResourceId, Guid? PrincipalId, ImmutableSortedSet<string> Scopes, DateTimeOffset CreatedAt);
