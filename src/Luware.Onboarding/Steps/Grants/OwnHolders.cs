using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>
/// People who have one of our policies directly, granted by somebody else, for example during an earlier set-up. People in none of the groups are not
/// recorded, so a fail-close policy stops their calls: each is either acknowledged or the policy is removed.
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
               where reading.IsOurs(policy) && !reading.Personal.IsOwn(held.Key, policy)
               select (held.Key, policy),
        ];
        Members = [.. all.Where(h => IsMember(h.Person))];
        // If a group cannot be read now, it is unknown who is outside.
        Outside = reading.Groups.Any(g => g.IsUnread) || reading.RecordedElsewhere is null
            ? []
            : [.. all.Where(h => !IsMember(h.Person)).OrderBy(h => DecisionOn(h) is not null)];
    }

    /// <summary>People outside the groups; undecided ones first.</summary>
    public IReadOnlyList<(Guid Person, string Policy)> Outside { get; }

    private IReadOnlyList<(Guid Person, string Policy)> Members { get; }

    public IEnumerable<Sentence> Questions()
    {
        if (Outside.Where(h => DecisionOn(h) is null).Select(h => read.NameOf(h.Person)).ToList() is { Count: > 0 } open)
        {
            yield return new Sentence(
                "Grants.Question.Outside", Sentence.Number(open.Count), Rivals.FirstOf(open), string.Join(", ", read.Groups.Select(g => g.Name)));
        }
    }

    /// <summary>Removals come before any grant, because these people wait for a recorder that does not exist for them.</summary>
    public IEnumerable<PlannedObject> Objects()
    {
        var rows = Rivals.Rows(
            Outside, DecisionOn, Removal, Row, "Grants.Outside.Undecided", "Grants.Outside.Acknowledged", ("outside", "Grants.Outside.More"));
        foreach (var row in rows)
            yield return row;
        foreach (var members in Members.GroupBy(h => h.Policy, StringComparer.OrdinalIgnoreCase))
        {
            yield return new PlannedObject(
                $"also-direct/{members.Key}", members.Key, Kind, ObjectState.Found,
                new Sentence("Grants.Outside.Members", Sentence.Number(members.Count()), members.Key),
                TeamsActions.Detail(DirectHolders.HoldersOf(members.Key))) { IsAside = true };
        }
    }

    /// <summary>The first entries of a long list for the choices, with their policy and the decision.</summary>
    public IReadOnlyList<ChoiceOption> Options(int most) =>
    [
        .. from held in Outside.Take(most)
           select new ChoiceOption($"{held.Person}/{held.Policy}", read.NameOf(held.Person)) { Note = new Sentence("Grants.Outside.Has", held.Policy) },
    ];

    private static Sentence Kind => new("Grants.Kind.Rival");

    private bool IsMember(Guid person) => read.Groups.Any(g => g.Find(person) is not null) || read.RecordedElsewhere?.Contains(person) == true;

    private RivalDecision? DecisionOn((Guid Person, string Policy) held) => read.Choice.DecisionOn(held.Person, held.Policy);

    private PlannedObject Removal((Guid Person, string Policy) held)
    {
        var (command, name) = (GrantCommands.TakeBack(held.Person), read.NameOf(held.Person));
        var impact = new Impact(1, CanStopCalls: false, new Sentence("Impact.WithinADay"));
        var title = new Sentence("Grants.RemoveRival", held.Policy, name);
        var action = TeamsActions.Action(Rivals.KeyOf(held.Person, held.Policy), title, command, GrantPlanner.Roles, impact);
        return Row(held, ObjectState.Different, "Grants.Outside.Remove") with
        {
            Action = action,
            Detail = TeamsActions.Detail(command),
            Notes = [new Sentence("Grants.Rival.PutBack", GrantCommands.Give(held.Person, held.Policy).ToPowerShell())],
        };
    }

    private PlannedObject Row((Guid Person, string Policy) held, ObjectState state, string what) => new(
        $"outside/{held.Person}/{held.Policy}", read.NameOf(held.Person), Kind, state, new Sentence(what, held.Policy),
        TeamsActions.Detail(DirectHolders.HoldersOf(held.Policy)))
    {
        IsAside = state == ObjectState.Found,
    };
}
