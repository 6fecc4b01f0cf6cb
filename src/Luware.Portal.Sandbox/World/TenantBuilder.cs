using System.Collections.Immutable;

namespace Luware.Portal.Sandbox.World;

/// <summary>Sets up a tenant's initial state.</summary>
internal sealed class TenantBuilder
{
    public const string RecordedUsers = "LuwareRecording-RecordedUsers";

    private static readonly DateTimeOffset LongAgo = new(2024, 3, 12, 8, 30, 0, TimeSpan.Zero);

    public TenantBuilder(Guid id, string name, string countryCode, params IReadOnlyList<TenantDomain> domains)
    {
        Tenant = new SandboxTenant(id, name, countryCode, domains)
        {
            ServicePrincipals = [.. Apis.All.Select(
                api => new ServicePrincipal(IdOf("principal", api.DisplayName, id), api.ApplicationId, api.DisplayName, true, LongAgo, []))],
        };
        Staff = new Staff(id, Tenant.DefaultDomain);
    }

    public SandboxTenant Tenant { get; }
    public Staff Staff { get; }

    /// <summary>Adds people who can sign in, other people, and the groups of a typical tenant, but none of Luware's.</summary>
    public TenantBuilder With(IReadOnlyList<Person> administrators, IReadOnlyList<Person> recorded)
    {
        Tenant.People = [.. administrators, .. recorded];
        var trading = Group("Trading Floor", "Equities and derivatives", GroupKind.Security, recorded.Take(2));
        var front = Group("Front Office", "Everybody who deals with clients", GroupKind.Security, administrators.Take(1));
        Tenant.Groups =
        [
            trading,
            Group("Trading Floor", "Fixed income", GroupKind.Security, recorded.Take(1), "Fixed income"),
            Group("All Employees", "Everybody with an active account", GroupKind.Dynamic, Tenant.People),
            Group("Sales Team", "Sales and marketing", GroupKind.Microsoft365, administrators.Take(3)),
            Group("Branch Offices", "Synchronised from the domain controllers", GroupKind.Synced, recorded.Take(3)),
            front with { Members = front.Members.Add(trading.Id) },
        ];
        return this;
    }

    /// <summary>Adds the article's first group, created by hand, with the people to record.</summary>
    public TenantBuilder WithRecordedUsers(IReadOnlyList<Person> recorded) =>
        WithGroup(Group(RecordedUsers, "People whose calls and meetings are recorded", GroupKind.Security, recorded));

    /// <summary>Adds the article's other two groups.</summary>
    public TenantBuilder WithOtherRoles(Person supervisor, Person administrator) => this
        .WithGroup(Group("LuwareRecording-Supervisors", "People who may listen to recordings", GroupKind.Security, [supervisor]))
        .WithGroup(Group("LuwareRecording-Administrators", "People who configure Luware Recording", GroupKind.Security, [administrator]));

    /// <summary>Adds an application to which somebody has consented on the consent page.</summary>
    public TenantBuilder WithConsent(RegisteredApplication application)
    {
        var graph = Tenant.FindServicePrincipal(Apis.Graph.ApplicationId)!.Id;
        var principal = new ServicePrincipal(
            IdOf("principal", application.DisplayName), application.ClientId, application.DisplayName, true, LongAgo,
            [.. application.AppRoles.Select(
                r => new AppRoleAssignment(StableId.Of(Tenant.Id.ToString(), application.DisplayName, r.Name).ToString("N"), r.Id, graph, LongAgo))]);
        Tenant.ServicePrincipals = Tenant.ServicePrincipals.Add(principal);
        Tenant.Grants = Tenant.Grants.Add(new DelegatedGrant(
            IdOf("grant", application.DisplayName).ToString("N"), principal.Id, graph, null, ["User.Read"], LongAgo));
        return this;
    }

    public TenantBuilder WithInstance(RegisteredApplication application, string userPrincipalNamePrefix, out Guid objectId)
    {
        var userPrincipalName = $"{userPrincipalNamePrefix}@{Tenant.DefaultDomain}";
        objectId = IdOf("instance", userPrincipalName);
        Tenant.Instances = Tenant.Instances.Add(new ApplicationInstance(objectId, userPrincipalName, application.DisplayName, application.ClientId, LongAgo));
        return this;
    }

    public TenantBuilder WithPolicy(string name, string description, RecordingLink link)
    {
        Tenant.Policies = Tenant.Policies.Add(new RecordingPolicy(name, true, description, [link], LongAgo));
        return this;
    }

    /// <summary>Adds everything that onboarding creates, except for one thing.</summary>
    public TenantBuilder WithOnboarding(bool is2N, IReadOnlyList<Person> recorded, Person administrator, Undone undone)
    {
        var region = is2N ? "mtde" : "mtch";
        Guid[] ids = is2N ? [Applications.Germany1, Applications.Germany2] : [Applications.Switzerland1];
        RegisteredApplication[] applications = [.. ids.Select(id => new Applications().Find(id.ToString())!)];
        if (undone != Undone.Groups)
            WithRecordedUsers(recorded).WithOtherRoles(administrator, administrator);
        foreach (var application in undone == Undone.Consent ? [] : applications)
            WithConsent(application);
        if (undone is Undone.Instances)
            return this;
        List<Guid> instances = [];
        foreach (var (application, number) in applications.Select((a, i) => (a, i + 1)))
        {
            WithInstance(application, $"luwarerecording-{region}-{number}", out var instance);
            instances.Add(instance);
        }

        if (undone is Undone.Policies)
            return this;
        WithPolicy("luwarerecordingfailclose1", "Luware Recording Fail Close 1", new RecordingLink(instances[0]) { Paired = is2N ? instances[1] : null });
        if (Tenant.Groups.Find(g => g.DisplayName == RecordedUsers) is { } group && undone != Undone.Grants)
            Tenant.GroupAssignments = Tenant.GroupAssignments.Add(new GroupAssignment(group.Id, Tenant.Policies[0].Name, 1, LongAgo, administrator.Id));
        return this;
    }

    /// <summary>Adds a storage account as Luware's article requires it, except for what is still to be done. It belongs to the first administrator.</summary>
    public TenantBuilder WithStorage(string name, string location, params IEnumerable<AzureFault> open)
    {
        var owner = Tenant.People[0].Id;
        var account = new AzureAccount(IdOf("subscription", name), "recording", name, location)
        {
            Owners = [owner],
            BlobContributors = [owner],
            Containers = [new AzureContainer("luware-recording", IsImmutable: true)],
            Endpoints = [new AzureEndpoint($"{name}.luware", AzureEndpoint.LuwareSubscription, "Approved")],
        };
        Tenant.Azure = open.Aggregate(account, (sofar, fault) => sofar.With(fault));
        return this;
    }

    /// <summary>Gives a person all rights in the account, perhaps without any directory role.</summary>
    public TenantBuilder WithStorageOwner(Person person)
    {
        Tenant.Azure = Tenant.Azure! with { Owners = Tenant.Azure.Owners.Add(person.Id), BlobContributors = Tenant.Azure.BlobContributors.Add(person.Id) };
        return this;
    }

    private TenantBuilder WithGroup(DirectoryGroup group)
    {
        Tenant.Groups = Tenant.Groups.Add(group);
        return this;
    }

    private DirectoryGroup Group(string name, string description, GroupKind kind, IEnumerable<Person> members, string? distinct = null) =>
        new(IdOf("group", name + distinct), name, description, kind, [.. members.Select(m => m.Id)]);

    private Guid IdOf(string kind, string name) => IdOf(kind, name, Tenant.Id);

    private static Guid IdOf(string kind, string name, Guid tenantId) => StableId.Of(tenantId.ToString(), kind, name);
}
