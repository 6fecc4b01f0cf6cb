using System.Text.Json;
using System.Text.Json.Serialization;

namespace Luware.TeamsPowerShell.Protocol;

/// <summary>
/// A line on the pipe from the pool to its worker. Each request is answered by any number of <see cref="OutputMessage"/> and
/// <see cref="ResultMessage"/>, then by one <see cref="ErrorMessage"/> or <see cref="DoneMessage"/>, all with the request's id.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConnectMessage), "connect")]
[JsonDerivedType(typeof(InvokeMessage), "invoke")]
public abstract record WorkerRequest(int Id);

/// <summary>Connects the worker's one session with the two tokens. The only message that holds a secret.</summary>
public sealed record ConnectMessage(int Id, Guid TenantId, string GraphToken, string TeamsToken) : WorkerRequest(Id)
{
    public override string ToString() => $"ConnectMessage {{ Id = {Id}, tokens hidden }}";
}

/// <summary>Runs one cmdlet.</summary>
public sealed record InvokeMessage(int Id, TeamsCommand Command) : WorkerRequest(Id);

/// <summary>A line on the pipe from the worker to its pool.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(HelloMessage), "hello")]
[JsonDerivedType(typeof(OutputMessage), "output")]
[JsonDerivedType(typeof(ResultMessage), "result")]
[JsonDerivedType(typeof(ErrorMessage), "error")]
[JsonDerivedType(typeof(DoneMessage), "done")]
public abstract record WorkerMessage;

/// <summary>The worker's first line, sent when its module is imported and it is ready to be connected.</summary>
/// <param name="Protocol">Must equal <see cref="WorkerProtocol.Version"/>.</param>
/// <param name="Module">The version of the MicrosoftTeams module that was imported.</param>
public sealed record HelloMessage(int Protocol, string Worker, string Module) : WorkerMessage;

/// <summary>A record of one of the cmdlet's streams: warning, verbose, debug, information or progress.</summary>
public sealed record OutputMessage(int Id, string Stream, string Text) : WorkerMessage;

/// <summary>One object that the cmdlet wrote, with the selected properties only.</summary>
public sealed record ResultMessage(int Id, JsonElement Value) : WorkerMessage;

/// <summary>The cmdlet or the service behind it refused the request.</summary>
public sealed record ErrorMessage(int Id, TeamsError Error) : WorkerMessage;

/// <summary>The request was carried out.</summary>
public sealed record DoneMessage(int Id) : WorkerMessage;
