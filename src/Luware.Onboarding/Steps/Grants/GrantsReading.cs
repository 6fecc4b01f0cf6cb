using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>What was read about the groups, about who has which policy, and about the portal's direct grants.</summary>
/// <param name="Policies">With their actual rules, because somebody may have created or changed them by hand.</param>
/// <param name="Effective">For test users and for people to whom the portal grants directly.</param>
/// <param name="Names">Of groups that others have granted to, and of people who are in no group.</param>
internal sealed record GrantsReading(
    GrantsChoice Choice, IReadOnlyList<WantedPolicy> Policies, IReadOnlyList<RecordedUsers> Groups, IReadOnlyList<GroupAssignment> Assignments,
    IReadOnlyDictionary<Guid, EffectivePolicy> Effective, DirectHolders Holders, PersonalGrants Personal, IReadOnlyDictionary<Guid, string> Names)
{
    /// <summary>The largest number of other groups that are named.</summary>
    public const int MostOthers = 10;

    /// <summary>The recorded-users groups of step 1, which Luware synchronises whether or not they get a grant here.</summary>
    public IReadOnlySet<Guid> Recorded { get; private init; } = new HashSet<Guid>();

    /// <summary>Members of groups that Luware synchronises but that are not granted here; null if one of the groups cannot be read.</summary>
    public IReadOnlySet<Guid>? RecordedElsewhere { get; private init; } = new HashSet<Guid>();

    /// <summary>Assignments to groups that are not chosen here.</summary>
    public IReadOnlyList<GroupAssignment> Others => [.. Assignments.Where(a => Groups.All(g => g.Id != a.GroupId))];

    /// <param name="time">The time for reading the whole step, which began when a worker was there.</param>
    public static async Task<GrantsReading> ReadAsync(
        ITeams teams, IDirectory directory, StepContext context, PersonalGrants personal, IReadOnlyList<GroupAssignment> assignments, ReadingTime time,
        CancellationToken cancellationToken)
    {
        var access = context.Access;
        var choice = context.Choices.Get<GrantsChoice>(GrantsStep.StepName);
        var groups = await RecordedUsers.ReadAsync(directory, context, choice, cancellationToken);
        var limit = time.Rest();
        var policies = await PoliciesAsync(teams, context, cancellationToken);
        var people = groups.SelectMany(g => g.Testers).Select(t => t.Id)
            .Union(personal.Open.Select(g => g.User)).Union(choice.Exceptions.Take(GrantsChoice.MostExceptions).Select(e => e.Person));
        var reading = new GrantsReading(
            choice, policies, groups, assignments, await EffectivePolicy.ReadAsync(teams, access, people, assignments, limit, cancellationToken),
            await DirectHolders.ReadAsync(teams, access, policies, limit, cancellationToken), personal, new Dictionary<Guid, string>())
        {
            Recorded = RecordedUsers.IdentitiesOf(context, new GrantsChoice()).Select(i => SecurityGroupsStep.FindId(context, i)).OfType<Guid>().ToHashSet(),
        };
        reading = reading with { RecordedElsewhere = await ElsewhereAsync(directory, access, reading, cancellationToken) };
        return reading with { Names = await NamesAsync(directory, access, reading, cancellationToken) };
    }

    public GroupAssignment? AssignmentOf(RecordedUsers recorded) => recorded.Id is { } id ? Assignments.FirstOrDefault(a => a.GroupId == id) : null;

    public bool HasPolicy(RecordedUsers recorded) => AssignmentOf(recorded)?.IsOf(recorded.Policy.Name) == true;

    public bool CanStopCalls(string policy) => Policies.Any(p => p.Is(policy) && p.CanStopCalls);

    public bool IsOurs(string policy) => Policies.Any(p => p.Is(policy));

    public string NameOf(Guid user) =>
        Groups.Select(g => g.Find(user)?.Name).OfType<string>().FirstOrDefault() ?? Names.GetValueOrDefault(user, user.ToString());

    public string ReadingOf(Guid user)
    {
        var read = Effective[user];
        return $"{TeamsActions.Detail(GrantCommands.EffectivePolicy(user))}\n→ {read.Name ?? "–"}{(read.Direct is null ? string.Empty : " (Direct)")}";
    }

    private static async Task<IReadOnlyList<WantedPolicy>> PoliciesAsync(ITeams teams, StepContext context, CancellationToken cancellationToken)
    {
        var links = await FoundLink.ListAsync(teams, context.Access, cancellationToken);
        return [.. WantedPolicy.AllOf(context).Select(p => p with { CanStopCalls = p.CanStopCalls || links.Any(l => l.IsOf(p.Name) && l.Rules.CanStopCalls) })];
    }

    /// <summary>
    /// The members of step 1's groups, and of groups that keep a policy of ours by a person's confirmation. One of the latter that is gone has none any more.
    /// </summary>
    private static async Task<IReadOnlySet<Guid>?> ElsewhereAsync(
        IDirectory directory, TenantAccess access, GrantsReading reading, CancellationToken cancellationToken)
    {
        var left = reading.Others.Where(o => reading.IsOurs(o.PolicyName) && reading.Choice.LeftGroups.Contains(o.GroupId)).Select(o => o.GroupId);
        var people = new HashSet<Guid>();
        foreach (var group in reading.Recorded.Except(reading.Groups.Select(g => g.Id).OfType<Guid>()).Union(left))
        {
            if (await directory.FindGroupAsync(access, group, cancellationToken) is null)
            {
                if (reading.Recorded.Contains(group))
                    return null;
                continue;
            }

            people.UnionWith((await directory.GetMembersAsync(access, group, cancellationToken)).Select(m => m.Id));
        }

        return people;
    }

    private static async Task<Dictionary<Guid, string>> NamesAsync(
        IDirectory directory, TenantAccess access, GrantsReading reading, CancellationToken cancellationToken)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var group in OtherAssignments.Shown(reading).Select(a => a.GroupId))
        {
            if (await directory.FindGroupAsync(access, group, cancellationToken) is { } found)
                names[group] = found.DisplayName;
        }

        var inNoGroup = reading.Effective.Keys.Where(u => reading.Groups.All(g => g.Find(u) is null));
        foreach (var user in inNoGroup.Union(new OwnHolders(reading).Outside.Take(Rivals.MostRows).Select(h => h.Person)))
        {
            if (await directory.FindPersonAsync(access, user, cancellationToken) is { } found)
                names[user] = found.Name;
        }

        return names;
    }
}
