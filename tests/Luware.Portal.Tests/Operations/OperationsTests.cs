using System.Net;
using Luware.Portal.Operations;
using Luware.Portal.Tests.Doubles;

namespace Luware.Portal.Tests.Operations;

public sealed class OperationsTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await TestPortal.StartWithAsync(("RateLimits:AnonymousPerMinute", "5"));

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_answers_without_a_sign_in(string path)
    {
        using var client = new HttpClient();

        (await client.GetStringAsync(_portal.At(path))).ShouldBe("Healthy");
    }

    [Fact]
    public async Task Every_page_tells_the_browser_what_it_may_never_do()
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(_portal.At("/"));

        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain($"form-action 'self' {_portal.World.Address.GetLeftPart(UriPartial.Authority)}");
        policy.ShouldContain($"ws://{_portal.Address.Authority}");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
    }

    [Fact]
    public async Task Several_portals_together_allow_no_more_than_one_would()
    {
        await using var half = await TestPortal.StartWithAsync(("RateLimits:AnonymousPerMinute", "5"), ("RateLimits:Replicas", "2"));
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await client.GetAsync(half.At("/consent/landing?state=guess"));
            answers.Add(answer.StatusCode);
        }

        answers.ShouldBe([HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.TooManyRequests]);
    }

    [Fact]
    public async Task A_proxy_that_is_trusted_tells_visitors_apart()
    {
        await using var behind = await TestPortal.StartWithAsync(("RateLimits:AnonymousPerMinute", "1"), ("Portal:Proxies:0", "127.0.0.0/8"));
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, behind.At("/consent/landing"));
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
            using var answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }
    }

    [Theory]
    [InlineData(1, HttpStatusCode.TooManyRequests)]
    [InlineData(2, HttpStatusCode.Redirect)]
    public async Task Behind_two_proxies_visitors_are_told_apart_where_the_settings_say_that_there_are_two(int limit, HttpStatusCode last)
    {
        await using var behind = await TestPortal.StartWithAsync(
            ("RateLimits:AnonymousPerMinute", "1"), ("Portal:Proxies:0", "127.0.0.0/8"), ("Portal:Proxies:1", "198.51.100.7"),
            ("Portal:ForwardLimit", $"{limit}"));
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var status = HttpStatusCode.Unused;
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, behind.At("/consent/landing"));
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}, 198.51.100.7");
            using var answer = await client.SendAsync(request);
            status = answer.StatusCode;
        }

        status.ShouldBe(last);
    }

    [Theory]
    [InlineData("203.0.113.5", "203.0.113.5")]
    [InlineData("::ffff:203.0.113.5", "203.0.113.5")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:3::1", "2001:db8:1:3::")]
    public void Who_has_a_network_of_addresses_counts_as_one_visitor(string address, string visitor) =>
        RateLimits.Visitor(IPAddress.Parse(address)).ShouldBe(visitor);

    [Fact]
    public async Task A_forwarded_address_of_nobody_we_trust_is_not_believed()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        for (var i = 0; i < 6; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _portal.At("/consent/landing"));
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
            using var answer = await client.SendAsync(request);
            if (i == 5)
                answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        }
    }
}
