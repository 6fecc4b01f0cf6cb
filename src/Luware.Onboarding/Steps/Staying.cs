using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps;

/// <summary>Objects that stay when everything else is undone, because the portal may not remove them or nobody would want it to.</summary>
internal static class Staying
{
    /// <param name="command">The command that a person could run, or the object it concerns if there is none.</param>
    public static PlannedObject Object(string key, string name, Sentence kind, Sentence why, string command, Uri link) =>
        new(key, name, kind, ObjectState.Different, why, command) { Link = link };

    /// <summary>The undo plan of a step of which the portal undoes nothing.</summary>
    public static StepPlan Plan(string step, IReadOnlyList<PlannedObject> objects) => new(
        step, new Sentence("Undo.Stays"), new Sentence("Undo.StaysWhy"), objects, new Dictionary<string, string>(StringComparer.Ordinal), []);
}
