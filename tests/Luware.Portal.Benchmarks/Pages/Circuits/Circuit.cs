using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Luware.Portal.Benchmarks.Pages.Circuits;

/// <summary>A real circuit without a browser: it fetches the page, connects, keeps a small model of what is rendered, and clicks.</summary>
/// <param name="target">The beginning of the text to click; its nearest ancestor with a handler receives the click.</param>
internal sealed partial class Circuit(HttpClient client, Uri page, string cookies, string target) : IAsyncDisposable
{
    private static readonly TimeSpan OpenLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ClickLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CircuitSocket _socket = new();
    private readonly Lock _gate = new();
    private readonly PageTree _tree = new();
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private string _components = "";
    private string _state = "";
    private string _secret = "";
    private long _renderer;
    private long _lastBatch;
    private int _calls;
    private int _objects;
    private TaskCompletionSource<long>? _handled;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(OpenLimit);
        await ReadPageAsync(limit.Token);
        await _socket.OpenAsync(await NegotiateAsync(limit.Token), page, cookies, limit.Token);
        _reading = ReadAsync();
        await _socket.SendAsync(PackWriter.Invocation("0", "StartCircuit", 4)
            .Text(new Uri(page, "/").AbsoluteUri).Text(page.AbsoluteUri).Text("[]").Text(_state));
        await Task.WhenAny(_broken.Task, SettleAsync(limit.Token)).Unwrap();
    }

    /// <returns>The time from the click until the server reports that its handler is done.</returns>
    public async Task<TimeSpan> ClickAsync()
    {
        var handled = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        PackWriter message;
        long clicked;
        lock (_gate)
        {
            var handler = Find()?.OnClick ?? throw new InvalidOperationException($"There is no '{target}' to click.");
            _handled = handled;
            message = PackWriter.Call("BeginInvokeDotNetFromJS", 5).Text($"{++_calls}").Text(null).Text("DispatchEventAsync").Integer(_renderer)
                .Text($$"""[{"eventHandlerId":{{handler}},"eventName":"click","eventFieldInfo":null},{"detail":1,"button":0,"buttons":0,"type":"click"}]""");
            clicked = Stopwatch.GetTimestamp();
        }
        await _socket.SendAsync(message);
        return Stopwatch.GetElapsedTime(clicked, await handled.Task.WaitAsync(ClickLimit));
    }

    public Task PingAsync() => _socket.IsOpen ? _socket.SendAsync(PackWriter.Ping()) : Task.CompletedTask;

    /// <summary>Says goodbye as a browser does, so that the server lets the circuit go at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_socket.IsOpen && _secret.Length > 0)
        {
            using var goodbye = new MultipartFormDataContent { { new StringContent(_secret), "circuitId" } };
            using var request = Request(HttpMethod.Post, new Uri(page, "/_blazor/disconnect"), goodbye);
            using var answer = await client.SendAsync(request);
        }
        _socket.Dispose();
        await _reading;
    }

    private async Task ReadPageAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, page, null);
        using var answer = await client.SendAsync(request, cancellationToken);
        if ((int)answer.StatusCode >= 300)
            throw new InvalidOperationException($"{page} answered {(int)answer.StatusCode} {answer.Headers.Location}.");
        var html = await answer.Content.ReadAsStringAsync(cancellationToken);

        var operations = new JsonArray();
        var markers = Marker().Matches(html).Select(m => JsonNode.Parse(m.Groups["marker"].Value)!.AsObject());
        foreach (var marker in markers.Where(m => (string?)m["type"] == "server"))
        {
            marker["uniqueId"] = operations.Count;
            operations.Add(new JsonObject { ["type"] = "add", ["ssrComponentId"] = operations.Count + 1, ["marker"] = marker });
        }
        if (operations.Count == 0)
            throw new InvalidOperationException($"{page} has no interactive component.");
        _components = new JsonObject { ["batchId"] = 1, ["operations"] = operations }.ToJsonString(Json);
        _state = State().Match(html).Groups["state"].Value;
    }

    private async Task<Uri> NegotiateAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, new Uri(page, "/_blazor/negotiate?negotiateVersion=1"), null);
        using var answer = await client.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        var token = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!["connectionToken"]!;
        return new UriBuilder(new Uri(page, "/_blazor")) { Scheme = Uri.UriSchemeWs, Query = $"id={Uri.EscapeDataString(token)}" }.Uri;
    }

    private async Task ReadAsync()
    {
        try
        {
            await _socket.ReadAsync(async message =>
            {
                foreach (var reply in Receive(message.Span))
                    await _socket.SendAsync(reply);
            });
        }
        catch (Exception e)
        {
            _broken.TrySetException(e);
            _handled?.TrySetException(e);
        }
    }

    private List<PackWriter> Receive(ReadOnlySpan<byte> message)
    {
        const int invocation = 1;
        const int completion = 3;
        var at = Stopwatch.GetTimestamp();
        var reader = new PackReader(message);
        reader.Array();
        var kind = reader.Integer();
        if (kind is not (invocation or completion))
            return [];

        reader.Skip();
        reader.Skip();
        if (kind == completion)
        {
            // The result of StartCircuit, the only call with an answer.
            var hasResult = reader.Integer() == 3;
            _secret = reader.Text() is { Length: > 0 } secret && hasResult ? secret : throw new InvalidOperationException("The server has started no circuit.");
            return [];
        }

        var called = reader.Text();
        reader.Array();
        switch (called)
        {
            case "JS.RenderBatch":
                return [Rendered(ref reader, at)];
            case "JS.AttachComponent":
                lock (_gate)
                    _tree.Attach((int)reader.Integer());
                return [];
            case "JS.BeginInvokeJS":
                return Answer(ref reader);
            case "JS.EndInvokeDotNet":
                reader.Text();
                if (reader.Bool())
                    _handled?.TrySetResult(at);
                else
                    _handled?.TrySetException(new InvalidOperationException(reader.Text()));
                return [];
            case "JS.Error":
                throw new InvalidOperationException(reader.Text());
            default:
                return [];
        }
    }

    private PackWriter Rendered(ref PackReader reader, long at)
    {
        var batch = reader.Integer();
        lock (_gate)
        {
            _tree.Apply(reader.Binary());
            _lastBatch = at;
        }
        return PackWriter.Call("OnRenderCompleted", 2).Integer(batch).Text(null);
    }

    /// <summary>Answers calls to browser scripts with null, or with a dummy object where one is expected.</summary>
    private List<PackWriter> Answer(ref PackReader reader)
    {
        const int objectReference = 1;
        var (handle, called, arguments, result) = (reader.Integer(), reader.Text(), reader.Text(), reader.Integer());
        List<PackWriter> replies = [];
        if (handle != 0)
        {
            var value = result == objectReference ? $$"""{"__jsObjectId":{{++_objects}}}""" : "null";
            replies.Add(PackWriter.Call("EndInvokeJSFromDotNet", 3).Integer(handle).Bool(true).Text($"[{handle},true,{value}]"));
        }
        if (called == "Blazor._internal.attachWebRendererInterop")
        {
            _renderer = (long)JsonNode.Parse(arguments!)![1]!["__dotNetObject"]!;
            replies.Add(PackWriter.Call("UpdateRootComponents", 2).Text(_components).Text(_state));
        }
        return replies;
    }

    /// <summary>The page is ready: the click target exists, and nothing was rendered for a moment.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await again.WaitForNextTickAsync(cancellationToken))
        {
            lock (_gate)
            {
                if (_lastBatch != 0 && Stopwatch.GetElapsedTime(_lastBatch) > Quiet && Find() is not null)
                    return;
            }
        }
    }

    private PageNode? Find()
    {
        var node = _tree.All.FirstOrDefault(n => n.Text.TrimStart().StartsWith(target, StringComparison.Ordinal));
        while (node is { OnClick: 0 })
            node = node.Parent;
        return node;
    }

    private HttpRequestMessage Request(HttpMethod method, Uri address, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, address) { Content = content };
        if (cookies.Length > 0)
            request.Headers.Add("Cookie", cookies);
        request.Headers.Accept.ParseAdd("text/html,*/*");
        return request;
    }

    [GeneratedRegex(@"<!--Blazor:(?<marker>\{.*?\})-->", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[A-Za-z0-9+/=]+)-->", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex State();
}
