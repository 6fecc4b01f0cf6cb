using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Groups that have a compliance recording policy without being chosen here: their ranks, and what a new assignment does to them.</summary>
internal static class OtherAssignments
{
    /// <summary>Those with a policy of ours first: somebody decides on them.</summary>
    public static IEnumerable<GroupAssignment> Shown(GrantsReading read) => read.Others.OrderByDescending(o => IsOurs(read, o)).Take(GrantsReading.MostOthers);

    /// <summary>Luware records nobody of a group that it does not synchronise, whoever granted it the policy.</summary>
    public static IEnumerable<Sentence> Questions(GrantsReading read)
    {
        if (Ours(read).Where(o => !IsLeft(read, o)).Select(o => $"{o.PolicyName} → {NameOf(read, o)}").ToList() is { Count: > 0 } open)
            yield return new Sentence("Grants.Question.OtherGroups", Rivals.FirstOf(open));
    }

    /// <summary>For the choices: what may be left as it is.</summary>
    public static IReadOnlyList<ChoiceOption> Options(GrantsReading read, int most) =>
        [.. Ours(read).Take(most).Select(o => new ChoiceOption($"{o.GroupId}", $"{o.PolicyName} → {NameOf(read, o)}"))];

    public static IEnumerable<PlannedObject> Objects(GrantsReading read)
    {
        var detail = TeamsActions.Detail(GroupAssignments.List);
        var kind = new Sentence("Grants.Kind.OtherAssignment");
        foreach (var other in Shown(read))
        {
            var row = new PlannedObject(
                $"other/{other.GroupId}", $"{other.PolicyName} → {NameOf(read, other)}", kind, ObjectState.Found, What(read, other), $"{detail}\n→ {other.GroupId}: {other.PolicyName} ({other.Rank})") { IsAside = true };
            yield return !IsOurs(read, other) ? row : row with
            {
                State = IsLeft(read, other) ? ObjectState.Found : ObjectState.Different,
                IsAside = IsLeft(read, other),
                What = new Sentence(IsLeft(read, other) ? "Grants.Other.OursLeft" : "Grants.Other.Ours"),
                Notes = [new Sentence("Grants.Other.TakeAway", GrantCommands.Ungrant(other.GroupId).ToPowerShell())],
            };
        }

        if (read.Others.Count - GrantsReading.MostOthers is > 0 and var more)
            yield return new PlannedObject("other", GrantPlanner.Number(more), kind, ObjectState.Found, new Sentence("Grants.Other.More"), detail) { IsAside = true };
    }

    /// <summary>Places that a new assignment could take from somebody else; none where everything is assigned and a rank would do nothing.</summary>
    public static IReadOnlyList<ChoiceOption> Ranks(GrantsReading read) => New(read) == 0 ? [] :
    [
        .. read.Others.Take(GrantsReading.MostOthers).Where(a => a.Rank is not null)
            .Select(a => new ChoiceOption(GrantPlanner.Number(a.Rank!.Value), $"{a.PolicyName} → {NameOf(read, a)}")),
    ];

    /// <summary>More groups than Microsoft allows, counted before the first of them is granted anything.</summary>
    public static Sentence? TooMany(GrantsReading read) => New(read) is > 0 and var wanted && read.Assignments.Count + wanted > GroupAssignments.Most
        ? new Sentence("Grants.Question.TooManyGroups", GrantPlanner.Number(read.Assignments.Count), GrantPlanner.Number(wanted), GrantPlanner.Number(GroupAssignments.Most))
        : null;

    public static Sentence Found(GrantsReading read, GroupAssignment assignment) => (assignment.Rank, read.Choice.Rank) switch
    {
        (null, _) => new Sentence("Grants.Assignment.Found"),
        ({ } rank, { } chosen) when IsElsewhere(read, assignment) => new Sentence("Grants.Assignment.OtherRank", GrantPlanner.Number(rank), GrantPlanner.Number(chosen)),
        ({ } rank, _) => new Sentence("Grants.Assignment.Ranked", GrantPlanner.Number(rank)),
    };

    /// <summary>Teams moves no assignment: the group would be without the policy in between, so the commands are said and left to people.</summary>
    public static IReadOnlyList<Sentence> WayTo(GrantsReading read, GroupAssignment assignment, string group) => !IsElsewhere(read, assignment) ? [] :
    [
        new Sentence(
            "Grants.Assignment.ToRank", GrantCommands.Ungrant(assignment.GroupId).ToPowerShell(),
            GrantCommands.Grant(assignment.GroupId, group, assignment.PolicyName, read.Choice.Rank).ToPowerShell()),
    ];

    /// <summary>Where a new assignment comes; said only where others are there.</summary>
    public static IReadOnlyList<Sentence> PlaceOf(GrantsReading read) => read.Assignments.Count == 0 ? []
        : read.Choice.Rank is { } rank ? [new Sentence("Grants.Place.Rank", GrantPlanner.Number(rank))]
        : [new Sentence("Grants.Place.Last", GrantPlanner.Number(read.Assignments.Count + 1))];

    /// <summary>Each new assignment takes the chosen rank and moves everybody from there on down by one.</summary>
    private static Sentence What(GrantsReading read, GroupAssignment other) => (other.Rank, read.Choice.Rank) switch
    {
        (null, _) => new Sentence("Grants.Other.Unranked"),
        ({ } now, { } ours) when now >= ours && New(read) > 0 => new Sentence("Grants.Other.Shifts", GrantPlanner.Number(now), GrantPlanner.Number(now + New(read))),
        ({ } now, _) => new Sentence("Grants.Other.Stays", GrantPlanner.Number(now)),
    };

    /// <summary>Groups that took the chosen rank one after the other stand from there on down.</summary>
    private static bool IsElsewhere(GrantsReading read, GroupAssignment assignment) =>
        assignment.Rank is { } rank && read.Choice.Rank is { } chosen && (rank < chosen || rank >= chosen + read.Groups.Count);

    private static IEnumerable<GroupAssignment> Ours(GrantsReading read) => read.Others.Where(o => IsOurs(read, o));

    private static bool IsOurs(GrantsReading read, GroupAssignment other) => read.IsOurs(other.PolicyName) && !read.Recorded.Contains(other.GroupId);

    private static bool IsLeft(GrantsReading read, GroupAssignment other) => read.Choice.LeftGroups.Contains(other.GroupId);

    private static string NameOf(GrantsReading read, GroupAssignment other) => read.Names.GetValueOrDefault(other.GroupId, other.GroupId.ToString());

    private static int New(GrantsReading read) => read.Groups.Count(g => read.AssignmentOf(g) is null);
}
