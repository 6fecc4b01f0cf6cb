using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Colleagues;

/// <summary>Links to a handed step over HTTP: the whole portal with a world, people at browsers without script.</summary>
public sealed class ColleagueLinkEndpointTests(ColleagueLinkEndpointTests.OpenPortal open) : IClassFixture<ColleagueLinkEndpointTests.OpenPortal>
{
    private const string Anna = "anna.keller@contoso.com";
    private const string Lea = "lea.widmer@contoso.com";
    private const string Claudia = "claudia.frei@contoso.com";

    [Fact]
    public async Task A_colleague_signs_in_at_the_tenants_own_authority_and_gets_to_the_step()
    {
        using var lea = open.Visit(Lea);

        var page = await lea.GoAsync(await open.HandAsync("storage"));

        page.Address.ShouldBe(open.At("/onboarding/storage"));
        var authorize = lea.Way.First(u => u.AbsolutePath.EndsWith("/authorize", StringComparison.Ordinal));
        authorize.AbsolutePath.ShouldStartWith($"/{open.Contoso.Id}/");
        QueryHelpers.ParseQuery(authorize.Query)["scope"].ToString().ShouldBe("openid profile offline_access User.Read");
    }

    [Fact]
    public async Task A_link_that_was_used_lets_its_person_in_again_and_nobody_else()
    {
        var link = await open.HandAsync("storage");
        using var lea = open.Visit(Lea);
        using var again = open.Visit(Lea);
        using var claudia = open.Visit(Claudia);
        await lea.GoAsync(link);

        (await again.GoAsync(link)).Address.ShouldBe(open.At("/onboarding/storage"));
        (await claudia.GoAsync(link)).Address.ShouldBe(open.At("/colleague/refused"));
        (await claudia.GoAsync(open.At("/onboarding"))).Address.ShouldNotBe(open.At("/onboarding"), "a refused link signs nobody in");
    }

    [Fact]
    public async Task Somebody_of_another_tenant_learns_nothing_and_uses_nothing_up()
    {
        var link = await open.HandAsync("storage");
        using var katrin = open.Visit("katrin.vogel@fabrikam.de");
        using var lea = open.Visit(Lea);
        await katrin.GoAsync(open.At("/sign-in"));

        var page = await katrin.GoAsync(link);

        page.Address.ShouldBe(open.At("/colleague/refused?as=other-tenant"));
        page.Text.ShouldNotContain("Contoso");
        page.Text.ShouldContain("action=\"sign-out\"", Case.Sensitive, "what they are told to do begins with signing out");
        page.Text.ShouldNotContain("torage");
        katrin.Way.ShouldAllBe(u => !u.OriginalString.Contains(open.Contoso.Id.ToString()));
        (await lea.GoAsync(link)).Address.ShouldBe(open.At("/onboarding/storage"));
    }

    [Fact]
    public async Task Who_belongs_to_another_tenant_is_stopped_at_the_tenants_own_authority()
    {
        var link = await open.HandAsync("storage");
        using var katrin = open.Visit("katrin.vogel@fabrikam.de");
        using var lea = open.Visit(Lea);

        var page = await katrin.GoAsync(link);

        page.Address.AbsolutePath.ShouldEndWith("/authorize", Case.Sensitive, "Entra says so on its own page");
        page.Text.ShouldContain("AADSTS50020");
        (await lea.GoAsync(link)).Address.ShouldBe(open.At("/onboarding/storage"));
    }

    [Fact]
    public async Task A_link_that_opens_nothing_says_whom_to_ask_and_sends_nobody_to_sign_in()
    {
        using var lea = open.Visit(Lea);
        var revoked = await open.HandAsync("storage");
        await open.RevokeAsync("storage");

        foreach (var link in new[]
        {
            revoked, open.At("/colleague?link=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
            open.At("/colleague?link=1"), open.At($"/colleague?link={new string('a', 500)}"),
        })
        {
            var page = await lea.GoAsync(link);
            page.Address.ShouldBe(open.At("/colleague/refused"));
            page.Text.ShouldContain("The colleague who sent you the link");
        }

        lea.Way.ShouldAllBe(u => u.Port == open.At("/").Port);
    }

    [Fact]
    public async Task A_link_that_is_taken_back_during_the_sign_in_lets_nobody_in()
    {
        var link = await open.HandAsync("storage");
        using var lea = open.Visit(Lea);
        lea.Meddler = address =>
        {
            if (address.AbsolutePath == "/sign-in/callback")
                open.RevokeAsync("storage").GetAwaiter().GetResult();
            return address;
        };

        (await lea.GoAsync(link)).Address.ShouldBe(open.At("/colleague/refused"));
    }

    [Fact]
    public async Task From_whom_the_consent_was_taken_back_Microsofts_page_opens_no_more()
    {
        using var lea = open.Visit(Lea);
        await lea.GoAsync(await open.HandAsync("consent"));
        // To Microsoft's page for the recording application, not to the one for her own sign-in.
        lea.Decision = "deny";
        (await lea.GoAsync(open.At("/consent/go/1"))).Status.ShouldBe(200);
        lea.Way.ShouldContain(u => u.AbsolutePath.EndsWith("/adminconsent", StringComparison.Ordinal));
        lea.Way.Clear();

        await open.RevokeAsync("consent");

        (await lea.GoAsync(open.At("/consent/go/1"))).Status.ShouldBe(404);
        lea.Way.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_secret_stays_out_of_caches_and_referrers()
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        using var answer = await client.GetAsync(await open.HandAsync("storage"));

        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
    }

    /// <summary>Signs in Anna Keller of Contoso, who hands steps on.</summary>
    public sealed class OpenPortal : IAsyncLifetime
    {
        private SandboxWorld _world = null!;
        private RunningPortal _portal = null!;
        private Actor _anna = null!;

        public SandboxTenant Contoso => _world.Tenants.Contoso;

        public async ValueTask InitializeAsync()
        {
            _world = await SandboxWorld.StartAsync(new SandboxOptions());
            _portal = await RunningPortal.StartAsync(
                _world, [new("Teams:WarmWorkers", "0"), new("Logging:LogLevel:Default", "Error"), new("RateLimits:AnonymousPerMinute", "1000")]);
            using var anna = Visit(Anna);
            await anna.GoAsync(At("/sign-in"));
            await anna.GoAsync(At("/sign-in/more"));
            _anna = await _portal.ActorAsync(anna.Person);
        }

        public async ValueTask DisposeAsync()
        {
            await _portal.DisposeAsync();
            await _world.DisposeAsync();
        }

        internal Visitor Visit(string userPrincipalName) => new(_world.Tenants.FindPerson(userPrincipalName)!.Value.Person);

        public Uri At(string path) => new(_portal.Address, path);

        public async Task<Uri> HandAsync(string step) =>
            At($"/colleague?link={(await _portal.Services.GetRequiredService<IColleagueLinks>().HandAsync(_anna, step, default)).Secret}");

        public Task RevokeAsync(string step) => _portal.Services.GetRequiredService<IColleagueLinks>().RevokeAsync(_anna, step, default);
    }
}
