using System.Text.Json;
using System.Text.Json.Serialization;

namespace Luware.TeamsPowerShell.Protocol;

/// <summary>Serializes the protocol's messages as JSON, without reflection.</summary>
[JsonSerializable(typeof(WorkerRequest))]
[JsonSerializable(typeof(WorkerMessage))]
[JsonSerializable(typeof(TeamsCommand))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
public sealed partial class ProtocolJson : JsonSerializerContext
{
    /// <summary>Writes one line without its terminator. Every non-ASCII character is escaped, so that no encoding can change it.</summary>
    public static byte[] WriteRequest(WorkerRequest request) => JsonSerializer.SerializeToUtf8Bytes(request, Default.WorkerRequest);

    public static byte[] WriteMessage(WorkerMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, Default.WorkerMessage);

    /// <exception cref="JsonException">The line is not a request of this protocol.</exception>
    public static WorkerRequest ReadRequest(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, Default.WorkerRequest) ?? throw new JsonException("The request is null.");

    /// <exception cref="JsonException">The line is not a message of this protocol.</exception>
    public static WorkerMessage ReadMessage(ReadOnlySpan<byte> line) =>
        JsonSerializer.Deserialize(line, Default.WorkerMessage) ?? throw new JsonException("The message is null.");
}
