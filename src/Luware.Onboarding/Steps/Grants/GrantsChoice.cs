namespace Luware.Onboarding.Steps.Grants;

/// <param name="GroupId">Another group than the recorded-users groups of step 1; null for those.</param>
/// <param name="TestUsers">Members of that other group whose effective policy proves the grant; for the groups of step 1 they are chosen there.</param>
public sealed record GrantsChoice(Guid? GroupId, IReadOnlyList<Guid> TestUsers)
{
    /// <summary>Each is asked for on its own whenever the step is read.</summary>
    public const int MostExceptions = 20;

    public GrantsChoice() : this(null, [])
    {
    }

    /// <summary>The picked group, once a person has said that Luware synchronises it: another group is another question.</summary>
    public Guid? Synchronised { get; init; }

    /// <summary>The policy of a group, by the group's identity; where none is named, the first.</summary>
    public IReadOnlyDictionary<string, string> PolicyOf { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The place of a new assignment among those of other groups, from 1; null for the last, which moves nobody else's.</summary>
    public int? Rank { get; init; }

    /// <summary>People who get a policy of their own, besides the groups.</summary>
    public IReadOnlyList<WantedException> Exceptions { get; init; } = [];

    /// <summary>What becomes of policies that members have by another hand.</summary>
    public IReadOnlyList<RivalDecision> Rivals { get; init; } = [];

    /// <summary>Policies of which it may stay unknown who has them, by a person's word: nobody who has one directly is reached by the group's.</summary>
    public IReadOnlyList<string> LeftUnread { get; init; } = [];

    /// <summary>Groups that keep a policy of ours although they are not chosen here, by a person's word that Luware synchronises them.</summary>
    public IReadOnlyList<Guid> LeftGroups { get; init; } = [];

    public bool LeavesUnread(string policy) => LeftUnread.Any(p => TeamsAnswers.IsSameName(p, policy));

    public RivalDecision? DecisionOn(Guid person, string policy) => Rivals.FirstOrDefault(d => d.Person == person && TeamsAnswers.IsSameName(d.Policy, policy));

    /// <summary>The same with this decision instead of an earlier one.</summary>
    public GrantsChoice With(params IReadOnlyList<RivalDecision> decisions)
    {
        var decided = decisions.Select(d => (d.Person, d.Policy)).ToHashSet();
        return this with { Rivals = [.. Rivals.Where(r => !decided.Contains((r.Person, r.Policy))), .. decisions] };
    }
}

/// <param name="Policy">Null for the first policy.</param>
public sealed record WantedException(Guid Person, string? Policy = null);

/// <summary>What was decided about one policy that one person has directly; another policy of theirs is another question.</summary>
/// <param name="Remove">It gives way to the group's; otherwise it stays, and the group's policy does not reach the person.</param>
public sealed record RivalDecision(Guid Person, string Policy, bool Remove);
