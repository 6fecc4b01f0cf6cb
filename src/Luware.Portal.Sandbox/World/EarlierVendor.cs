using System.Collections.Immutable;

namespace Luware.Portal.Sandbox.World;

/// <summary>Sets up tenants that another vendor has recorded, or that are larger than the named ones.</summary>
public static class EarlierVendor
{
    private static readonly DateTimeOffset LongAgo = new(2024, 3, 12, 8, 30, 0, TimeSpan.Zero);

    /// <summary>Adds another vendor's policy, granted to these people directly and to these groups at the first ranks.</summary>
    public static void AddPolicy(this SandboxTenant tenant, string policy, IEnumerable<Guid> people, params IEnumerable<Guid> groups) => tenant.Change(() =>
    {
        tenant.Policies = tenant.Policies.Add(new RecordingPolicy(policy, true, "Another vendor", [], LongAgo));
        tenant.DirectAssignments = tenant.DirectAssignments.AddRange(people.Select(p => new DirectAssignment(p, policy, LongAgo)));
        return tenant.Grant(policy, groups);
    });

    /// <summary>Grants a policy to groups by hand, each at the last rank.</summary>
    public static ImmutableList<GroupAssignment> Grant(this SandboxTenant tenant, string policy, params IEnumerable<Guid> groups) => tenant.Change(() =>
    {
        foreach (var group in groups)
            tenant.GroupAssignments = tenant.GroupAssignments.Add(
                new GroupAssignment(group, policy, tenant.GroupAssignments.Count + 1, LongAgo, tenant.People[0].Id));
        return tenant.GroupAssignments;
    });

    /// <summary>Adds members (people or groups) who have belonged to a group for a long time.</summary>
    public static void AddMembers(this SandboxTenant tenant, Guid group, params IEnumerable<Guid> members) => tenant.Change(() =>
    {
        var outer = tenant.Groups.Single(g => g.Id == group);
        return tenant.Groups = tenant.Groups.Replace(outer, outer with { Members = outer.Members.AddRange(members) });
    });

    public static IReadOnlyList<Person> AddPeople(this SandboxTenant tenant, IEnumerable<string> userPrincipalNames) => tenant.Change(() =>
    {
        Person[] people = [.. userPrincipalNames.Select(
            n => new Person(StableId.Of(tenant.Id.ToString(), n), n.Split('@')[0], n, "Broker", [], [], CanSignIn: false))];
        tenant.People = tenant.People.AddRange(people);
        return people;
    });
}
