using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>A member of a granted group who has another policy directly that the portal did not grant, so the grant does not reach them.</summary>
internal sealed record Rival(Person Person, string Policy, RecordedUsers Recorded)
{
    public string RemoveKey => Rivals.KeyOf(Person.Id, Policy);
}

/// <summary>
/// Direct policies that would defeat the grant, person by person. Each is acknowledged or removed, never silently: until it is removed, people on another
/// vendor's policy are recorded there.
/// </summary>
internal sealed class Rivals(GrantsReading read, IReadOnlyList<PolicyGrant> grants)
{
    public const string Prefix = "remove/";

    /// <summary>
    /// Most rows of people who keep their policy; further ones are summed up in one line, because a plan is stored and sent to pages. Removals have a row
    /// each.
    /// </summary>
    public const int MostRows = 20;

    /// <summary>
    /// Undecided people first, so that a long list can be decided in parts. Other policies of the people who try ours first are asked about elsewhere.
    /// </summary>
    public IReadOnlyList<Rival> All { get; } =
    [
        .. from recorded in read.Groups
           from person in recorded.People
           where !GrantPlanner.IsException(read.Choice, person.Id)
           from policy in PoliciesOf(read, person.Id)
           where !recorded.Policy.Is(policy) && !read.Personal.IsOwn(person.Id, policy)
           where grants.All(g => g.Trialist?.Id != person.Id)
           orderby read.Choice.DecisionOn(person.Id, policy) is not null
           select new Rival(person, policy, recorded),
    ];

    public ILookup<RecordedUsers, Guid> ByGroup => All.ToLookup(r => r.Recorded, r => r.Person.Id);

    /// <summary>Policies whose direct holders could not be read, so members may have one; those that nobody has acknowledged come first.</summary>
    private IReadOnlyList<UnreadPolicy> Unread => [.. read.Holders.Unread.OrderBy(u => read.Choice.LeavesUnread(u.Policy))];

    /// <summary>A person in two groups is listed, and decided on, once.</summary>
    private IEnumerable<Rival> Once => All.DistinctBy(r => r.RemoveKey, StringComparer.Ordinal);

    private IReadOnlyList<Rival> Undecided => [.. Once.Where(r => DecisionOn(r) is null)];

    public IEnumerable<Sentence> Questions()
    {
        if (Undecided is { Count: > 0 } open)
            yield return new Sentence("Grants.Question.Rivals", Sentence.Number(open.Count), FirstOf([.. open.Select(r => r.Person.Name)]));
        if (Unread.Where(u => !read.Choice.LeavesUnread(u.Policy)).Select(u => u.Policy).ToList() is { Count: > 0 } unread)
            yield return new Sentence("Grants.Question.Unread", FirstOf(unread));
    }

    public IEnumerable<PlannedObject> Objects()
    {
        foreach (var row in Rows([.. Once], DecisionOn, Removal, Row, "Grants.Rival.Undecided", "Grants.Rival.Acknowledged", ("rivals", "Grants.Rival.More")))
            yield return row;
        foreach (var gone in read.Choice.Rivals.Where(IsGone).Take(MostRows))
        {
            yield return new PlannedObject(
                $"rival/{gone.Person}/{gone.Policy}", read.NameOf(gone.Person), new Sentence("Grants.Kind.Rival"), ObjectState.Found,
                new Sentence("Grants.Rival.Gone", gone.Policy), TeamsActions.Detail(GrantCommands.EffectivePolicy(gone.Person)));
        }
        foreach (var unread in Unread.Take(MostRows))
            yield return Row(unread);
    }

    /// <summary>The first entries of a long list for the choices: the person's policy and group, and the decision.</summary>
    public IReadOnlyList<ChoiceOption> Options(int most) =>
    [
        .. from rival in Once.Take(most)
           let note = new Sentence("Grants.Rival.Has", rival.Policy, rival.Recorded.Name)
           select new ChoiceOption($"{rival.Person.Id}/{rival.Policy}", rival.Person.Label) { Note = note },
    ];

    private bool IsGone(RivalDecision decision) => decision.Remove && !read.Holders.IsUnread(decision.Policy)
        && !PoliciesOf(read, decision.Person).Any(p => TeamsAnswers.IsSameName(p, decision.Policy));

    public IReadOnlyList<ChoiceOption> UnreadOptions(int most) => [.. Unread.Take(most).Select(u => new ChoiceOption(u.Policy, u.Policy))];

    private RivalDecision? DecisionOn(Rival rival) => read.Choice.DecisionOn(rival.Person.Id, rival.Policy);

    /// <summary>
    /// Removes the other policy after the group was granted, so that nobody is without a recorder in between, and only if the plan can make that grant. This
    /// puts our policy into force for this one person.
    /// </summary>
    private PlannedObject Removal(Rival rival)
    {
        var command = GrantCommands.TakeBack(rival.Person.Id);
        var grant = grants.First(g => g.Groups.Contains(rival.Recorded));
        var title = new Sentence("Grants.RemoveRival", rival.Policy, rival.Person.Name);
        var action = TeamsActions.Action(rival.RemoveKey, title, command, GrantPlanner.Roles, grant.TakesOver(rival.Person.Name, rival.Recorded));
        var canGo = grant.Brings(rival.Recorded);
        return Row(rival, canGo ? ObjectState.Different : ObjectState.Later, "Grants.Rival.Remove") with
        {
            Action = canGo ? action : null,
            Detail = TeamsActions.Detail(command),
            Notes = [new Sentence("Grants.Rival.PutBack", GrantCommands.Give(rival.Person.Id, rival.Policy).ToPowerShell())],
        };
    }

    private static PlannedObject Row(Rival rival, ObjectState state, string what) => new(
        $"rival/{rival.Person.Id}/{rival.Policy}", rival.Person.Name, new Sentence("Grants.Kind.Rival"), state,
        new Sentence(what, rival.Policy, rival.Recorded.Policy.Name),
        TeamsActions.Detail(DirectHolders.HoldersOf(rival.Policy)))
    {
        IsAside = state == ObjectState.Found,
    };

    private PlannedObject Row(UnreadPolicy unread)
    {
        var (kind, detail) = (new Sentence("Grants.Kind.Rival"), TeamsActions.Detail(DirectHolders.HoldersOf(unread.Policy)));
        return read.Choice.LeavesUnread(unread.Policy)
            ? new PlannedObject(
                $"unread/{unread.Policy}", unread.Policy, kind, ObjectState.Found, new Sentence("Grants.Unread.Acknowledged"), detail)
            {
                IsAside = true,
            }
            : new PlannedObject(
                $"unread/{unread.Policy}", unread.Policy, kind, ObjectState.Unknown, unread.Why,
                unread.Answer is { } answer ? $"{detail}\n→ {answer.WordForWord}" : detail)
            {
                Notes = [new Sentence("Grants.Unread.Remedy")],
            };
    }

    /// <summary>
    /// A row for each policy that is removed; for those that stay or are undecided as many rows as a plan holds, and one with the number of the rest.
    /// </summary>
    public static IEnumerable<PlannedObject> Rows<T>(
        IReadOnlyList<T> all, Func<T, RivalDecision?> decisionOn, Func<T, PlannedObject> removal, Func<T, ObjectState, string, PlannedObject> row,
        string undecided, string acknowledged, (string Key, string Words) more)
    {
        var listed = 0;
        foreach (var one in all)
        {
            if (decisionOn(one) is { Remove: true })
                yield return removal(one);
            else if (listed++ < MostRows)
                yield return decisionOn(one) is null ? row(one, ObjectState.Different, undecided) : row(one, ObjectState.Found, acknowledged);
        }

        if (listed > MostRows)
        {
            var state = all.Any(one => decisionOn(one) is null) ? ObjectState.Different : ObjectState.Found;
            yield return new PlannedObject(
                more.Key, Sentence.Number(listed - MostRows), new Sentence("Grants.Kind.Rival"), state, new Sentence(more.Words), string.Empty);
        }
    }

    public static string KeyOf(Guid person, string policy) => $"{Prefix}{person}/{policy}";

    public static string FirstOf(List<string> names) => string.Join(", ", names.Take(3)) + (names.Count > 3 ? ", …" : string.Empty);

    /// <summary>The person's direct policies: from the bulk reading, or, for test users, from the individual reading, which may be newer.</summary>
    private static IEnumerable<string> PoliciesOf(GrantsReading read, Guid person) =>
        !(read.Effective.TryGetValue(person, out var effective) && effective.IsRead) ? read.Holders.PoliciesOf[person]
        : effective.Direct is { } direct ? [direct] : [];
}
