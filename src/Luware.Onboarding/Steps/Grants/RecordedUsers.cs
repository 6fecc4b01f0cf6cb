using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.SecurityGroups;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>A group that gets the policy: as it was found, or as step 1 will make it.</summary>
/// <param name="Identity">The same before and after the group is made.</param>
/// <param name="Id">Null until the group is made.</param>
/// <param name="Group">Null while it is not there, or is not to be seen just now.</param>
/// <param name="Testers">People in whom the grant is proven, members by now or once step 1 has added them.</param>
/// <param name="IsPicked">Picked for the grant instead of the groups of step 1.</param>
internal sealed record RecordedUsers(
    string Identity, string Name, Guid? Id, Group? Group, IReadOnlyList<GroupMember> Members, IReadOnlyList<Person> Testers, bool IsPicked)
{
    /// <summary>Only direct members that are people: Teams does not follow nested groups.</summary>
    public IReadOnlyList<Person> People { get; } =
        [.. Members.Where(m => m.Kind == MemberKind.User).Select(m => m.ToPerson()).OrderBy(p => p.Name, StringComparer.InvariantCultureIgnoreCase)];

    /// <summary>It was there, and cannot be read now: nobody knows whom a grant would reach.</summary>
    public bool IsUnread => Id is not null && Group is null;

    public int NestedGroups => Members.Count(m => m.Kind == MemberKind.Group);

    /// <summary>How many people the policy reaches, those included who are about to join.</summary>
    public int Reach => People.Select(p => p.Id).Union(Testers.Select(t => t.Id)).Count();

    /// <summary>Null for somebody who is not in the group.</summary>
    public string? NameOf(Guid person) => Testers.Concat(People).FirstOrDefault(p => p.Id == person)?.Name;

    /// <summary>The group of the grant's own choice, or the recorded-users groups of step 1.</summary>
    public static async Task<IReadOnlyList<RecordedUsers>> ReadAsync(IDirectory directory, StepContext context, GrantsChoice choice, CancellationToken cancellationToken)
    {
        if (choice.GroupId is { } picked)
            return [await PickedAsync(directory, context.Access, picked, choice.TestUsers, cancellationToken)];

        var groups = context.Choices.Get<SecurityGroupsChoice>(SecurityGroupsStep.StepName);
        var all = new List<RecordedUsers>();
        foreach (var wanted in groups.Recorded)
        {
            var id = SecurityGroupsStep.FindId(context, wanted);
            var group = id is null ? null : await directory.FindGroupAsync(context.Access, id.Value, cancellationToken);
            var members = group is null ? [] : await directory.GetMembersAsync(context.Access, group.Id, cancellationToken);
            all.Add(new RecordedUsers(
                wanted.Identity, group?.DisplayName ?? wanted.Name, id, group, members,
                [.. groups.TestersOf(wanted).Select(t => new Person(t, SecurityGroupsStep.NameOf(context, t), null))], IsPicked: false));
        }

        return all;
    }

    /// <summary>Who tries and proves the grant, by choice alone.</summary>
    public static IReadOnlyList<Guid> TestersOf(StepContext context, GrantsChoice choice)
    {
        var groups = context.Choices.Get<SecurityGroupsChoice>(SecurityGroupsStep.StepName);
        return choice.GroupId is null ? [.. groups.Recorded.SelectMany(groups.TestersOf).Distinct()] : choice.TestUsers;
    }

    /// <summary>Chosen people first; a longer list is cut: a plan is stored and sent to pages, and nobody picks test users from thousands.</summary>
    public IReadOnlyList<ChoiceOption> PeopleOptions()
    {
        var chosen = Testers.Select(t => t.Id).ToHashSet();
        return [.. Testers.Concat(People.Where(p => !chosen.Contains(p.Id)).Take(SecurityGroupsReading.LongestList)).Select(SecurityGroupsStep.Option)];
    }

    private static async Task<RecordedUsers> PickedAsync(
        IDirectory directory, TenantAccess access, Guid id, IReadOnlyList<Guid> testers, CancellationToken cancellationToken)
    {
        var group = await directory.FindGroupAsync(access, id, cancellationToken);
        var members = group is null ? [] : await directory.GetMembersAsync(access, id, cancellationToken);
        var people = members.Where(m => m.Kind == MemberKind.User).Select(m => m.ToPerson()).ToDictionary(p => p.Id);
        return new RecordedUsers($"{id}", group?.DisplayName ?? $"{id}", id, group, members, [.. testers.Where(people.ContainsKey).Select(t => people[t])], IsPicked: true);
    }
}
