using System.Net;
using System.Net.Sockets;
using Luware.Portal.Gateways;
using Luware.Portal.Settings;
using Microsoft.Extensions.Time.Testing;
using Polly.Timeout;

namespace Luware.Portal.Tests.Gateways;

public sealed class PatienceTests
{
    private static readonly Uri Anywhere = new("https://service.test/");

    private readonly GraphSettings _settings = new() { AttemptTimeout = TimeSpan.FromMinutes(1), Retries = 0 };
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_server_that_sends_headers_and_then_nothing_is_left_after_the_limit(string method)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var sockets = new HeadersSeen { InnerHandler = new SocketsHttpHandler() };
        using var client = Client(sockets);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"http://{server.LocalEndpoint}/"));
        var answering = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var connection = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await connection.GetStream().WriteAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{ \"value\":"u8.ToArray(), TestContext.Current.CancellationToken);
        await sockets.Seen.Task.WaitAsync(TestContext.Current.CancellationToken);
        answering.IsCompleted.ShouldBeFalse("it is waited for the whole of it");

        _time.Advance(_settings.AttemptTimeout);

        await Should.ThrowAsync<TimeoutRejectedException>(() => answering);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again()
    {
        _settings.Retries = 1;
        using var broken = new Answers(new StreamContent(new BrokenStream()), new StringContent("{}"));
        using var client = Client(broken);
        var answering = client.GetAsync(Anywhere, TestContext.Current.CancellationToken);

        while (!answering.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        using var answer = await answering;
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("{}");
    }

    [Fact]
    public async Task An_answer_without_end_is_not_held_and_not_asked_for_again()
    {
        _settings.Retries = 2;
        using var endless = new Answers(new StreamContent(new EndlessStream()));
        using var client = Client(endless);

        (await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(Anywhere, TestContext.Current.CancellationToken)))
            .HttpRequestError.ShouldBe(HttpRequestError.ConfigurationLimitExceeded);

        endless.Given.ShouldBe(1);
    }

    private HttpClient Client(HttpMessageHandler inner) => new(new Patience(_settings, _time) { InnerHandler = inner }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Notices when the headers of an answer have arrived.</summary>
    private sealed class HeadersSeen : DelegatingHandler
    {
        public TaskCompletionSource Seen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            Seen.SetResult();
            return response;
        }
    }

    private sealed class Answers(params HttpContent[] contents) : HttpMessageHandler
    {
        public int Given { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = contents[Given++] });
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            throw new IOException("The connection was reset.");
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            while (true)
                await destination.WriteAsync(new byte[1024 * 1024], cancellationToken);
        }
    }
}
