using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Tests.Steps;

/// <summary>A small model of a tenant's directory.</summary>
internal sealed class FakeDirectory : IDirectory
{
    public List<VerifiedDomain> Domains { get; } =
    [
        new("contoso.onmicrosoft.com", IsDefault: false, IsInitial: true, IsManaged: true),
        new("contoso.com", IsDefault: true, IsInitial: false, IsManaged: true),
    ];

    public Dictionary<Guid, ServicePrincipal> Principals { get; } = [];
    public List<Group> Groups { get; } = [];
    public Dictionary<Guid, List<GroupMember>> Members { get; } = [];
    public Dictionary<Guid, List<GroupMember>> Owners { get; } = [];
    public List<Person> People { get; } = [];
    public List<Licence> Licences { get; } = [];

    /// <summary>Groups by the unique name with which they were created.</summary>
    public Dictionary<string, Guid> UniqueNames { get; } = new(StringComparer.Ordinal);

    /// <summary>The writes, in order.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>Thrown by the next write, or when licences are read.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Enterprise applications cannot be read.</summary>
    public bool Fails { get; set; }

    /// <summary>Thrown by every reading.</summary>
    public GatewayException? Down { get; set; }

    /// <summary>What happens while the members of a group are read: time passes.</summary>
    public Action? WhileMembersAreRead { get; set; }

    /// <summary>Groups whose members were read, in order.</summary>
    public List<Guid> MembersRead { get; } = [];

    /// <summary>Groups created from now on are not visible yet.</summary>
    public bool Hides { get; set; }

    public Person AddPerson(string name)
    {
        var person = new Person(Guid.NewGuid(), name, $"{name.ToLowerInvariant().Replace(' ', '.')}@contoso.com");
        People.Add(person);
        return person;
    }

    public Group AddGroup(string name, int people)
    {
        var group = new Group(Guid.NewGuid(), name, SecurityEnabled: true, MailEnabled: false, IsDynamic: false, IsMicrosoft365: false, IsSynced: false);
        Groups.Add(group);
        Members[group.Id] =
            [.. Enumerable.Range(1, people).Select(i => new GroupMember(Guid.NewGuid(), MemberKind.User, $"Person {i:000}", $"person{i}@contoso.com"))];
        return group;
    }

    public void AddGuest(Guid groupId) =>
        Members[groupId].Add(new GroupMember(Guid.NewGuid(), MemberKind.User, "Guest", "guest_fabrikam.com#EXT#@contoso.onmicrosoft.com"));

    public void Change(Group group, Func<Group, Group> change) => Groups[Groups.FindIndex(g => g.Id == group.Id)] = change(group);

    public ServicePrincipal Consent(Guid applicationId, int roles = 8, bool signIn = true, bool enabled = true) =>
        Principals[applicationId] = new ServicePrincipal(
            Guid.NewGuid(), applicationId, "Luware Recording", enabled,
            [.. RequiredPermissions.Recording.All.Where(p => !p.Delegated).Take(roles).Select(p => p.Id)], signIn ? ["openid", "User.Read"] : []);

    public Task<Organization> GetOrganizationAsync(TenantAccess access, CancellationToken cancellationToken) =>
        Read(() => new Organization(access.TenantId, "Contoso", Domains));

    public Task<IReadOnlyList<Guid>> GetActiveRolesAsync(TenantAccess access, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<Guid>>(() => []);

    public Task<ServicePrincipal?> FindServicePrincipalAsync(TenantAccess access, Guid applicationId, CancellationToken cancellationToken) =>
        Read(() => Fails ? throw Refused("403", "Authorization_RequestDenied", "no") : Principals.GetValueOrDefault(applicationId));

    public Task<IReadOnlyList<Group>> FindGroupsAsync(TenantAccess access, string displayNameStart, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<Group>>(() => [.. Groups.Where(g => g.DisplayName.StartsWith(displayNameStart, StringComparison.OrdinalIgnoreCase))]);

    public Task<Group?> FindGroupAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken) => Read(() => Groups.Find(g => g.Id == groupId));

    public Task<IReadOnlyList<GroupMember>> GetMembersAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken)
    {
        MembersRead.Add(groupId);
        WhileMembersAreRead?.Invoke();
        return Read<IReadOnlyList<GroupMember>>(() => Members[Existing(groupId)]);
    }

    public Task<int> CountPeopleAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken) =>
        Read(() => PeopleIn(Existing(groupId)).Distinct().Count());

    public Task<Group?> FindGroupAsync(TenantAccess access, string uniqueName, CancellationToken cancellationToken) =>
        Read(() => UniqueNames.TryGetValue(uniqueName, out var id) ? Groups.Find(g => g.Id == id) : null);

    public Task<IReadOnlyList<GroupMember>> GetOwnersAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<GroupMember>>(() => Owners.GetValueOrDefault(Existing(groupId)) ?? []);

    public Task<IReadOnlyList<Person>> SearchPeopleAsync(TenantAccess access, string text, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<Person>>(() => [.. People.Where(p => !p.IsGuest && p.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase)).Take(8)]);

    public Task<Person?> FindPersonAsync(TenantAccess access, Guid personId, CancellationToken cancellationToken) =>
        Read(() => People.Find(p => p.Id == personId) ?? Members.Values.SelectMany(m => m).FirstOrDefault(m => m.Id == personId)?.ToPerson());

    public Task<IReadOnlyList<Licence>> GetLicencesAsync(TenantAccess access, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<Licence>>(() => Refusal is { } refusal ? throw refusal : Licences);

    public Task CreateGroupAsync(TenantAccess access, NewGroup group, CancellationToken cancellationToken)
    {
        ThrowIfRefused();
        Writes.Add($"create {group.DisplayName}");
        if (UniqueNames.ContainsKey(group.UniqueName))
            return Task.CompletedTask;

        var made = AddGroup(group.DisplayName, people: 0);
        UniqueNames[group.UniqueName] = made.Id;
        if (Hides)
            Groups.Remove(made);
        return Task.CompletedTask;
    }

    public Task AddToGroupAsync(TenantAccess access, Guid groupId, GroupRelation relation, Guid personId, CancellationToken cancellationToken)
    {
        ThrowIfRefused();
        var person = People.Single(p => p.Id == personId);
        var present = relation == GroupRelation.Owner ? Owners.TryGetValue(groupId, out var owners) ? owners : Owners[groupId] = [] : Members[groupId];
        if (present.Any(m => m.Id == personId))
            throw Refused("400", "Request_BadRequest", "One or more added object references already exist for the following modified properties: 'members'.");
        Writes.Add($"add {relation} {person.Name} to {Groups.Single(g => g.Id == groupId).DisplayName}");
        present.Add(new GroupMember(personId, MemberKind.User, person.DisplayName, person.UserPrincipalName));
        return Task.CompletedTask;
    }

    public static RefusedException Refused(string status, string code, string message) =>
        new("no", new RemoteAnswer("Microsoft Graph", code, status, message, null));

    private async Task<T> Read<T>(Func<T> read)
    {
        await Task.CompletedTask;
        return Down is { } down ? throw down : read();
    }

    private Guid Existing(Guid groupId) => Groups.Exists(g => g.Id == groupId) ? groupId
        : throw Refused("404", "Request_ResourceNotFound",
            $"Resource '{groupId}' does not exist or one of its queried reference-property objects are not present.");

    private IEnumerable<Guid> PeopleIn(Guid groupId) => Members.GetValueOrDefault(groupId, [])
        .SelectMany(m => m.Kind == MemberKind.Group ? PeopleIn(m.Id) : m.Kind == MemberKind.User ? [m.Id] : []);

    private void ThrowIfRefused()
    {
        if (Refusal is { } refusal)
            throw refusal;
    }
}
