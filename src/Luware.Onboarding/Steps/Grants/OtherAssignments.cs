using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Groups that have a compliance recording policy but are not chosen here: their ranks, and what a new assignment does to them.</summary>
internal static class OtherAssignments
{
    /// <summary>The groups to show; those with a policy of ours first, because somebody must decide about them.</summary>
    public static IEnumerable<GroupAssignment> Shown(GrantsReading read) => read.Others.OrderByDescending(o => IsOurs(read, o)).Take(GrantsReading.MostOthers);

    /// <summary>
    /// Asks about groups of ours at another rank than chosen, and about groups with a policy of ours that Luware does not synchronise: their members are not
    /// recorded.
    /// </summary>
    public static IEnumerable<Sentence> Questions(GrantsReading read)
    {
        foreach (var recorded in read.Groups.Where(read.HasPolicy))
        {
            if (read.AssignmentOf(recorded) is { Rank: { } rank } assignment && IsElsewhere(read, assignment))
                yield return new Sentence("Grants.Question.OtherRank", recorded.Name, Sentence.Number(rank), Sentence.Number(read.Choice.Rank!.Value));
        }

        if (Ours(read).Where(o => !IsLeft(read, o)).Select(o => $"{o.PolicyName} → {NameOf(read, o)}").ToList() is { Count: > 0 } open)
            yield return new Sentence("Grants.Question.OtherGroups", Rivals.FirstOf(open));
    }

    /// <summary>The groups that may keep their policy, for the choices; those that nobody has confirmed come first.</summary>
    public static IReadOnlyList<ChoiceOption> Options(GrantsReading read, int most) =>
        [.. Ours(read).OrderBy(o => IsLeft(read, o)).Take(most).Select(o => new ChoiceOption($"{o.GroupId}", $"{o.PolicyName} → {NameOf(read, o)}"))];

    public static IEnumerable<PlannedObject> Objects(GrantsReading read)
    {
        var detail = TeamsActions.Detail(GroupAssignments.List);
        var kind = new Sentence("Grants.Kind.OtherAssignment");
        foreach (var other in Shown(read))
        {
            var row = new PlannedObject(
                $"other/{other.GroupId}", $"{other.PolicyName} → {NameOf(read, other)}", kind, ObjectState.Found, What(read, other),
                $"{detail}\n→ {other.GroupId}: {other.PolicyName} ({other.Rank})") { IsAside = true };
            yield return !IsOurs(read, other) ? row : row with
            {
                State = IsLeft(read, other) ? ObjectState.Found : ObjectState.Different,
                IsAside = IsLeft(read, other),
                What = new Sentence(IsLeft(read, other) ? "Grants.Other.OursLeft" : "Grants.Other.Ours"),
                Notes = [new Sentence("Grants.Other.TakeAway", GrantCommands.Ungrant(other.GroupId).ToPowerShell())],
            };
        }

        if (read.Others.Count - GrantsReading.MostOthers is > 0 and var more)
        {
            var isOpen = Ours(read).Except(Shown(read)).Any(o => !IsLeft(read, o));
            yield return new PlannedObject(
                "other", Sentence.Number(more), kind, isOpen ? ObjectState.Different : ObjectState.Found,
                new Sentence(isOpen ? "Grants.Other.MoreOurs" : "Grants.Other.More"), detail) { IsAside = !isOpen };
        }
    }

    /// <summary>The ranks that a new assignment could take over; empty if everything is assigned already and a rank would have no effect.</summary>
    public static IReadOnlyList<ChoiceOption> Ranks(GrantsReading read) => New(read) == 0 ? [] :
    [
        .. read.Others.Take(GrantsReading.MostOthers).Where(a => a.Rank is not null)
            .Select(a => new ChoiceOption(Sentence.Number(a.Rank!.Value), $"{a.PolicyName} → {NameOf(read, a)}")),
    ];

    /// <summary>Warns before the first grant if it would exceed Microsoft's limit of groups.</summary>
    public static Sentence? TooMany(GrantsReading read) => New(read) is > 0 and var wanted && read.Assignments.Count + wanted > GroupAssignments.Most
        ? new Sentence(
            "Grants.Question.TooManyGroups", Sentence.Number(read.Assignments.Count), Sentence.Number(wanted), Sentence.Number(GroupAssignments.Most))
        : null;

    /// <summary>The rank of an assignment of ours.</summary>
    public static Sentence RankOf(GrantsReading read, GroupAssignment assignment) => (assignment.Rank, read.Choice.Rank) switch
    {
        (null, _) => new Sentence("Grants.Assignment.Found"),
        ({ } rank, { } chosen) when IsElsewhere(read, assignment) =>
            new Sentence("Grants.Assignment.OtherRank", Sentence.Number(rank), Sentence.Number(chosen)),
        ({ } rank, _) => new Sentence("Grants.Assignment.Ranked", Sentence.Number(rank)),
    };

    /// <summary>
    /// How to move an assignment by hand. Teams cannot move one, and in between the group would be without the policy, so the plan shows the commands and
    /// leaves them to people.
    /// </summary>
    public static Sentence WayTo(GrantsReading read, GroupAssignment assignment, string group) => new(
        "Grants.Assignment.ToRank", GrantCommands.Ungrant(assignment.GroupId).ToPowerShell(),
        GrantCommands.Grant(assignment.GroupId, group, assignment.PolicyName, read.Choice.Rank).ToPowerShell());

    /// <summary>The rank of a new assignment; mentioned only if other assignments exist.</summary>
    public static IReadOnlyList<Sentence> RankOfNew(GrantsReading read) => read.Assignments.Count == 0 ? []
        : read.Choice.Rank is { } rank ? [new Sentence("Grants.Place.Rank", Sentence.Number(rank))]
        : [new Sentence("Grants.Place.Last", Sentence.Number(read.Assignments.Count + 1))];

    /// <summary>
    /// What happens to another group's assignment: each new assignment takes the chosen rank and moves all assignments from there on down by one.
    /// </summary>
    private static Sentence What(GrantsReading read, GroupAssignment other) => (other.Rank, read.Choice.Rank) switch
    {
        (null, _) => new Sentence("Grants.Other.Unranked"),
        ({ } now, { } ours) when now >= ours && New(read) > 0 => new Sentence("Grants.Other.Shifts", Sentence.Number(now), Sentence.Number(now + New(read))),
        ({ } now, _) => new Sentence("Grants.Other.Stays", Sentence.Number(now)),
    };

    /// <summary>True if the assignment has another rank than wanted. Groups that took the chosen rank one after the other follow directly below it.</summary>
    public static bool IsElsewhere(GrantsReading read, GroupAssignment assignment) =>
        assignment.Rank is { } rank && read.Choice.Rank is { } chosen && (rank < chosen || rank >= chosen + read.Groups.Count);

    private static IEnumerable<GroupAssignment> Ours(GrantsReading read) => read.Others.Where(o => IsOurs(read, o));

    private static bool IsOurs(GrantsReading read, GroupAssignment other) => read.IsOurs(other.PolicyName) && !read.Recorded.Contains(other.GroupId);

    private static bool IsLeft(GrantsReading read, GroupAssignment other) => read.Choice.LeftGroups.Contains(other.GroupId);

    private static string NameOf(GrantsReading read, GroupAssignment other) => read.Names.GetValueOrDefault(other.GroupId, other.GroupId.ToString());

    private static int New(GrantsReading read) => read.Groups.Count(g => read.AssignmentOf(g) is null);
}
