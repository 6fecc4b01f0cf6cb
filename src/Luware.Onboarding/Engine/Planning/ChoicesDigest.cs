using System.Security.Cryptography;
using System.Text;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>Tells whether a reading was made with the choices of now: its step's own and those of the steps that it rests on.</summary>
internal static class ChoicesDigest
{
    public static string Of(StepGraph graph, string step, StepChoices choices)
    {
        var upstream = graph.Upstream(step);
        var text = string.Join('\n', choices.ByStep
            .Where(c => upstream.Contains(c.Key))
            .OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => $"{c.Key} {c.Value.GetRawText()}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
