using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Finds the scripts that undo what steps create.</summary>
public static class UndoDownloads
{
    public static string Address(string step, bool withChosen = false) => $"downloads/undo/{step}.ps1{(withChosen ? "?withChosen=true" : "")}";

    /// <summary>Returns the script of the step itself, or of the first other step that has one: a policy's effect is undone where it is granted.</summary>
    /// <param name="withChosen">Whether to include what is about to be approved.</param>
    public static async Task<WayBack?> FirstAsync(IEngine engine, CustomerState state, string step, bool withChosen, CancellationToken cancellationToken)
    {
        foreach (var name in state.View!.Steps.Select(s => s.Step).OrderBy(name => name == step ? 0 : 1))
            if (await engine.GetUndoScriptAsync(state.Actor!, name, withChosen, cancellationToken) is { } script)
                return new WayBack(script, Address(name, withChosen));
        return null;
    }
}
