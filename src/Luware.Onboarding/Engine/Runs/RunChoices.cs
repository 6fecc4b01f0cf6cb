using System.Text.Json;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Reads and writes the choices that are stored with an approval: by step, and who chose them.</summary>
internal static class RunChoices
{
    /// <summary>The key under which the choosers are stored; no step has this name.</summary>
    private const string Chosen = "@chosen";

    public static string Write(StepChoices choices) =>
        EngineJson.Write(new Dictionary<string, JsonElement>(choices.ByStep, StringComparer.Ordinal)
        {
            [Chosen] = JsonSerializer.SerializeToElement(choices.Chosen, JsonSerializerOptions.Web),
        });

    public static StepChoices Read(string json)
    {
        var byStep = EngineJson.Read<Dictionary<string, JsonElement>>(json);
        return new StepChoices(
            byStep, byStep.Remove(Chosen, out var chosen) ? chosen.Deserialize<Dictionary<string, Chosen>>(JsonSerializerOptions.Web) : null);
    }
}
