using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>Determines which compliance recording policies are in effect for a person now.</summary>
internal static class EffectivePolicies
{
    /// <summary>The assignments that have taken effect, the winning one first: direct, then groups by rank. Nested groups are not followed.</summary>
    public static IEnumerable<(string PolicyName, Guid? Group)> Of(SandboxTenant tenant, SandboxFaults faults, Person person)
    {
        bool InEffect(DateTimeOffset since) => faults.HasPassed(since, faults.EffectiveDelayOf(person.Id));
        var direct = tenant.DirectAssignments
            .Where(a => a.PersonId == person.Id && InEffect(a.CreatedAt))
            .Select(a => (a.PolicyName, (Guid?)null));
        var groups = tenant.Groups.Where(g => g.Members.Contains(person.Id)).Select(g => g.Id).ToHashSet();
        var byGroup = tenant.GroupAssignments
            .Where(a => groups.Contains(a.GroupId) && InEffect(a.CreatedAt))
            .OrderBy(a => a.Rank)
            .Select(a => (a.PolicyName, (Guid?)a.GroupId));
        var former = tenant.FormerAssignments
            .Where(a => groups.Contains(a.GroupId) && !faults.HasPassed(a.EndedAt, faults.EffectiveDelay))
            .Select(a => (a.PolicyName, (Guid?)a.GroupId));
        return direct.Concat(byGroup).Concat(former);
    }
}
