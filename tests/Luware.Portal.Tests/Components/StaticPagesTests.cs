using System.Net;
using System.Text.RegularExpressions;
using Luware.Portal.Components;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Luware.Portal.Tests.Components;

/// <summary>The pages that everybody may see, over HTTP: no circuit, no engine, no sign-in behind them.</summary>
public sealed partial class StaticPagesTests : IAsyncLifetime
{
    private static readonly string[] Reasons = ["declined", "other-account", "admin-needed", "conditional-access", "not-assigned", "expired", "link", "link-other-tenant", "unknown"];
    private static readonly string[] Outcomes = ["checking", "declined", "unknown", "used", "expired", "other-tenant", "error"];

    private readonly HttpClient _browser = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(PortalApp).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddPortalPages().AddSingleton(TimeProvider.System);
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        _app = builder.Build();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.UseAntiforgery();
        _app.MapPortalPages();
        await _app.StartAsync();
        _browser.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/signed-out")]
    [InlineData("/error")]
    [InlineData("/not-found")]
    [InlineData("/sign-in/refused?reason=declined")]
    [InlineData("/consent/returned?as=checking&app=1")]
    public async Task A_page_for_everybody_opens_no_circuit(string path)
    {
        var page = await _browser.GetStringAsync(path);

        page.ShouldContain("<h1");
        page.ShouldContain("<main");
        page.ShouldNotContain("blazor.web");
    }

    [Theory]
    [InlineData("/onboarding")]
    [InlineData("/onboarding/grants")]
    [InlineData("/before")]
    public async Task Everything_else_wants_a_sign_in(string path)
    {
        using var answer = await _browser.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Every_reason_and_every_outcome_has_words_of_its_own()
    {
        (await HeadingsAsync(Reasons.Select(r => $"/sign-in/refused?reason={r}"))).ShouldBeUnique();
        (await HeadingsAsync(Outcomes.Select(o => $"/consent/returned?as={o}"))).ShouldBeUnique();
    }

    [Fact]
    public async Task What_nobody_sent_is_answered_as_unknown_and_not_repeated()
    {
        var hostile = Uri.EscapeDataString("<script>alert(1)</script>");

        var page = await _browser.GetStringAsync($"/sign-in/refused?reason={hostile}");

        page.ShouldNotContain("alert(1)", Case.Sensitive);
        Heading(page).ShouldBe(Heading(await _browser.GetStringAsync("/sign-in/refused?reason=unknown")));
    }

    [Fact]
    public async Task Coming_back_from_consent_never_shows_a_tick()
    {
        foreach (var outcome in Outcomes)
            (await _browser.GetStringAsync($"/consent/returned?as={outcome}")).ShouldNotContain("tone-ok");
    }

    [Theory]
    [InlineData("de-CH,de;q=0.9", null, "de")]
    [InlineData("fr-FR", null, "en")]
    [InlineData("de", "c=en|uic=en", "en")]
    public async Task The_language_is_the_persons_choice_or_the_browsers(string accepts, string? cookie, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.AcceptLanguage.ParseAdd(accepts);
        if (cookie is not null)
            request.Headers.Add("Cookie", $".AspNetCore.Culture={Uri.EscapeDataString(cookie)}");

        using var answer = await _browser.SendAsync(request);

        (await answer.Content.ReadAsStringAsync()).ShouldContain($"<html lang=\"{language}\"");
    }

    [Theory]
    [InlineData("/language/de?returnUrl=/before", "/before", true)]
    [InlineData("/language/de?returnUrl=//evil.example", "/", true)]
    [InlineData("/language/de?returnUrl=/%5Cevil.example", "/", true)]
    [InlineData("/language/de?returnUrl=https://evil.example", "/", true)]
    [InlineData("/language/de", "/", true)]
    [InlineData("/language/xx?returnUrl=/before", "/before", false)]
    public async Task Switching_the_language_leads_back_and_nowhere_else(string path, string back, bool remembers)
    {
        using var answer = await _browser.GetAsync(path);

        answer.Headers.Location!.OriginalString.ShouldBe(back);
        answer.Headers.Contains("Set-Cookie").ShouldBe(remembers);
    }

    private async Task<List<string>> HeadingsAsync(IEnumerable<string> paths)
    {
        var headings = new List<string>();
        foreach (var path in paths)
            headings.Add(Heading(await _browser.GetStringAsync(path)));
        return headings;
    }

    private static string Heading(string page) => H1().Match(page).Groups[1].Value;

    [GeneratedRegex("<h1[^>]*>([^<]+)</h1>")]
    private static partial Regex H1();
}
