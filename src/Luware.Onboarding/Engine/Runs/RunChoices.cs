using System.Text.Json;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>The choices of an approval as they are stored with it.</summary>
internal static class RunChoices
{
    public static string Write(StepChoices choices) => EngineJson.Write(choices.ByStep);

    public static StepChoices Read(string json) => new(EngineJson.Read<Dictionary<string, JsonElement>>(json));
}
