using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>Tells whether a reading was made with the choices of now: its step's own and those of the steps that it rests on.</summary>
internal static class ChoicesDigest
{
    public static string Of(StepGraph graph, string step, StepChoices choices)
    {
        var upstream = graph.Upstream(step);
        return Of(choices.ByStep.Where(c => upstream.Contains(c.Key)));
    }

    /// <summary>Of every step's choices.</summary>
    public static string Of(StepChoices choices) => Of(choices.ByStep);

    private static string Of(IEnumerable<KeyValuePair<string, JsonElement>> choices)
    {
        var text = string.Join('\n', choices
            .OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => $"{c.Key} {c.Value.GetRawText()}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
