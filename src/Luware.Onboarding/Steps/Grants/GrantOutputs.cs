using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>
/// The values that a reading hands to the next ones: since when a policy is granted and how far it has spread, who tries it first, which
/// exceptions are recorded users, and every group id that ever had a wanted name.
/// </summary>
internal static class GrantOutputs
{
    private const string SincePrefix = "grants/granted-since/";
    private const string TrialPrefix = "grants/trial/";
    private const string AskedPrefix = "grants/asked-since/";
    private const string GroupPrefix = "grants/group/";
    private const string PeoplePrefix = "grants/people/";
    private const string ExceptionPrefix = "grants/recorded-exception/";
    private const string OutsidePrefix = "grants/outside-exception/";

    public static DateTimeOffset? GrantedSince(StepContext context, string policy) => context.FindMoment(SincePrefix + policy);

    /// <summary>Since when a grant to one person has not become visible. After more than a day it is requested again, and the wait continues.</summary>
    public static DateTimeOffset? AskedSince(StepContext context, PersonalGrant grant) => context.FindMoment(AskedPrefix + grant.Key);

    /// <summary>Trials that are about to begin.</summary>
    public static IEnumerable<PersonalGrant> Trials(StepContext context) => context.Known.Where(k => k.Key.StartsWith(TrialPrefix, StringComparison.Ordinal))
        .Select(k => new PersonalGrant(PersonalGrant.Trial, Guid.Parse(k.Value, CultureInfo.InvariantCulture), k.Key[TrialPrefix.Length..]));

    /// <summary>The ids that were ever seen under this identity. A name may hold slashes, so what follows must be an id and nothing else.</summary>
    public static IEnumerable<Guid> GroupIds(StepContext context, string identity) => KeysUnder(context, $"{GroupPrefix}{identity}/")
        .Select(rest => Guid.TryParse(rest, CultureInfo.InvariantCulture, out var id) ? id : (Guid?)null).OfType<Guid>();

    /// <summary>The ids of all groups that were ever seen, under any name.</summary>
    public static IEnumerable<Guid> GroupIds(StepContext context) =>
        KeysUnder(context, GroupPrefix).Select(rest => Guid.Parse(rest.AsSpan(rest.LastIndexOf('/') + 1), CultureInfo.InvariantCulture));

    /// <summary>The group's name when it was last read under this identity; null for one that never was.</summary>
    public static string? FindName(StepContext context, string identity, Guid group) => context.Find($"{GroupPrefix}{identity}/{group}");

    /// <summary>How many people the group's policy reached when the group was last read; 0 for one that never was.</summary>
    public static int PeopleIn(StepContext context, Guid group) =>
        context.Find(PeoplePrefix + group) is { } people ? int.Parse(people, CultureInfo.InvariantCulture) : 0;

    /// <summary>Whether the latest reading found the chosen exception in a group of recorded users; null if none has looked for this person.</summary>
    public static bool? IsRecorded(StepContext context, WantedException exception) =>
        context.Find($"{ExceptionPrefix}{exception.Person}") is not null ? true
        : context.Find($"{OutsidePrefix}{exception.Person}") is not null ? false
        : null;

    public static Dictionary<string, string> Of(
        StepContext context, GrantPlanner planner, IReadOnlyDictionary<RecordedUsers, Reached> reached, DateTimeOffset now)
    {
        var outputs = context.Known
            .Where(k => k.Key.StartsWith(GroupPrefix, StringComparison.Ordinal) || k.Key.StartsWith(PeoplePrefix, StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal);
        foreach (var group in planner.Grants.SelectMany(g => g.Groups).Where(g => g.Group is not null))
        {
            outputs[$"{GroupPrefix}{group.Identity}/{group.Id}"] = group.Name;
            outputs[$"{PeoplePrefix}{group.Id}"] = Sentence.Number(group.People.Count);
        }

        foreach (var grant in planner.Grants)
        {
            if (grant.IsGranted)
                outputs.Keep(SincePrefix + grant.Policy.Name, GrantedSince(context, grant.Policy.Name) ?? now);
            if (grant.Trialist is { } first)
                outputs[TrialPrefix + grant.Policy.Name] = first.Id.ToString();
        }

        foreach (var (person, isRecorded) in planner.Exceptions.Read)
            outputs[$"{(isRecorded ? ExceptionPrefix : OutsidePrefix)}{person}"] = person.ToString();
        foreach (var (grant, since) in planner.Unseen)
            outputs.Keep(AskedPrefix + grant.Key, AskedSince(context, grant) ?? since);
        foreach (var (group, spread) in reached)
            outputs[Reached.KeyOf(group)] = spread.ToOutput();
        return outputs;
    }

    /// <summary>What follows the prefix in every key that begins with it.</summary>
    private static IEnumerable<string> KeysUnder(StepContext context, string prefix) =>
        context.Known.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..]);
}
