using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>
/// Who has one of our policies directly by somebody else's hand, as after an earlier set-up. Whoever is in none of the groups is recorded by
/// nobody, so that a policy which fails close stops their calls: each is left so knowingly, or the policy is taken away.
/// </summary>
internal sealed class OwnHolders
{
    private readonly GrantsReading read;

    public OwnHolders(GrantsReading reading)
    {
        read = reading;
        IReadOnlyList<(Guid Person, string Policy)> all =
        [
            .. from held in reading.Holders.PoliciesOf
               where !GrantPlanner.IsException(reading.Choice, held.Key)
               from policy in held
               where reading.IsOurs(policy) && !reading.Personal.Has(held.Key, policy) && !reading.Personal.HasEnded(held.Key, policy)
               select (held.Key, policy),
        ];
        Members = [.. all.Where(h => IsMember(h.Person))];
        // Of a group that cannot be read now nobody knows who is outside.
        Outside = reading.Groups.Any(g => g.IsUnread) || reading.RecordedElsewhere is null ? [] : [.. all.Where(h => !IsMember(h.Person)).OrderBy(h => DecisionOn(h) is not null)];
    }

    /// <summary>Undecided first.</summary>
    public IReadOnlyList<(Guid Person, string Policy)> Outside { get; }

    private IReadOnlyList<(Guid Person, string Policy)> Members { get; }

    public IEnumerable<Sentence> Questions()
    {
        if (Outside.Where(h => DecisionOn(h) is null).Select(h => read.NameOf(h.Person)).ToList() is { Count: > 0 } open)
            yield return new Sentence("Grants.Question.Outside", GrantPlanner.Number(open.Count), Rivals.FirstOf(open), string.Join(", ", read.Groups.Select(g => g.Name)));
    }

    /// <summary>Taken away before anything is granted: nobody waits for a recorder who has none.</summary>
    public IEnumerable<PlannedObject> Objects()
    {
        foreach (var row in Rivals.Rows(Outside, DecisionOn, Removal, Row, "Grants.Outside.Undecided", "Grants.Outside.Acknowledged", ("outside", "Grants.Outside.More")))
            yield return row;
        foreach (var members in Members.GroupBy(h => h.Policy, StringComparer.OrdinalIgnoreCase))
        {
            yield return new PlannedObject(
                $"also-direct/{members.Key}", members.Key, Kind, ObjectState.Found, new Sentence("Grants.Outside.Members", GrantPlanner.Number(members.Count()), members.Key),
                TeamsActions.Detail(DirectHolders.HoldersOf(members.Key))) { IsAside = true };
        }
    }

    /// <summary>For the choices: the first of a long list, what they have, and what was decided.</summary>
    public IReadOnlyList<ChoiceOption> Options(int most) =>
        [.. Outside.Take(most).Select(h => new ChoiceOption($"{h.Person}/{h.Policy}", read.NameOf(h.Person)) { Note = new Sentence("Grants.Outside.Has", h.Policy) })];

    private static Sentence Kind => new("Grants.Kind.Rival");

    private bool IsMember(Guid person) => read.Groups.Any(g => g.Find(person) is not null) || read.RecordedElsewhere?.Contains(person) == true;

    private RivalDecision? DecisionOn((Guid Person, string Policy) held) => read.Choice.DecisionOn(held.Person, held.Policy);

    private PlannedObject Removal((Guid Person, string Policy) held)
    {
        var (command, name) = (GrantCommands.TakeBack(held.Person), read.NameOf(held.Person));
        var impact = new Impact(1, CanStopCalls: false, new Sentence("Impact.WithinADay"));
        var action = TeamsActions.Action(Rivals.KeyOf(held.Person, held.Policy), new Sentence("Grants.RemoveRival", held.Policy, name), command, GrantPlanner.Roles, impact);
        return Row(held, ObjectState.Different, "Grants.Outside.Remove") with
        {
            Action = action,
            Detail = TeamsActions.Detail(command),
            Notes = [new Sentence("Grants.Rival.PutBack", GrantCommands.Give(held.Person, held.Policy).ToPowerShell())],
        };
    }

    private PlannedObject Row((Guid Person, string Policy) held, ObjectState state, string what) => new(
        $"outside/{held.Person}/{held.Policy}", read.NameOf(held.Person), Kind, state, new Sentence(what, held.Policy), TeamsActions.Detail(DirectHolders.HoldersOf(held.Policy)))
    {
        IsAside = state == ObjectState.Found,
    };
}
