using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Luware.Onboarding.Handover;

/// <summary>The hand-over for programs, in the form of docs/handover.schema.json.</summary>
internal static class HandoverJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Task WriteAsync(HandoverModel model, Stream stream, CancellationToken cancellationToken) =>
        JsonSerializer.SerializeAsync(stream, model, Options, cancellationToken);
}
