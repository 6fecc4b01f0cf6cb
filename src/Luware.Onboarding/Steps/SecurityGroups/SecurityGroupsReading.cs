using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>Everything that step 1 reads.</summary>
/// <param name="Offered">Groups that look like Luware's, for the picker.</param>
/// <param name="People">All chosen people who exist, and the suggested ones, by object id.</param>
/// <param name="Suggested">People who can be picked as test users without typing.</param>
/// <param name="Licences">Null if they may not be read.</param>
internal sealed record SecurityGroupsReading(
    IReadOnlyList<GroupReading> Groups, IReadOnlyList<Group> Offered, IReadOnlyDictionary<Guid, Person> People, IReadOnlyList<Guid> Suggested,
    IReadOnlyList<Licence>? Licences)
{
    /// <summary>Longer lists are cut, because a plan is stored and sent to pages; other people are found by typing.</summary>
    public const int LongestList = 200;

    public string NameOf(Guid person) => People.TryGetValue(person, out var found) ? found.Name : person.ToString();

    public static async Task<SecurityGroupsReading> ReadAsync(
        IDirectory directory, TenantAccess access, SecurityGroupsChoice choice, CancellationToken cancellationToken)
    {
        var offered = await directory.FindGroupsAsync(access, WantedGroup.NameStart, cancellationToken);
        var groups = new List<GroupReading>();
        foreach (var wanted in choice.Groups)
            groups.Add(await GroupReading.ReadAsync(directory, access, wanted, offered, cancellationToken));

        var people = await SuggestAsync(directory, access, groups, cancellationToken);
        var suggested = people.Select(p => p.Id).ToList();
        var byId = people.ToDictionary(p => p.Id);
        foreach (var id in choice.Groups.SelectMany(choice.TestersOf).Concat(choice.Owners).Distinct())
        {
            if (!byId.ContainsKey(id) && await FindAsync(directory, access, groups, id, cancellationToken) is { } person)
                byId[id] = person;
        }

        return new SecurityGroupsReading(groups, Join(offered, groups), byId, suggested, await LicencesAsync(directory, access, cancellationToken));
    }

    /// <summary>Suggests members of the recorded-users groups; if there are none, the signed-in person and the first few people of the tenant.</summary>
    private static async Task<IReadOnlyList<Person>> SuggestAsync(
        IDirectory directory, TenantAccess access, List<GroupReading> groups, CancellationToken cancellationToken)
    {
        var recorded = groups.Where(g => g.Wanted.Role == GroupRole.RecordedUsers).SelectMany(g => g.Members).People()
            .DistinctBy(p => p.Id).OrderBy(p => p.Name, StringComparer.InvariantCultureIgnoreCase).Take(LongestList).ToList();
        if (recorded.Count > 0)
            return recorded;

        var person = await directory.FindPersonAsync(access, access.PersonId, cancellationToken);
        var others = await directory.SearchPeopleAsync(access, string.Empty, cancellationToken);
        return [.. (person is null or { IsGuest: true } ? [] : new[] { person }).Concat(others).DistinctBy(p => p.Id)];
    }

    private static async Task<Person?> FindAsync(
        IDirectory directory, TenantAccess access, List<GroupReading> groups, Guid id, CancellationToken cancellationToken) =>
        groups.SelectMany(g => g.Members.Concat(g.Owners)).FirstOrDefault(m => m.Id == id)?.ToPerson()
        ?? await directory.FindPersonAsync(access, id, cancellationToken);

    private static IReadOnlyList<Group> Join(IReadOnlyList<Group> offered, List<GroupReading> groups) =>
        [.. groups.Select(g => g.Group).OfType<Group>().Concat(groups.SelectMany(g => g.SameName)).Concat(offered).DistinctBy(g => g.Id)];

    private static async Task<IReadOnlyList<Licence>?> LicencesAsync(IDirectory directory, TenantAccess access, CancellationToken cancellationToken)
    {
        try
        {
            return await directory.GetLicencesAsync(access, cancellationToken);
        }
        catch (RefusedException)
        {
            // Licences are only a note, so the step does not depend on reading them.
            return null;
        }
    }
}
