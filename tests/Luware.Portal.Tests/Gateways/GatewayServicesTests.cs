using Luware.Portal.Gateways;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Gateways;

/// <summary>The clients as the portal really wires them; the scripted doubles of Graph and Azure build the same chain by hand.</summary>
public sealed class GatewayServicesTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await TestPortal.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData(BackChannels.Graph)]
    [InlineData(BackChannels.Azure)]
    public void A_client_limits_and_repeats_attempts_and_each_attempt_is_correlated(string name)
    {
        Chain(name).Where(IsOurs).Select(h => h.GetType()).ShouldBe([typeof(Patience), typeof(CorrelatedCalls)]);
        LimitOf(name).ShouldBe(Timeout.InfiniteTimeSpan, "a limit of the whole would cut off those of its attempts");
    }

    [Fact]
    public void The_client_of_the_blob_sdk_leaves_limits_and_attempts_to_the_sdk_and_follows_no_redirect()
    {
        var chain = Chain(BackChannels.Blobs);

        chain.Where(IsOurs).ShouldHaveSingleItem().ShouldBeOfType<CorrelatedCalls>();
        LimitOf(BackChannels.Blobs).ShouldBe(Timeout.InfiniteTimeSpan);
        var primary = chain[^1].ShouldBeOfType<SocketsHttpHandler>();
        (primary.AllowAutoRedirect, primary.UseCookies).ShouldBe((false, false));
    }

    [Theory]
    [InlineData(BackChannels.Graph)]
    [InlineData(BackChannels.Azure)]
    [InlineData(BackChannels.Blobs)]
    public async Task A_cookie_that_came_with_one_customers_answer_goes_with_nobodys_request(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var service = builder.Build();
        service.MapGet("/", http =>
        {
            http.Response.Cookies.Append("a", "1");
            return http.Response.WriteAsync(http.Request.Headers.Cookie.ToString());
        });
        await service.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(service.Urls.Single());

        foreach (var _ in (string[])["one customer", "another"])
        {
            using var client = _portal.Services.GetRequiredService<IHttpClientFactory>().CreateClient(name);
            (await client.GetStringAsync(address, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        }
    }

    private static bool IsOurs(HttpMessageHandler handler) => handler.GetType().Assembly == typeof(Patience).Assembly;

    private TimeSpan LimitOf(string name)
    {
        using var client = _portal.Services.GetRequiredService<IHttpClientFactory>().CreateClient(name);
        return client.Timeout;
    }

    /// <summary>From the outermost handler to the one that sends.</summary>
    private List<HttpMessageHandler> Chain(string name)
    {
        List<HttpMessageHandler> chain = [_portal.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(name)];
        while (chain[^1] is DelegatingHandler { InnerHandler: { } inner })
            chain.Add(inner);
        return chain;
    }
}
