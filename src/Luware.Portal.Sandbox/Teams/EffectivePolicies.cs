using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>Determines which compliance recording policies are in effect for a person now.</summary>
internal static class EffectivePolicies
{
    /// <summary>The assignments that have taken effect, the winning one first: direct, then groups by rank. Nested groups are not followed.</summary>
    public static IEnumerable<(string PolicyName, Guid? Group)> Of(SandboxTenant tenant, SandboxFaults faults, Person person)
    {
        var direct = tenant.DirectAssignments
            .Where(a => a.PersonId == person.Id && InEffect(faults, person, a.CreatedAt))
            .Select(a => (a.PolicyName, (Guid?)null));
        var formerDirect = tenant.FormerDirectAssignments
            .Where(a => a.PersonId == person.Id && !InEffect(faults, person, a.EndedAt))
            .Select(a => (a.PolicyName, (Guid?)null));
        var groups = tenant.Groups.Where(g => g.Members.Contains(person.Id)).Select(g => g.Id).ToHashSet();
        var byGroup = tenant.GroupAssignments
            .Where(a => groups.Contains(a.GroupId) && InEffect(faults, person, a.CreatedAt))
            .OrderBy(a => a.Rank)
            .Select(a => (a.PolicyName, (Guid?)a.GroupId));
        var former = tenant.FormerAssignments
            .Where(a => groups.Contains(a.GroupId) && !InEffect(faults, person, a.EndedAt))
            .Select(a => (a.PolicyName, (Guid?)a.GroupId));
        return direct.Concat(formerDirect).Concat(byGroup).Concat(former);
    }

    /// <summary>True once a change of then has reached the person.</summary>
    public static bool InEffect(SandboxFaults faults, Person person, DateTimeOffset since) => faults.HasPassed(since, faults.EffectiveDelayOf(person.Id));
}
