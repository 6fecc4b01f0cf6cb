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

    public Group AddGroup(string name, int people)
    {
        var group = new Group(Guid.NewGuid(), name, SecurityEnabled: true, MailEnabled: false, IsDynamic: false, IsMicrosoft365: false, IsSynced: false);
        Groups.Add(group);
        Members[group.Id] = [.. Enumerable.Range(1, people).Select(i => new GroupMember(Guid.NewGuid(), MemberKind.User, $"Person {i:000}", $"person{i}@contoso.com"))];
        return group;
    }

    public void Change(Group group, Func<Group, Group> change) => Groups[Groups.FindIndex(g => g.Id == group.Id)] = change(group);

    public ServicePrincipal Consent(Guid applicationId, int roles = 8, bool signIn = true, bool enabled = true) => Principals[applicationId] = new ServicePrincipal(
        Guid.NewGuid(), applicationId, "Luware Recording", enabled,
        [.. RequiredPermissions.All.Where(p => !p.Delegated).Take(roles).Select(p => p.Id)], signIn ? ["openid", "User.Read"] : []);

    public Task<Organization> GetOrganizationAsync(TenantAccess access, CancellationToken cancellationToken) =>
        Task.FromResult(new Organization(access.TenantId, "Contoso", Domains));

    public Task<IReadOnlyList<Guid>> GetActiveRolesAsync(TenantAccess access, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Guid>>([]);

    public Task<ServicePrincipal?> FindServicePrincipalAsync(TenantAccess access, Guid applicationId, CancellationToken cancellationToken) =>
        Task.FromResult(Principals.GetValueOrDefault(applicationId));

    public Task<IReadOnlyList<Group>> FindGroupsAsync(TenantAccess access, string displayNameStart, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Group>>([.. Groups.Where(g => g.DisplayName.StartsWith(displayNameStart, StringComparison.OrdinalIgnoreCase))]);

    public Task<Group?> FindGroupAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken) =>
        Task.FromResult(Groups.Find(g => g.Id == groupId));

    public Task<IReadOnlyList<GroupMember>> GetMembersAsync(TenantAccess access, Guid groupId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<GroupMember>>(Members[groupId]);
}
