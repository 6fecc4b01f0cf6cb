using System.Buffers;
using System.IO.Pipelines;

namespace Luware.TeamsPowerShell.Protocol;

/// <summary>Reads UTF-8 lines from a stream and never buffers more than <see cref="WorkerProtocol.MaxLine"/> of one.</summary>
public sealed class LineReader(Stream stream) : IAsyncDisposable
{
    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));

    /// <returns>The next line without its terminator, or null at the end of the stream. A last line without a terminator was cut off and is dropped.</returns>
    /// <exception cref="InvalidDataException">The line is too long.</exception>
    public async Task<byte[]?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end).ToArray();
                _reader.AdvanceTo(buffer.GetPosition(1, end));
                return line;
            }
            if (buffer.Length > WorkerProtocol.MaxLine)
                throw new InvalidDataException($"A line is longer than {WorkerProtocol.MaxLine} bytes.");
            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    public ValueTask DisposeAsync() => _reader.CompleteAsync();
}
