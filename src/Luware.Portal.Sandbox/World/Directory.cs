using System.Collections.Immutable;

namespace Luware.Portal.Sandbox.World;

/// <param name="Roles">Active directory roles.</param>
/// <param name="EligibleRoles">Roles that Privileged Identity Management would let the person activate; no token and no reading shows them.</param>
/// <param name="CanSignIn">Offered on the sign-in page.</param>
public sealed record Person(
    Guid Id, string DisplayName, string UserPrincipalName, string JobTitle,
    ImmutableList<DirectoryRole> Roles, ImmutableList<DirectoryRole> EligibleRoles, bool CanSignIn)
{
    /// <summary>App roles of the portal's registration that were given to the person in their own tenant.</summary>
    public ImmutableList<string> AppRoles { get; init; } = [];

    public bool HasAny(IReadOnlyList<DirectoryRole> roles) => Roles.Any(roles.Contains);
}

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
    /// <summary>The key that it was made under, if any.</summary>
    public string? UniqueName { get; init; }

    public ImmutableList<Guid> Owners { get; init; } = [];

    /// <summary>When members joined who were not there from the beginning.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> Joined { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>Long ago, unless it was made here.</summary>
    public DateTimeOffset CreatedAt { get; init; } = DateTimeOffset.UnixEpoch;
}

/// <summary>An enterprise application: an application that the tenant knows.</summary>
public sealed record ServicePrincipal(
    Guid Id, Guid ApplicationId, string DisplayName, bool Enabled, DateTimeOffset CreatedAt, ImmutableList<AppRoleAssignment> AppRoles)
{
    /// <summary>Only people who are assigned to it may sign in.</summary>
    public bool NeedsAssignment { get; init; }
}

/// <param name="ResourceId">Object id of the resource's service principal in this tenant.</param>
public sealed record AppRoleAssignment(string Id, Guid RoleId, Guid ResourceId, DateTimeOffset CreatedAt);

/// <param name="ClientId">Object id of the client's service principal.</param>
/// <param name="ResourceId">Object id of the resource's service principal.</param>
/// <param name="PrincipalId">The person; null where it was granted to the whole tenant.</param>
public sealed record DelegatedGrant(string Id, Guid ClientId, Guid ResourceId, Guid? PrincipalId, ImmutableSortedSet<string> Scopes, DateTimeOffset CreatedAt);
