using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;

namespace Luware.Onboarding.Onboarding;

/// <summary>The scripts that take back what steps make.</summary>
public static class UndoDownloads
{
    public static string Address(string step, bool withChosen = false) => $"downloads/undo/{step}.ps1{(withChosen ? "?withChosen=true" : "")}";

    /// <summary>The script of the step itself, or of the first other step that has one: what a policy does is undone where it is granted.</summary>
    /// <param name="withChosen">Also of what is about to be approved.</param>
    public static async Task<WayBack?> FirstAsync(IEngine engine, Place place, string step, bool withChosen, CancellationToken cancellationToken)
    {
        foreach (var name in place.View!.Steps.Select(s => s.Step).OrderBy(name => name == step ? 0 : 1))
            if (await engine.GetUndoScriptAsync(place.Actor!, name, withChosen, cancellationToken) is { } script)
                return new WayBack(script, Address(name, withChosen));
        return null;
    }
}
