using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using Luware.TeamsPowerShell.Worker;

namespace Luware.TeamsPowerShell.Protocol;

/// <summary>The worker's end of the pipes, for worker programs that are written in C#.</summary>
public sealed class WorkerLink : IAsyncDisposable
{
    private readonly NamedPipeClientStream _messages;
    private readonly NamedPipeClientStream _lifeLine;
    private readonly LineReader _reader;

    private WorkerLink(NamedPipeClientStream messages, NamedPipeClientStream lifeLine)
    {
        (_messages, _lifeLine) = (messages, lifeLine);
        _reader = new LineReader(messages);
    }

    /// <summary>
    /// Connects to the pool that started this process. From now on this process and everything that it started end at once when the pool is gone.
    /// </summary>
    public static async Task<WorkerLink> ConnectAsync(CancellationToken cancellationToken)
    {
        var lifeLine = await ConnectAsync(WorkerProtocol.LifeLineVariable, PipeDirection.In, cancellationToken);
        var messages = await ConnectAsync(WorkerProtocol.PipeVariable, PipeDirection.InOut, cancellationToken);
        new Thread(() => EndWith(lifeLine)) { IsBackground = true, Name = "Life line" }.Start();
        return new WorkerLink(messages, lifeLine);
    }

    public Task SendAsync(WorkerMessage message, CancellationToken cancellationToken) =>
        SendRawAsync((byte[])[.. ProtocolJson.WriteMessage(message), (byte)'\n'], cancellationToken);

    /// <summary>Writes bytes unchanged.</summary>
    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => await _messages.WriteAsync(bytes, cancellationToken);

    /// <returns>The next request, or null when the pool has closed its end.</returns>
    public async Task<WorkerRequest?> ReadAsync(CancellationToken cancellationToken) =>
        await _reader.ReadLineAsync(cancellationToken) is { } line ? ProtocolJson.ReadRequest(line) : null;

    public async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _messages.DisposeAsync();
        await _lifeLine.DisposeAsync();
    }

    private static async Task<NamedPipeClientStream> ConnectAsync(string variable, PipeDirection direction, CancellationToken cancellationToken)
    {
        var limit = int.Parse(Read(WorkerProtocol.ConnectLimitVariable), CultureInfo.InvariantCulture);
        var pipe = new NamedPipeClientStream(".", Read(variable), direction, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        await pipe.ConnectAsync(limit, cancellationToken);
        return pipe;
    }

    private static string Read(string variable) => Environment.GetEnvironmentVariable(variable)
        ?? throw new InvalidOperationException($"{variable} is not set: this program is started by a worker pool, not by hand.");

    private static void EndWith(NamedPipeClientStream lifeLine)
    {
        try
        {
            lifeLine.ReadByte();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The pipe is closed already.
        }
        ProcessGroup.Kill(Environment.ProcessId);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
