using System.IO.Pipes;
using System.Text.Json;
using Luware.TeamsPowerShell.Protocol;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>The two pipes to one worker: one with JSON lines in both directions, and the life line without traffic.</summary>
internal sealed class WorkerChannel : IAsyncDisposable
{
    private readonly NamedPipeServerStream _messages;
    private readonly NamedPipeServerStream _lifeLine;
    private LineReader? _reader;
    private long _answered;

    public WorkerChannel(WorkerFolder folder)
    {
        MessagesName = folder.PipeName("messages");
        LifeLineName = folder.PipeName("lifeline");
        _messages = Listen(MessagesName, PipeDirection.InOut);
        _lifeLine = Listen(LifeLineName, PipeDirection.Out);
    }

    public string MessagesName { get; }

    public string LifeLineName { get; }

    /// <summary>Waits until the worker has connected to both pipes. After that nobody else can connect.</summary>
    public async Task AcceptAsync(CancellationToken cancellationToken)
    {
        await _lifeLine.WaitForConnectionAsync(cancellationToken);
        await _messages.WaitForConnectionAsync(cancellationToken);
        _reader = new LineReader(_messages);
    }

    public async Task SendAsync(WorkerRequest request, CancellationToken cancellationToken)
    {
        _answered = 0;
        byte[] line = [.. ProtocolJson.WriteRequest(request), (byte)'\n'];
        await _messages.WriteAsync(line, cancellationToken);
    }

    /// <returns>The next message, or null when the worker has closed its end.</returns>
    /// <exception cref="InvalidDataException">The line or the whole answer is too long, or the line is not a message of the protocol.</exception>
    public async Task<WorkerMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        var line = await (_reader ?? throw new InvalidOperationException("The worker has not connected.")).ReadLineAsync(cancellationToken);
        _answered += line?.Length ?? 0;
        if (_answered > WorkerProtocol.MaxAnswer)
            throw new InvalidDataException($"an answer is longer than {WorkerProtocol.MaxAnswer} bytes");
        return line is null ? null : TryParse(line) ?? throw new InvalidDataException($"a line of {line.Length} bytes is none of its messages");
    }

    public async ValueTask DisposeAsync()
    {
        if (_reader is not null)
            await _reader.DisposeAsync();
        await _messages.DisposeAsync();
        await _lifeLine.DisposeAsync();
    }

    /// <summary>Parses a line. The serializer's exception is dropped, because it quotes parts of the line, which may be tokens.</summary>
    private static WorkerMessage? TryParse(byte[] line)
    {
        try
        {
            return ProtocolJson.ReadMessage(line);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static NamedPipeServerStream Listen(string name, PipeDirection direction) => new(
        name, direction, maxNumberOfServerInstances: 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
}
