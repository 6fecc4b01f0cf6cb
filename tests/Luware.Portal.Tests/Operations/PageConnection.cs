using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Luware.Portal.Tests.Doubles;

namespace Luware.Portal.Tests.Operations;

/// <summary>The connection that an open page lives on, as a browser's script opens it: by web socket, or by polling where it has none.</summary>
internal sealed class PageConnection : IDisposable
{
    /// <summary>Less than the 30 seconds after which SignalR ends a page that says nothing, whatever the portal does.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);

    private static readonly byte[] Handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e");

    private readonly CancellationTokenSource _end = new();
    private readonly ClientWebSocket? _socket;

    private PageConnection(Func<CancellationToken, Task> read, ClientWebSocket? socket)
    {
        _socket = socket;
        Ended = read(_end.Token);
    }

    /// <summary>Done once the portal has ended the connection.</summary>
    public Task Ended { get; }

    public static async Task<PageConnection> OpenAsync(Visitor visitor, Uri portal, bool bySocket)
    {
        using var negotiated = await visitor.Client.PostAsync(new Uri(portal, "/_blazor/negotiate?negotiateVersion=1"), content: null);
        negotiated.EnsureSuccessStatusCode();
        var token = JsonDocument.Parse(await negotiated.Content.ReadAsStringAsync()).RootElement.GetProperty("connectionToken").GetString();
        var address = new Uri(portal, $"/_blazor?id={token}");
        if (!bySocket)
        {
            // The first poll is answered at once; what is sent before it finds no connection.
            (await visitor.Client.GetAsync(address)).EnsureSuccessStatusCode().Dispose();
            (await visitor.Client.PostAsync(address, new ByteArrayContent(Handshake))).EnsureSuccessStatusCode().Dispose();
            return new PageConnection(end => PollAsync(visitor, address, end), socket: null);
        }

        var socket = Socket(visitor, portal, portal.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = Uri.UriSchemeWs }.Uri, CancellationToken.None);
        await socket.SendAsync(Handshake, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        return new PageConnection(end => ReadAsync(socket, end), socket);
    }

    /// <summary>Opens a web socket without asking for a connection first, as a page of any origin can.</summary>
    public static async Task<HttpStatusCode> KnockAsync(Visitor visitor, Uri portal, string? origin)
    {
        using var socket = Socket(visitor, portal, origin);
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(portal, "/_blazor")) { Scheme = Uri.UriSchemeWs }.Uri, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }

    public void Dispose()
    {
        _end.Cancel();
        _socket?.Dispose();
        _end.Dispose();
    }

    private static ClientWebSocket Socket(Visitor visitor, Uri portal, string? origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", string.Join("; ", visitor.CookiesAt(portal)));
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        return socket;
    }

    private static async Task ReadAsync(ClientWebSocket socket, CancellationToken end)
    {
        var buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, end)).MessageType != WebSocketMessageType.Close)
            {
                // What it says meanwhile does not matter.
            }
        }
        catch (WebSocketException)
        {
            // Cut without a goodbye.
        }
    }

    private static async Task PollAsync(Visitor visitor, Uri address, CancellationToken end)
    {
        try
        {
            while (true)
            {
                using var answer = await visitor.Client.GetAsync(address, end);
                if (answer.StatusCode != HttpStatusCode.OK)
                    return;
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            using var goodbye = new HttpRequestMessage(HttpMethod.Delete, address);
            (await visitor.Client.SendAsync(goodbye, CancellationToken.None)).Dispose();
            throw;
        }
    }
}
