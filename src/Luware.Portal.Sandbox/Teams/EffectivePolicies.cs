using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>Determines which compliance recording policies are in effect for a person now.</summary>
internal static class EffectivePolicies
{
    /// <summary>
    /// The assignments that have taken effect, the winning one first: direct, then groups by rank. Nested groups are not followed, and whoever joins a group
    /// later has its policy later.
    /// </summary>
    public static IEnumerable<(string PolicyName, Guid? Group)> Of(SandboxTenant tenant, SandboxFaults faults, Person person)
    {
        var direct = tenant.DirectAssignments
            .Where(a => a.PersonId == person.Id && InEffect(faults, person, a.CreatedAt))
            .Select(a => (a.PolicyName, (Guid?)null));
        var formerDirect = tenant.FormerDirectAssignments
            .Where(a => a.PersonId == person.Id && !InEffect(faults, person, a.EndedAt))
            .Select(a => (a.PolicyName, (Guid?)null));
        var joined = tenant.Groups.Where(g => g.Members.Contains(person.Id)).ToDictionary(g => g.Id, g => g.Joined.GetValueOrDefault(person.Id));
        var byGroup = tenant.GroupAssignments
            .Where(a => joined.TryGetValue(a.GroupId, out var at) && InEffect(faults, person, Later(a.CreatedAt, at)))
            .OrderBy(a => a.Rank)
            .Select(a => (a.PolicyName, (Guid?)a.GroupId));
        var former = tenant.FormerAssignments
            .Where(a => joined.TryGetValue(a.GroupId, out var at) && Reached(faults, person, Later(a.CreatedAt, at), a.EndedAt))
            .Where(a => !InEffect(faults, person, a.EndedAt))
            .Select(a => (a.PolicyName, (Guid?)a.GroupId));
        return direct.Concat(formerDirect).Concat(byGroup).Concat(former);
    }

    // What ended before it had come into effect for the person was never in effect for them.
    private static bool Reached(SandboxFaults faults, Person person, DateTimeOffset since, DateTimeOffset endedAt) =>
        since + faults.EffectiveDelayOf(person.Id) <= endedAt;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>True once a change of then has reached the person.</summary>
    public static bool InEffect(SandboxFaults faults, Person person, DateTimeOffset since) => faults.HasPassed(since, faults.EffectiveDelayOf(person.Id));
}
