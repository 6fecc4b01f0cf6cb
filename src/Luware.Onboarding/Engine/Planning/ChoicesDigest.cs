using System.Text.Json;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>Digest of the choices behind a reading, those of its step and of the steps it depends on, to recognize readings of older choices.</summary>
internal static class ChoicesDigest
{
    public static string Of(StepGraph graph, string step, StepChoices choices)
    {
        var upstream = graph.Upstream(step);
        return Of(choices.ByStep.Where(c => upstream.Contains(c.Key)));
    }

    /// <summary>True if the step was read with these choices, as far as they concern it.</summary>
    public static bool IsOf(StepRecord record, StepGraph graph, StepChoices choices) => record.ChoicesDigest == Of(graph, record.Step, choices);

    /// <summary>Digest of every step's choices.</summary>
    public static string Of(StepChoices choices) => Of(choices.ByStep);

    private static string Of(IEnumerable<KeyValuePair<string, JsonElement>> choices)
    {
        var lines = choices.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value.GetRawText()}");
        return TextDigest.Of(string.Join('\n', lines));
    }
}
