using System.Text.Json;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>The choices of an approval as they are stored with it: by step, and beside the steps who chose.</summary>
internal static class RunChoices
{
    /// <summary>No step is called so.</summary>
    private const string Chosen = "@chosen";

    public static string Write(StepChoices choices) =>
        EngineJson.Write(new Dictionary<string, JsonElement>(choices.ByStep, StringComparer.Ordinal) { [Chosen] = JsonSerializer.SerializeToElement(choices.Chosen, JsonSerializerOptions.Web) });

    public static StepChoices Read(string json)
    {
        var byStep = EngineJson.Read<Dictionary<string, JsonElement>>(json);
        return new StepChoices(byStep, byStep.Remove(Chosen, out var chosen) ? chosen.Deserialize<Dictionary<string, Chosen>>(JsonSerializerOptions.Web) : null);
    }
}
