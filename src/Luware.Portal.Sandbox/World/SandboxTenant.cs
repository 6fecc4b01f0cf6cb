using System.Collections.Immutable;

namespace Luware.Portal.Sandbox.World;

/// <summary>
/// A customer's tenant, the single source of truth behind Entra, Microsoft Graph and Teams. Every list is an immutable snapshot, so reading needs no lock;
/// changes go through <see cref="Change{T}"/>, which makes check and write atomic.
/// </summary>
public sealed class SandboxTenant(Guid id, string name, string countryCode, IReadOnlyList<TenantDomain> domains)
{
    private readonly Lock _gate = new();

    public Guid Id { get; } = id;
    public string Name { get; } = name;
    public string CountryCode { get; } = countryCode;
    public IReadOnlyList<TenantDomain> Domains { get; } = domains;

    public ImmutableList<Person> People { get; internal set; } = [];

    /// <summary>People deleted within the last 30 days, whom Teams still lists with what they were granted.</summary>
    public ImmutableList<Person> DeletedPeople { get; internal set; } = [];
    public ImmutableList<DirectoryGroup> Groups { get; internal set; } = [];
    public ImmutableList<ServicePrincipal> ServicePrincipals { get; internal set; } = [];
    public ImmutableList<DelegatedGrant> Grants { get; internal set; } = [];

    public ImmutableList<ApplicationInstance> Instances { get; internal set; } = [];
    public ImmutableList<RecordingPolicy> Policies { get; internal set; } = [];

    /// <summary>The policy of everybody who has no other.</summary>
    public RecordingPolicy Global { get; internal set; } = new(RecordingPolicy.GlobalName, Enabled: false, Description: null, [], default);

    public ImmutableList<GroupAssignment> GroupAssignments { get; internal set; } = [];
    public ImmutableList<DirectAssignment> DirectAssignments { get; internal set; } = [];

    /// <summary>Removed group assignments that stay in effect for people for a while.</summary>
    public ImmutableList<FormerAssignment> FormerAssignments { get; internal set; } = [];

    /// <summary>Direct assignments that were removed or replaced and stay in effect for a while.</summary>
    public ImmutableList<FormerDirectAssignment> FormerDirectAssignments { get; internal set; } = [];

    /// <summary>The storage account; null if the tenant has none.</summary>
    public AzureAccount? Azure { get; internal set; }

    /// <summary>Every change received over the network, in order; proves that nothing was done twice.</summary>
    public ImmutableList<WriteEntry> Writes { get; internal set; } = [];

    public string DefaultDomain => Domains.First(d => d.IsDefault).Name;

    public Person? FindPerson(string idOrUserPrincipalName) =>
        People.Find(p => Is(p.UserPrincipalName, idOrUserPrincipalName) || Is(p.Id.ToString(), idOrUserPrincipalName));

    public ServicePrincipal? FindServicePrincipal(Guid applicationId) => ServicePrincipals.Find(p => p.ApplicationId == applicationId);

    public RecordingPolicy? FindPolicy(string policyName) => Policies.Find(p => Is(p.Name, policyName));

    /// <summary>Direct members of a group that are people.</summary>
    public IEnumerable<Person> PeopleIn(DirectoryGroup group) => People.Where(p => group.Members.Contains(p.Id));

    public void SetRoles(Guid personId, params IEnumerable<DirectoryRole> roles) => Change(() =>
    {
        var person = People.Single(p => p.Id == personId);
        return People = People.Replace(person, person with { Roles = [.. roles] });
    });

    /// <summary>Adds a person of another tenant as a guest, who has an object of their own here, as an administrator of this tenant.</summary>
    public Person AddGuest(SandboxTenant home, Person person, params IEnumerable<DirectoryRole> roles) => Change(() =>
    {
        var address = $"{person.UserPrincipalName.Replace('@', '_')}#EXT#@{Domains.First(d => d.IsInitial).Name}";
        var guest = new Person(Guid.NewGuid(), person.DisplayName, address, person.JobTitle, [.. roles], [], CanSignIn: true)
        {
            Home = person.HomeFrom(home.Id),
        };
        People = People.Add(guest);
        return guest;
    });

    /// <summary>Gives the rights over the storage account to this person alone.</summary>
    public void LeaveStorageTo(Guid personId) => Change(() => Azure = Azure! with { Owners = [personId], BlobContributors = [personId] });

    /// <summary>Assigns the portal's app roles to a person, as an administrator of the tenant.</summary>
    public void SetAppRoles(Guid personId, params IEnumerable<string> roles) => Change(() =>
    {
        var person = People.Single(p => p.Id == personId);
        return People = People.Replace(person, person with { AppRoles = [.. roles] });
    });

    /// <summary>Creates a group as in the admin center; Entra allows a second one with the same name.</summary>
    public DirectoryGroup MakeGroup(string name, params IEnumerable<Guid> members) => Change(() =>
    {
        var group = new DirectoryGroup(Guid.NewGuid(), name, "Made by hand", GroupKind.Security, [.. members]);
        Groups = Groups.Add(group);
        return group;
    });

    /// <summary>Deletes a group as in the admin center.</summary>
    public void RemoveGroup(Guid id) => Change(() => Groups = Groups.RemoveAll(g => g.Id == id));

    internal T Change<T>(Func<T> change)
    {
        lock (_gate)
            return change();
    }

    internal void Record(DateTimeOffset at, Guid by, string what, string changed) => Writes = Writes.Add(new WriteEntry(at, by, what, changed));

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
