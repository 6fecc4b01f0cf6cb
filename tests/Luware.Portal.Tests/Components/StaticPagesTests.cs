using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Luware.Portal.Components;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.Components;

/// <summary>The public pages over HTTP: without circuit, engine or sign-in.</summary>
public sealed partial class StaticPagesTests : IAsyncLifetime
{
    private static readonly string[] Outcomes = ["checking", "Unread", "unknown", "used", "expired", "other-tenant"];

    /// <summary>Possible results of a sign-in or a consent.</summary>
    private static readonly IEnumerable<string> Errors = ErrorCatalogue.Names.Where(n => n is not ("NotKnownYet" or "WritesForbidden" or "CmdletNotOffered"));

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
        builder.Services.AddPortalPages().AddSingleton<Staff>().AddSingleton(TimeProvider.System)
            .Configure<SupportSettings>(s => s.Status = "https://status.luware.example");
        builder.Services.AddSingleton<EntraAddresses>().Configure<PortalSettings>(s => s.PublicAddress = "https://portal.luware.example");
        builder.Services.Configure<EntraSettings>(s =>
            (s.Instance, s.ClientId) = ("https://login.microsoftonline.com", "1b0f6d9a-0c01-4c1b-8e57-3f1c2a7e94d0"));
        builder.Services.Configure<ArticleSettings>(s => (s.Preconditions, s.PreconditionsVersion) = ("https://help.luware.example/preconditions", "2026-09"));
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
    [InlineData("/signed-out?admin_consent=True&tenant=t")]
    [InlineData("/signed-out?error=access_denied&error_subcode=cancel&admin_consent=True")]
    [InlineData("/how-recording-works")]
    [InlineData("/error")]
    [InlineData("/not-found")]
    [InlineData("/colleague/refused")]
    [InlineData("/colleague/refused?as=other-tenant")]
    [InlineData("/sign-in/refused?reason=declined")]
    [InlineData("/consent/returned?as=checking&app=1")]
    public async Task A_page_for_everybody_opens_no_circuit(string path)
    {
        var page = await _browser.GetStringAsync(path);

        page.ShouldMatch("<title>.+ Luware Portal</title>");
        page.ShouldContain("<h1");
        page.ShouldContain("<main");
        page.ShouldNotContain("blazor.web");
    }

    [Theory]
    [InlineData("AdminConsent", true)]
    [InlineData("AdminAsked", true)]
    [InlineData("ConditionalAccess", false)]
    public async Task Where_people_may_not_consent_an_administrator_can_allow_the_sign_in_and_no_more(string reason, bool offers)
    {
        var page = WebUtility.HtmlDecode(await _browser.GetStringAsync($"/sign-in/refused?reason={reason}"));

        const string consent = "https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id=1b0f6d9a-0c01-4c1b-8e57-3f1c2a7e94d0"
            + "&scope=https%3A%2F%2Fgraph.microsoft.com%2FUser.Read&redirect_uri=https%3A%2F%2Fportal.luware.example%2Fsigned-out";
        page.Contains(consent, StringComparison.Ordinal).ShouldBe(offers);
    }

    [Fact]
    public async Task How_recording_works_leads_to_the_articles_that_are_set_and_says_their_version()
    {
        var page = await _browser.GetStringAsync("/how-recording-works");

        page.ShouldContain("href=\"https://help.luware.example/preconditions\"");
        page.ShouldContain("version 2026-09");
        page.ShouldContain("role=\"img\" aria-labelledby=\"picture-title picture-text\"");
        page.ShouldNotContain("Microsoft’s introduction", customMessage: "what is not set is not shown");
    }

    [Fact]
    public async Task How_recording_works_is_whole_without_any_article()
    {
        var articles = _app.Services.GetRequiredService<IOptions<ArticleSettings>>().Value;
        (articles.Introduction, articles.Preconditions) = (null, null);

        var page = await _browser.GetStringAsync("/how-recording-works");

        page.ShouldNotContain("class=\"points\"", customMessage: "no empty list");
        page.ShouldContain("To the start");
        page.ShouldNotContain("your plan", Case.Insensitive, "neither a first visitor nor a specialist has one");
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
        (await HeadingsAsync(Errors.Select(ErrorCatalogue.BeforeSignIn).Distinct().Select(r => $"/sign-in/refused?reason={r}"))).ShouldBeUnique();
        string[] returns = [.. Outcomes.Select(o => $"/consent/returned?as={o}"), .. Errors.Select(r => $"/consent/returned?as=error&why={r}")];
        (await HeadingsAsync(returns)).ShouldBeUnique();
    }

    [Theory]
    [InlineData("en", "/sign-in/refused?reason=ConditionalAccess", "Send this to them")]
    [InlineData("de", "/sign-in/refused?reason=SecondFactor", "Senden Sie dies an die Person")]
    [InlineData("en", "/consent/returned?as=error&why=ServiceNotEnabled", "Send this to them")]
    [InlineData("de", "/consent/returned?as=error&why=Refused", "Senden Sie dies an die Person")]
    public async Task An_error_says_what_to_do_whom_to_ask_and_what_Microsoft_said(string language, string path, string letter)
    {
        var answer = new RemoteAnswer("Microsoft Entra", "AADSTS53003", "access_denied", "AADSTS53003: Blocked.", "5c0a8e1e-9f63-4a57-8e0f-1d0f5b6a77c2");
        using var request = new HttpRequestMessage(HttpMethod.Get, path + _app.Services.GetRequiredService<CarriedAnswers>().Parameter(answer));
        request.Headers.AcceptLanguage.ParseAdd(language);

        var page = WebUtility.HtmlDecode(await (await _browser.SendAsync(request)).Content.ReadAsStringAsync());

        page.ShouldContain(letter);
        page.ShouldContain("AADSTS53003: Blocked.");
        page.ShouldContain("correlation id 5c0a8e1e-9f63-4a57-8e0f-1d0f5b6a77c2");
        page.Split("https://status.luware.example").Length.ShouldBe(2, "the foot says whom to turn to, and once is enough");
        var say = _app.Services.GetRequiredService<Say>();
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);
        var entry = new GeneralRefusal(path[(path.LastIndexOf('=') + 1)..], "Microsoft Entra");
        foreach (var sentence in new[] { entry.Title, entry.What, entry.WhoCanFix, entry.WhenAgain, entry.Letter })
            page.ShouldContain(say[sentence]);
    }

    [Fact]
    public async Task An_answer_that_the_portal_has_not_carried_itself_is_not_shown()
    {
        var page = await _browser.GetStringAsync("/sign-in/refused?reason=Declined&answer=call-this-number");

        page.ShouldNotContain("class=\"raw\"");
        page.ShouldNotContain(">call-this-number");
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
        foreach (var outcome in Outcomes.Append("error"))
            (await _browser.GetStringAsync($"/consent/returned?as={outcome}")).ShouldNotContain("tone-ok");
        (await _browser.GetStringAsync("/signed-out?admin_consent=True&tenant=t")).ShouldNotContain("tone-ok");
    }

    [Theory]
    [InlineData("error=access_denied&error_subcode=cancel&admin_consent=True", "Engine.SignInDeclined.Title")]
    [InlineData("error=access_denied&error_description=AADSTS65004%3A+Declined.&admin_consent=True&tenant=t", "Engine.SignInDeclined.Title")]
    [InlineData("error=unauthorized_client&error_description=AADSTS90094%3A+Ask.", "Engine.AdminConsent.Title")]
    [InlineData("admin_consent=False", "Engine.Refused.Title")]
    public async Task A_sign_in_that_an_administrator_did_not_allow_is_not_called_allowed(string answer, string title)
    {
        var page = WebUtility.HtmlDecode(await _browser.GetStringAsync($"/signed-out?{answer}"));

        page.ShouldNotContain("tone-ok");
        Heading(page).ShouldBe(_app.Services.GetRequiredService<Say>()[new Sentence(title, "Microsoft Entra")]);
        page.ShouldContain("href=\"sign-in?returnUrl=/onboarding\"");
        page.ShouldNotContain("class=\"raw\"", customMessage: "anybody can write this address");
    }

    [Theory]
    [InlineData("Busy", "Engine.SignInBusy.Title")]
    [InlineData("Declined", "Engine.SignInDeclined.Title")]
    public async Task Whoever_is_not_signed_in_is_told_of_nothing_that_goes_on_or_tries_again_by_itself(string reason, string title)
    {
        var page = WebUtility.HtmlDecode(await _browser.GetStringAsync($"/sign-in/refused?reason={reason}"));

        Heading(page).ShouldBe(_app.Services.GetRequiredService<Say>()[new Sentence(title, "Microsoft Entra")]);
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
