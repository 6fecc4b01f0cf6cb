using Luware.Portal.Tests.Doubles;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.Operations;

/// <summary>The portal as it stands in production: https before it, ended by a proxy that it knows.</summary>
public sealed class HttpsTests : IAsyncLifetime
{
    private const string Host = "portal.contoso.com";

    private TestPortal _portal = null!;

    public async ValueTask InitializeAsync() =>
        _portal = await TestPortal.StartWithAsync(("Portal:PublicAddress", $"https://{Host}"), ("Portal:Proxies:0", "127.0.0.0/8"));

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task A_browser_that_came_by_https_comes_by_nothing_else_for_a_year()
    {
        using var byHttps = await GetAsync("/");
        using var byHttp = await GetAsync("/", scheme: "http");

        byHttps.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000"]);
        byHttp.Headers.Contains("Strict-Transport-Security").ShouldBeFalse("it would not be believed there");
        byHttps.Headers.GetValues("Content-Security-Policy").Single().ShouldContain($"connect-src 'self' wss://{Host};");
    }

    [Fact]
    public async Task Cookies_are_for_this_host_over_https_and_for_no_script()
    {
        var session = _portal.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(CookieAuthenticationDefaults.AuthenticationScheme).Cookie;
        var form = _portal.Services.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie;
        using var answer = await GetAsync("/sign-in");

        foreach (var cookie in (CookieBuilder[])[session, form])
            (cookie.SecurePolicy, cookie.HttpOnly, cookie.SameSite, cookie.Domain, cookie.Path)
                .ShouldBe((CookieSecurePolicy.Always, true, SameSiteMode.Lax, null, "/"));
        (session.Name, form.Name).ShouldBe(("__Host-session", "__Host-form"));
        var flow = answer.Headers.GetValues("Set-Cookie").ToList();
        flow.Select(cookie => cookie[..cookie.IndexOf('-', "__Host-".Length)]).ShouldBe(["__Host-nonce", "__Host-sign"], ignoreOrder: true);
        flow.ShouldAllBe(cookie => cookie.Contains("; path=/; secure; samesite=lax; httponly") && !cookie.Contains("domain="));
    }

    [Theory]
    [InlineData("Host", "elsewhere.example")]
    [InlineData("X-Forwarded-Host", "elsewhere.example")]
    public async Task No_header_moves_the_addresses_that_the_portal_writes(string header, string value)
    {
        using var answer = await GetAsync("/sign-in", (header, value));

        QueryHelpers.ParseQuery(answer.Headers.Location!.Query)["redirect_uri"].ToString().ShouldBe($"https://{Host}/sign-in/callback");
    }

    private async Task<HttpResponseMessage> GetAsync(string path, (string Name, string Value)? header = null, string scheme = "https")
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, _portal.At(path));
        request.Headers.Host = Host;
        request.Headers.Add("X-Forwarded-Proto", scheme);
        if (header is { Name: "Host" } host)
            request.Headers.Host = host.Value;
        else if (header is { } other)
            request.Headers.Add(other.Name, other.Value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
