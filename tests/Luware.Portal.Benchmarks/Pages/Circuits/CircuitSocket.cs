using System.Net.WebSockets;
using System.Text;

namespace Luware.Portal.Benchmarks.Pages.Circuits;

/// <summary>A web socket that speaks the protocol of Blazor's hub: whole messages out, whole messages in.</summary>
internal sealed class CircuitSocket : IDisposable
{
    private const byte EndOfHandshake = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _end = new();

    public bool IsOpen => _socket.State == WebSocketState.Open;

    public async Task OpenAsync(Uri address, Uri page, string cookies, CancellationToken cancellationToken)
    {
        _socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        _socket.Options.SetRequestHeader("Origin", page.GetLeftPart(UriPartial.Authority));
        if (cookies.Length > 0)
            _socket.Options.SetRequestHeader("Cookie", cookies);
        await _socket.ConnectAsync(address, cancellationToken);
        var handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e");
        await _socket.SendAsync(handshake, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
    }

    public async Task SendAsync(PackWriter message)
    {
        await _sending.WaitAsync(_end.Token);
        try
        {
            await _socket.SendAsync(message.ToFrame(), WebSocketMessageType.Binary, endOfMessage: true, _end.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Reads until the end of the connection.</summary>
    /// <param name="receive">Given each message.</param>
    public async Task ReadAsync(Func<ReadOnlyMemory<byte>, Task> receive)
    {
        var (buffer, length, hasShakenHands) = (new byte[4096], 0, false);
        while (!_end.IsCancellationRequested)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, 2 * buffer.Length);
            var part = await _socket.ReceiveAsync(buffer.AsMemory(length), _end.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new WebSocketException($"The server has closed the circuit: {_socket.CloseStatusDescription}");
            length += part.Count;
            if (!part.EndOfMessage)
                continue;

            var at = hasShakenHands ? 0 : Array.IndexOf(buffer, EndOfHandshake, 0, length) + 1;
            hasShakenHands = true;
            while (at < length)
            {
                var size = Size(buffer, ref at);
                await receive(buffer.AsMemory(at, size));
                at += size;
            }
            length = 0;
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _socket.Dispose();
        _sending.Dispose();
        _end.Dispose();
    }

    private static int Size(byte[] buffer, ref int at)
    {
        var (size, shift) = (0, 0);
        byte part;
        do
        {
            part = buffer[at++];
            size |= (part & 0x7f) << shift;
            shift += 7;
        }
        while (part > 127);
        return size;
    }
}
