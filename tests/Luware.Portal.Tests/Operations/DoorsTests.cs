using System.Net;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Sandbox;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Operations;

/// <summary>What of the whole portal answers without a sign-in. A new door fails here until somebody has thought about it.</summary>
public sealed class DoorsTests : IAsyncLifetime
{
    /// <summary>Each looks something up or begins a sign-in: these are limited.</summary>
    private static readonly string[] Limited =
        ["/sign-in", "/consent/landing", "/colleague", "/invitation"];

    /// <summary>Static pages and a cookie for the language: no look at the database, no circuit.</summary>
    private static readonly string[] Free =
    [
        "/", "/how-recording-works", "/signed-out", "/not-found", "/not-yours", "/too-many-pages", "/error", "/error/{Code:int}", "/language/{code}",
        "/sign-in/refused", "/consent/returned", "/colleague/refused", "/invitation/refused",
    ];

    /// <summary>Asked by the platform all the time; a name of what is not well is all that they say.</summary>
    private static readonly string[] Probes = ["/health/live", "/health/ready"];

    private SandboxWorld _world = null!;
    private RunningPortal _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await SandboxWorld.StartAsync(new SandboxOptions());
        _portal = await RunningPortal.StartAsync(
            _world, new KeyValuePair<string, string?>[] { new("Teams:WarmWorkers", "0"), new("RateLimits:AnonymousPerMinute", "3") });
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public void Without_a_sign_in_nothing_answers_but_what_is_listed_here()
    {
        var open = _portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null && !IsFile(e))
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'))
            .Where(path => !path.StartsWith("/sandbox/", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);

        open.ShouldBe([.. Limited, .. Free, .. Probes], ignoreOrder: true);
    }

    [Fact]
    public void A_file_is_not_cut_off_however_long_its_reader_takes()
    {
        string[] files =
        [
            "/tenants/export", "/downloads/audit.jsonl", "/downloads/tenants/{id:guid}/audit.jsonl",
            "/downloads/handover.{extension}", "/downloads/tenants/{id:guid}/handover.{extension}",
        ];

        _portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<DisableRequestTimeoutAttribute>() is not null)
            .Select(e => e.RoutePattern.RawText!)
            .Intersect(files, StringComparer.Ordinal).ShouldBe(files, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_door_that_looks_something_up_is_limited_and_so_is_the_way_back_from_Entra()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        for (var i = 0; i < 3; i++)
            await StatusAsync("/colleague?link=guess");

        foreach (var door in (string[])[.. Limited, "/sign-in/callback?code=guess&state=guess"])
            (await StatusAsync(door)).ShouldBe(HttpStatusCode.TooManyRequests, door);
        foreach (var page in Free[..4])
            (await StatusAsync(page)).ShouldNotBe(HttpStatusCode.TooManyRequests, page);

        async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var answer = await client.GetAsync(new Uri(_portal.Address, path));
            return answer.StatusCode;
        }
    }

    [Fact]
    public void Whatever_is_posted_asks_for_the_antiforgery_token()
    {
        var posts = _portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true
                && e.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation != true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'));

        // Sign-out asks for the token itself; the other is the sandbox's own.
        posts.ShouldBe(["/sign-out", "/sandbox/ready/{tenantId:guid}"], ignoreOrder: true);
    }

    private static bool IsFile(RouteEndpoint endpoint) => endpoint.Metadata.Any(m => m.GetType().Name.Contains("StaticAsset", StringComparison.Ordinal));
}
