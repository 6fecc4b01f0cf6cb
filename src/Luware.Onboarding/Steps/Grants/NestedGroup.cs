using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>A group inside a granted group. Teams follows direct members only, so the grant does not reach its people.</summary>
/// <param name="People">The number of people in it and in its nested groups.</param>
internal sealed record NestedGroup(Guid Id, string Name, int People)
{
    /// <summary>Further nested groups are counted but not read.</summary>
    public const int Most = 10;

    /// <summary>One count per nested group, however many people it has.</summary>
    public static async Task<IReadOnlyList<NestedGroup>> ReadAsync(
        IDirectory directory, TenantAccess access, RecordedUsers outer, CancellationToken cancellationToken)
    {
        var nested = new List<NestedGroup>();
        var groups = outer.Members.Where(m => m.Kind == MemberKind.Group).OrderBy(m => m.DisplayName, StringComparer.InvariantCultureIgnoreCase);
        foreach (var member in groups.Take(Most))
        {
            var people = await directory.CountPeopleAsync(access, member.Id, cancellationToken);
            nested.Add(new NestedGroup(member.Id, member.DisplayName ?? member.Id.ToString(), people));
        }
        return nested;
    }

    public static IEnumerable<PlannedObject> Objects(RecordedUsers outer)
    {
        var kind = new Sentence("Grants.Kind.Nested");
        foreach (var nested in outer.Nested)
        {
            var request = $"GET /v1.0/groups/{nested.Id}/transitiveMembers/microsoft.graph.user/$count\n→ {nested.People}";
            yield return new PlannedObject(
                $"nested/{outer.Identity}/{nested.Id}", $"{nested.Name} → {outer.Name}", kind, ObjectState.Found, What(outer, nested), request)
            {
                Notes = [new Sentence("Grants.Nested.Remedy", nested.Name, outer.Name)],
                IsAside = true,
            };
        }

        if (outer.NestedGroups - outer.Nested.Count is > 0 and var more)
        {
            yield return new PlannedObject(
                $"nested/{outer.Identity}", $"{Sentence.Number(more)} → {outer.Name}", kind, ObjectState.Found, new Sentence("Grants.Nested.More"),
                $"GET /v1.0/groups/{outer.Id}/members") { IsAside = true };
        }
    }

    private static Sentence What(RecordedUsers outer, NestedGroup nested) => nested.People switch
    {
        1 => new Sentence("Grants.Nested.One", outer.Name),
        var people => new Sentence("Grants.Nested.Many", Sentence.Number(people), outer.Name),
    };
}
