using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>What a person must still decide or do by hand before the groups can be as wanted.</summary>
internal sealed class GroupQuestions(SecurityGroupsChoice choice, SecurityGroupsReading reading, int mostGroups)
{
    public const string NoTestUser = "SecurityGroups.Question.NoTestUser";

    public IEnumerable<Sentence> All() => [.. AboutAll(), .. reading.Groups.Select(About).OfType<Sentence>(), .. AboutPeople()];

    private IEnumerable<Sentence> AboutAll()
    {
        if (choice.Groups.Count > mostGroups)
            yield return new Sentence("SecurityGroups.Question.TooMany", Sentence.Number(choice.Groups.Count), Sentence.Number(mostGroups));
        foreach (var twice in choice.Groups.GroupBy(g => g.Identity, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            yield return new Sentence("SecurityGroups.Question.Twice", twice.First().Name);
        var several = reading.Groups.Where(g => g.Group is not null).GroupBy(g => g.Group!.Id)
            .Where(g => g.DistinctBy(r => r.Wanted.Identity, StringComparer.OrdinalIgnoreCase).Count() > 1);
        foreach (var twice in several)
            yield return new Sentence("SecurityGroups.Question.Twice", twice.First().Group!.DisplayName);
    }

    private Sentence? About(GroupReading found) => found switch
    {
        { Group: not null } => null,
        { Wanted.Id: { } id } => new Sentence("SecurityGroups.Question.Gone", id.ToString()),
        { Wanted: var wanted } when GroupNames.Check(wanted.Name) is { } fault => fault,
        { SameName.Count: > 0 } => new Sentence("SecurityGroups.Question.SeveralGroups", Sentence.Number(found.SameName.Count), found.Wanted.Name),
        _ when choice.ByHand => new Sentence("SecurityGroups.Question.MakeByHand", found.Wanted.Name),
        _ => null,
    };

    private IEnumerable<Sentence> AboutPeople()
    {
        if (choice.Way != TestUserWay.Nobody && choice.Recorded.All(g => choice.TestersOf(g).Count == 0))
            yield return new Sentence(NoTestUser);
        foreach (var gone in choice.Groups.SelectMany(choice.TestersOf).Concat(choice.Owners).Distinct().Where(p => !reading.People.ContainsKey(p)))
            yield return new Sentence("SecurityGroups.Question.PersonGone", gone.ToString());
        foreach (var found in reading.Groups)
        {
            var byHand = ByHand(found, GroupRelation.Member, choice.TestersOf(found.Wanted)).Concat(ByHand(found, GroupRelation.Owner, choice.Owners));
            foreach (var sentence in byHand)
                yield return sentence;
        }
    }

    /// <summary>People whom the portal may not add, because it was not asked to or the group's kind does not allow it.</summary>
    private IEnumerable<Sentence> ByHand(GroupReading found, GroupRelation relation, IReadOnlyList<Guid> people) =>
        found.Group is { } group && (choice.ByHand || !group.TakesMembers)
            ? people.Where(p => reading.People.ContainsKey(p) && !found.Has(relation, p)).Select(p => new Sentence(
                relation == GroupRelation.Owner ? "SecurityGroups.Question.AddOwnerByHand" : "SecurityGroups.Question.AddByHand",
                reading.NameOf(p), group.DisplayName))
            : [];
}
