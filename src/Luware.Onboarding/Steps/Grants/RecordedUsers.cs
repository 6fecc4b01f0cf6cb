using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.SecurityGroups;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>A group that gets the policy: as it was found, or as step 1 will create it.</summary>
/// <param name="Identity">The same before and after the group is created.</param>
/// <param name="Id">Null until the group is created.</param>
/// <param name="Group">Null if it does not exist yet or cannot be read at the moment.</param>
/// <param name="Policy">The policy chosen for it.</param>
internal sealed record RecordedUsers(string Identity, string Name, Guid? Id, Group? Group, IReadOnlyList<GroupMember> Members, WantedPolicy Policy)
{
    /// <summary>The people who prove the grant: already members, or members once step 1 has added them.</summary>
    public IReadOnlyList<Person> Testers { get; init; } = [];

    /// <summary>True if it was picked for the grant instead of the groups of step 1.</summary>
    public bool IsPicked { get; init; }

    /// <summary>The role of a picked group in step 1; null if step 1 does not know it.</summary>
    public GroupRole? Role { get; init; }

    /// <summary>True if its members only view recordings: membership records nobody.</summary>
    public bool IsForAccess => Role is GroupRole.Supervisors or GroupRole.Administrators;

    /// <summary>Nested groups, which Teams ignores; only as many as are read.</summary>
    public IReadOnlyList<NestedGroup> Nested { get; init; } = [];

    /// <summary>Only direct members who are people of this tenant: Teams follows no nested group and applies no policy of this tenant to guests.</summary>
    public IReadOnlyList<Person> People { get; } =
        [.. Members.People().OrderBy(p => p.Name, StringComparer.InvariantCultureIgnoreCase)];

    /// <summary>True if the group exists but cannot be read now, so nobody knows whom a grant would reach.</summary>
    public bool IsUnread => Id is not null && Group is null;

    public int Guests => Members.Count(m => m.Kind == MemberKind.User && m.ToPerson().IsGuest);

    public int NestedGroups => Members.Count(m => m.Kind == MemberKind.Group);

    public AffectedGroup? Affected => Id is { } id ? new AffectedGroup(id, Name) : null;

    /// <summary>The number of people whom the policy reaches, including those who are about to join.</summary>
    public int Reach => People.Select(p => p.Id).Union(Testers.Select(t => t.Id)).Count();

    /// <summary>Reads the picked group, or the recorded-users groups of step 1.</summary>
    public static async Task<IReadOnlyList<RecordedUsers>> ReadAsync(
        IDirectory directory, StepContext context, GrantsChoice choice, CancellationToken cancellationToken)
    {
        var all = new List<RecordedUsers>();
        foreach (var identity in IdentitiesOf(context, choice))
        {
            var found = await ReadAsync(
                directory, context, identity, SecurityGroupsStep.FindId(context, identity), WantedPolicy.Of(context, choice, identity), cancellationToken);
            all.Add(found with { Nested = await NestedGroup.ReadAsync(directory, context.Access, found, cancellationToken) });
        }

        if (choice.GroupId is not null)
            return
            [
                all[0] with
                {
                    IsPicked = true, Role = SecurityGroupsStep.RoleOf(context, choice.GroupId.Value, all[0].Group?.DisplayName),
                    Testers = [.. choice.TestUsers.Select(all[0].Find).OfType<Person>()],
                },
            ];

        var groups = GroupsOf(context);
        return [.. groups.Recorded.Zip(all, (wanted, found) => found with
        {
            Testers = [.. groups.TestersOf(wanted).Select(t => new Person(t, SecurityGroupsStep.NameOf(context, t), null))],
        })];
    }

    public static async Task<RecordedUsers> ReadAsync(
        IDirectory directory, StepContext context, string identity, Guid? id, WantedPolicy policy, CancellationToken cancellationToken)
    {
        var group = id is null ? null : await directory.FindGroupAsync(context.Access, id.Value, cancellationToken);
        var members = group is null ? [] : await directory.GetMembersAsync(context.Access, group.Id, cancellationToken);
        return new RecordedUsers(identity, group?.DisplayName ?? identity, id, group, members, policy);
    }

    /// <summary>The groups that get the policy, according to the choice alone.</summary>
    public static IEnumerable<string> IdentitiesOf(StepContext context, GrantsChoice choice) =>
        choice.GroupId is { } picked ? [picked.ToString()] : GroupsOf(context).Recorded.Select(g => g.Identity);

    /// <summary>The people who try and prove the grant, according to the choice alone.</summary>
    public static IEnumerable<Guid> TestersOf(StepContext context, GrantsChoice choice)
    {
        var groups = GroupsOf(context);
        return choice.GroupId is null ? groups.Recorded.SelectMany(groups.TestersOf).Distinct() : choice.TestUsers;
    }

    /// <summary>The test users of one group.</summary>
    public static IEnumerable<Guid> TestersOf(StepContext context, GrantsChoice choice, string identity) => choice.GroupId is null
        ? GroupsOf(context).Recorded.Where(g => g.Identity == identity).SelectMany(GroupsOf(context).TestersOf)
        : choice.TestUsers;

    /// <summary>Finds a person; null if they are not in the group.</summary>
    public Person? Find(Guid person) => Testers.Concat(People).FirstOrDefault(p => p.Id == person);

    /// <summary>Chosen people first. A longer list is cut, because a plan is stored and sent to pages, and nobody picks test users from thousands.</summary>
    public IReadOnlyList<ChoiceOption> PeopleOptions()
    {
        var chosen = Testers.Select(t => t.Id).ToHashSet();
        return [.. Testers.Concat(People.Where(p => !chosen.Contains(p.Id)).Take(SecurityGroupsReading.LongestList)).Select(SecurityGroupsStep.Option)];
    }

    private static SecurityGroupsChoice GroupsOf(StepContext context) => context.Choices.Get<SecurityGroupsChoice>(SecurityGroupsStep.StepName);
}
