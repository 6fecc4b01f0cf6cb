using System.Text.Json;
using System.Text.Json.Serialization;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine.Scripts;

/// <summary>A script's report of what it did. A person uploads it, so it proves nothing and only tells where to look.</summary>
internal sealed record ScriptResult(
    string Format, int Version, Guid Tenant, string Script, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Problem,
    IReadOnlyList<ScriptedStep> Steps)
{
    public const int LatestVersion = 1;

    private const string OurFormat = "luware-portal-script";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Either the result, or what is wrong with it.</summary>
    public static (ScriptResult? Result, Sentence? Fault) Read(string json, Guid tenant, Func<string, bool> isStep)
    {
        if (!TryRead<Head>(json, out var head) || head.Format != OurFormat)
            return (null, new Sentence("Script.Result.NotOne"));
        if (head.Version != LatestVersion)
            return (null, new Sentence("Script.Result.Version", $"{head.Version}", $"{LatestVersion}"));
        // The JSON reader accepts null elements inside a list.
        if (!TryRead<ScriptResult>(json, out var result) || result.Steps.Any(s => s is null || s.Objects.Contains(null)))
            return (null, new Sentence("Script.Result.NotOne"));
        if (result.Tenant != tenant)
            return (null, new Sentence("Script.Result.OtherTenant", $"{result.Tenant}", $"{tenant}"));
        if (result.Steps.FirstOrDefault(s => !isStep(s.Step)) is { } stranger)
            return (null, new Sentence("Script.Result.UnknownStep", Shorten(stranger.Step)));
        return (result, null);
    }

    public int Count(ScriptedState state) => Steps.SelectMany(s => s.Objects).Count(o => o.State == state);

    private static bool TryRead<T>(string json, out T value) where T : class
    {
        try
        {
            // Windows editors add a byte order mark.
            value = JsonSerializer.Deserialize<T>(json.AsSpan().TrimStart('\uFEFF'), Options)!;
        }
        catch (JsonException)
        {
            value = null!;
        }
        return value is not null;
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    private sealed record Head(string? Format = null, int Version = 0);
}

/// <param name="Objects">In the script's order.</param>
internal sealed record ScriptedStep(string Step, IReadOnlyList<ScriptedObject> Objects)
{
    /// <summary>True when nothing of the step was left to a person or to Luware and nothing failed.</summary>
    public bool IsComplete => Objects.Count > 0 && Objects.All(o => o.State is ScriptedState.Found or ScriptedState.Made);
}

internal sealed record ScriptedObject(string Id, ScriptedState State, string Message);

internal enum ScriptedState
{
    Found,
    Made,
    ByHand,
    LeftOut,
    Failed,
}
