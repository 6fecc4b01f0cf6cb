using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>One wanted group as it was found.</summary>
/// <param name="Group">Null if no group or more than one has the name.</param>
/// <param name="SameName">All groups with the name, if it was looked up by name.</param>
internal sealed record GroupReading(
    WantedGroup Wanted, Group? Group, IReadOnlyList<Group> SameName, IReadOnlyList<GroupMember> Members, IReadOnlyList<GroupMember> Owners)
{
    /// <summary>Counts people only: Teams does not follow nested groups. Guests are not recorded, so only groups that give access count them.</summary>
    public int People => Members.Count(m => m.Kind == MemberKind.User && (Wanted.Role != GroupRole.RecordedUsers || !m.ToPerson().IsGuest));

    public int NestedGroups => Members.Count(m => m.Kind == MemberKind.Group);

    public bool Has(GroupRelation relation, Guid person) => (relation == GroupRelation.Owner ? Owners : Members).Any(m => m.Id == person);

    /// <param name="offered">All groups whose names begin like the article's.</param>
    public static async Task<GroupReading> ReadAsync(
        IDirectory directory, TenantAccess access, WantedGroup wanted, IReadOnlyList<Group> offered, CancellationToken cancellationToken)
    {
        var sameName = wanted.Id is null ? await FindByNameAsync(directory, access, wanted.Name, offered, cancellationToken) : [];
        var group = await ChooseAsync(directory, access, wanted, sameName, cancellationToken);
        return group is null
            ? new GroupReading(wanted, null, sameName, [], [])
            : new GroupReading(
                wanted, group, sameName, await directory.GetMembersAsync(access, group.Id, cancellationToken),
                await directory.GetOwnersAsync(access, group.Id, cancellationToken));
    }

    /// <summary>Chooses the picked group, or the only one with the name, or the one that the portal created and somebody has renamed since.</summary>
    private static async Task<Group?> ChooseAsync(
        IDirectory directory, TenantAccess access, WantedGroup wanted,
        IReadOnlyList<Group> sameName, CancellationToken cancellationToken) => (wanted.Id, sameName) switch
    {
        ({ } id, _) => await directory.FindGroupAsync(access, id, cancellationToken),
        (_, []) when GroupNames.Check(wanted.Name) is null => await directory.FindGroupAsync(access, GroupNames.UniqueName(wanted.Name), cancellationToken),
        (_, [var only]) => only,
        _ => null,
    };

    private static async Task<IReadOnlyList<Group>> FindByNameAsync(
        IDirectory directory, TenantAccess access, string name, IReadOnlyList<Group> offered, CancellationToken cancellationToken)
    {
        if (GroupNames.Check(name) is not null)
            return [];

        var candidates = name.StartsWith(WantedGroup.NameStart, StringComparison.OrdinalIgnoreCase)
            ? offered
            : await directory.FindGroupsAsync(access, name, cancellationToken);
        return [.. candidates.Where(g => TeamsAnswers.IsSameName(g.DisplayName, name))];
    }
}
