namespace Luware.Onboarding.Steps.Grants;

/// <param name="GroupId">A group picked instead of the recorded-users groups of step 1; null for those.</param>
/// <param name="TestUsers">Members of the picked group whose effective policy proves the grant; test users of the groups of step 1 are chosen there.</param>
public sealed record GrantsChoice(Guid? GroupId, IReadOnlyList<Guid> TestUsers)
{
    /// <summary>The largest number of exceptions. Each needs its own request whenever the step is read.</summary>
    public const int MostExceptions = 20;

    public GrantsChoice() : this(null, [])
    {
    }

    /// <summary>The picked group, once a person has confirmed that Luware synchronises it. Picking another group asks again.</summary>
    public Guid? Synchronised { get; init; }

    /// <summary>The policy of each group, by the group's identity. Groups that are not listed get the first policy.</summary>
    public IReadOnlyDictionary<string, string> PolicyOf { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The rank of a new assignment among other groups, from 1; null for the last place, which moves no other assignment.</summary>
    public int? Rank { get; init; }

    /// <summary>People who get a policy directly, in addition to the groups.</summary>
    public IReadOnlyList<WantedException> Exceptions { get; init; } = [];

    /// <summary>Decisions about members' direct policies that the portal did not grant.</summary>
    public IReadOnlyList<RivalDecision> Rivals { get; init; } = [];

    /// <summary>
    /// Policies whose direct holders may stay unknown, as a person has confirmed. The group's policy does not reach people who have one of them directly.
    /// </summary>
    public IReadOnlyList<string> LeftUnread { get; init; } = [];

    /// <summary>Groups that keep a policy of ours although they are not chosen here, because a person has confirmed that Luware synchronises them.</summary>
    public IReadOnlyList<Guid> LeftGroups { get; init; } = [];

    public bool LeavesUnread(string policy) => LeftUnread.Any(p => TeamsAnswers.IsSameName(p, policy));

    public RivalDecision? DecisionOn(Guid person, string policy) => Rivals.FirstOrDefault(d => d.Person == person && TeamsAnswers.IsSameName(d.Policy, policy));

    /// <summary>Returns a copy in which these decisions replace earlier ones on the same policies.</summary>
    public GrantsChoice With(params IReadOnlyList<RivalDecision> decisions)
    {
        var decided = decisions.Select(d => (d.Person, d.Policy)).ToHashSet();
        return this with { Rivals = [.. Rivals.Where(r => !decided.Contains((r.Person, r.Policy))), .. decisions] };
    }
}

/// <param name="Policy">Null for the first policy.</param>
public sealed record WantedException(Guid Person, string? Policy = null);

/// <summary>The decision about one policy that one person has directly. A different policy of theirs is asked about separately.</summary>
/// <param name="Remove">True if it is removed in favour of the group's; otherwise it stays, and the group's policy does not reach the person.</param>
public sealed record RivalDecision(Guid Person, string Policy, bool Remove);
