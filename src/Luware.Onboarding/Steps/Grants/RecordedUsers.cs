using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>The group of recorded users as it was found, or the reason why it must be picked.</summary>
/// <param name="Group">Null while it must be picked.</param>
/// <param name="Offered">Groups that look like Luware's, for the picker.</param>
internal sealed record RecordedUsers(Group? Group, IReadOnlyList<GroupMember> Members, IReadOnlyList<Group> Offered)
{
    /// <summary>Longer lists are cut: a plan is stored and sent to pages, and nobody picks test users from thousands.</summary>
    public const int LongestList = 200;

    private const string NameStart = "LuwareRecording";

    /// <summary>How the groups are looked for, to be shown as it is.</summary>
    public const string Request = $"GET /v1.0/groups?$filter=startswith(displayName,'{NameStart}')";

    /// <summary>Only direct members that are people: Teams does not follow nested groups.</summary>
    public IReadOnlyList<GroupMember> People { get; } =
        [.. Members.Where(m => m.Kind == MemberKind.User).OrderBy(NameOf, StringComparer.InvariantCultureIgnoreCase)];

    public int NestedGroups => Members.Count(m => m.Kind == MemberKind.Group);

    public int NamedAsRecommended => Offered.Count(HasRecommendedName);

    public GroupMember? Find(Guid person) => People.FirstOrDefault(m => m.Id == person);

    public IReadOnlyList<ChoiceOption> GroupOptions => [.. Offered.Select(g => new ChoiceOption(g.Id.ToString(), g.DisplayName))];

    public IReadOnlyList<ChoiceOption> PeopleOptions(IReadOnlyList<Guid> chosen) =>
        [.. chosen.Select(Find).OfType<GroupMember>().Concat(People.Where(m => !chosen.Contains(m.Id)).Take(LongestList)).Select(m => new ChoiceOption(m.Id.ToString(), LabelOf(m)))];

    public static async Task<RecordedUsers> ReadAsync(IDirectory directory, TenantAccess access, Guid? chosen, CancellationToken cancellationToken)
    {
        var offered = await directory.FindGroupsAsync(access, NameStart, cancellationToken);
        var group = chosen is { } id
            ? offered.FirstOrDefault(g => g.Id == id) ?? await directory.FindGroupAsync(access, id, cancellationToken)
            : offered.Where(HasRecommendedName).ToList() is [var only] ? only : null;
        var members = group is null ? [] : await directory.GetMembersAsync(access, group.Id, cancellationToken);
        return new RecordedUsers(group, members, group is null || offered.Any(g => g.Id == group.Id) ? offered : [group, .. offered]);
    }

    /// <summary>The name of a member, or the object id of somebody who is none any more.</summary>
    public string NameOf(Guid person) => Find(person) is { } member ? NameOf(member) : person.ToString();

    public static string NameOf(GroupMember member) => member.DisplayName ?? member.UserPrincipalName ?? member.Id.ToString();

    private static string LabelOf(GroupMember member) => member.UserPrincipalName is { } name ? $"{NameOf(member)} ({name})" : NameOf(member);

    private static bool HasRecommendedName(Group group) => TeamsAnswers.IsSameName(group.DisplayName, GrantsChoice.RecommendedGroup);
}
