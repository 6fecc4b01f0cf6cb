using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps;

/// <summary>What stays when everything else is taken back, because the portal may not remove it or nobody would want it to.</summary>
internal static class Staying
{
    /// <param name="command">What a person could run; or what it is about, where there is nothing to run.</param>
    public static PlannedObject Object(string key, string name, Sentence kind, Sentence why, string command, Uri place) =>
        new(key, name, kind, ObjectState.Different, why, command) { Place = place };

    /// <summary>A step of which the portal takes nothing back.</summary>
    public static StepPlan Plan(string step, DateTimeOffset now, IReadOnlyList<PlannedObject> objects) => new(
        step, now, new Sentence("Undo.Stays"), new Sentence("Undo.StaysWhy"), objects, new Dictionary<string, string>(StringComparer.Ordinal), []);
}
