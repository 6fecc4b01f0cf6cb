using System.Text.Json;
using System.Text.Json.Serialization;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

/// <summary>The JSON form in which plans, waits and sentences are stored and compared.</summary>
internal static class EngineJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"A stored {typeof(T).Name} is null.");

    public static Sentence? ReadSentence(string? json) => json is null ? null : Read<Sentence>(json);

    public static bool Same(this Sentence one, Sentence other) => one.Key == other.Key && one.Arguments.SequenceEqual(other.Arguments, StringComparer.Ordinal);
}
