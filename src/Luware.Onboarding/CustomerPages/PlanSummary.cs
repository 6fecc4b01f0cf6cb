using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Summarises a plan in sentences: what was found, and what an approval would do to whom.</summary>
public static class PlanSummary
{
    /// <summary>"Recording needs 9 objects in your tenant. 2 are already there …"</summary>
    public static string Found(Say say, IReadOnlyCollection<PlannedObject> all, bool isStep)
    {
        var objects = all.Where(o => !o.IsAside).ToList();
        var found = objects.Count(o => o.State == ObjectState.Found);
        var unknown = objects.Count(o => o.State == ObjectState.Unknown);
        if (unknown > 0 && unknown == objects.Count)
            return say["Summary.NothingRead"];

        List<string> sentences = [say.Count(isStep ? "Summary.StepNeeds" : "Summary.Needs", objects.Count)];
        // Objects that could not be read may exist.
        if (found > 0 || unknown == 0)
            sentences.Add(
                found == 0 ? say.Count("Summary.NothingThere", objects.Count)
                : found == objects.Count ? say.Count("Summary.AllThere", found)
                : say.Count("Summary.There", found));
        if (unknown > 0)
            sentences.Add(say.Count("Summary.Unknown", unknown));
        if (objects.Exists(o => o.Action is not null))
            sentences.Add(say["Summary.Nothing"]);
        return string.Join(' ', sentences);
    }

    /// <summary>"Approving creates 7 objects, changes 1 and completes 3 once their values are known." Empty if it only lets a person's word count.</summary>
    public static string Consequence(Say say, IReadOnlyCollection<PlannedObject> objects)
    {
        int Acting(ObjectState state) => objects.Count(o => o.State == state && o.Action is { IsWord: false } && !IsByHand(o));
        List<string> parts = [];
        foreach (var state in (ObjectState[])[ObjectState.Missing, ObjectState.Different, ObjectState.Later])
            if (Acting(state) is > 0 and var number)
                parts.Add(say.Count($"Consequence.{state}", number));
        if (objects.Count(IsByHand) is > 0 and var byHand)
            parts.Add(say.Count("Consequence.ByHand", byHand));

        return parts.Count == 0 ? "" : say["Consequence", say.List(parts)];
    }

    /// <summary>
    /// What the safety gate will hold back: who tries it first, and the largest number of people whose calls an action could stop. Nothing is held back if only
    /// fail-open policies reach people: then it says for how many people recording starts at once.
    /// </summary>
    public static string Gate(Say say, IReadOnlyCollection<PlannedObject> objects)
    {
        var gated = Gated(objects).ToList();
        if (gated.Count == 0)
        {
            return objects.Where(IsGrant).Sum(o => o.Action!.Impact.People) is > 0 and var recorded ? say.Count("Consequence.Open", recorded)
                : objects.Any(o => o.Action?.Impact.People > 0) ? ""
                : say["Consequence.NoGate"];
        }

        var held = gated.Max(i => i.People) is > 0 and var people ? say.Count("Consequence.Gate", people) : say["Consequence.GateUncounted"];
        var trials = gated.Select(i => i.Trial).OfType<string>().Select(name => say["Consequence.Trial", name]);
        return string.Join(' ', [.. trials, held]);
    }

    /// <summary>True if approving it gives a policy to people, so that their recording starts.</summary>
    private static bool IsGrant(PlannedObject item) => item is { Action: not null, Kind.Key: GrantsStep.AssignmentKind };

    /// <summary>True if a person has to create the object elsewhere: the portal only waits for it, and there is no page for it that leads back.</summary>
    public static bool IsByHand(PlannedObject item) => item is { State: ObjectState.Missing or ObjectState.Different, Action: { OnlyWaits: true, Page: null } };

    /// <summary>True if any action could stop calls.</summary>
    public static bool IsGated(IEnumerable<PlannedObject> objects) => Gated(objects).Any();

    private static IEnumerable<Impact> Gated(IEnumerable<PlannedObject> objects) =>
        objects.Select(o => o.Action?.Impact).OfType<Impact>().Where(i => i.CanStopCalls);
}
