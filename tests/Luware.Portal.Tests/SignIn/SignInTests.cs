using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Links;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.SignIn;

public sealed class SignInTests : IAsyncLifetime
{
    private const string Anna = "anna.keller@contoso.com";

    private TestPortal _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await TestPortal.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task A_person_signs_in_and_comes_back_to_where_they_wanted_to_go()
    {
        using var anna = _portal.Visit(Anna);

        var page = await anna.GoAsync(_portal.At("/sign-in?returnUrl=/onboarding"));

        page.Text.ShouldBe("Signed in: anna.keller@contoso.com");
        page.Address.ShouldBe(_portal.At("/onboarding"));
    }

    [Fact]
    public async Task The_first_sign_in_asks_for_the_profile_alone_at_any_organization()
    {
        using var anna = _portal.Visit(Anna);

        await anna.GoAsync(_portal.At("/sign-in"));

        var authorize = anna.Way.First(u => u.AbsolutePath.EndsWith("/authorize", StringComparison.Ordinal));
        var query = QueryHelpers.ParseQuery(authorize.Query);
        authorize.AbsolutePath.ShouldStartWith("/organizations/");
        query["scope"].ToString().ShouldBe("openid profile offline_access User.Read");
        query["code_challenge_method"].ToString().ShouldBe("S256");
        query.ShouldContainKey("nonce");
        query.ShouldNotContainKey("claims");
    }

    [Fact]
    public async Task A_sign_in_becomes_one_row_and_wakes_what_waited_for_it()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;

        var row = _portal.Stores.Sessions.ShouldHaveSingleItem().Value;
        row.SessionId.ShouldBe(access.SessionId);
        (row.TenantId, row.PersonId).ShouldBe((_portal.World.Tenants.Contoso.Id, anna.Person.Id));
        access.HomeAccountId.ShouldBe($"{anna.Person.Id}.{_portal.World.Tenants.Contoso.Id}");
        _portal.Stores.Caches.Keys.ShouldBe([access.SessionId]);
        var actor = _portal.Engine.Resumed.ShouldHaveSingleItem();
        actor.Name.ShouldBe("Anna Keller");
        actor.Roles.ShouldContain(Roles.GlobalAdministrator.TemplateId);
    }

    [Fact]
    public async Task Cookie_and_rows_hold_nothing_in_clear()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;

        var cookies = anna.CookiesAt(_portal.Address).Where(c => c.Name.StartsWith("portal-", StringComparison.Ordinal)).ToList();
        cookies.ShouldAllBe(c => c.HttpOnly && !c.Value.Contains(access.SessionId));
        var rows = string.Concat(_portal.Stores.Sessions.Values.Select(s => Text(s.Ticket)).Concat(_portal.Stores.Caches.Values.Select(Text)));
        rows.ShouldNotContain("anna.keller");
        rows.ShouldNotContain("eyJ");
    }

    [Fact]
    public async Task Who_came_by_a_link_and_accepts_an_invitation_is_no_longer_there_by_the_link()
    {
        var (anna, _) = await _portal.SignInAsync(Anna);
        using var _1 = anna;
        var link = await _portal.Services.GetRequiredService<IColleagueLinks>().HandAsync(_portal.Engine.Resumed.First(), "consent", CancellationToken.None);
        using var lea = _portal.Visit("lea.widmer@contoso.com");
        await lea.GoAsync(_portal.At($"/colleague?link={link.Secret}"));
        _portal.Engine.Resumed.Last().ShouldSatisfyAllConditions(a => a.Name.ShouldBe("Lea Widmer"), a => a.IsByLink.ShouldBeTrue());

        _portal.Invitations.Target = new LinkTarget(Guid.NewGuid(), _portal.World.Tenants.Contoso.Id);
        await lea.GoAsync(_portal.At("/invitation?link=secret"));

        _portal.Engine.Resumed.Last().ShouldSatisfyAllConditions(a => a.Name.ShouldBe("Lea Widmer"), a => a.IsByLink.ShouldBeFalse());
    }

    [Fact]
    public async Task A_token_with_another_nonce_is_refused()
    {
        using var anna = _portal.Visit(Anna);
        anna.Meddler = address => Replace(address, "nonce", "somebody-elses-nonce");

        var page = await anna.GoAsync(_portal.At("/sign-in"));

        page.WithoutAnswer.ShouldBe("/sign-in/refused?reason=SignInFailed");
        _portal.Stores.Sessions.ShouldBeEmpty();
        _portal.Stores.Caches.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_without_its_state_is_refused_as_expired()
    {
        using var anna = _portal.Visit(Anna);
        anna.Meddler = address => address.AbsolutePath == "/sign-in/callback" ? Replace(address, "state", "forged") : address;

        var page = await anna.GoAsync(_portal.At("/sign-in"));

        page.WithoutAnswer.ShouldBe("/sign-in/refused?reason=SignInExpired");
    }

    [Fact]
    public async Task Declining_ends_on_its_page_and_leaves_nothing()
    {
        using var anna = _portal.Visit(Anna);
        anna.Decision = "cancel";

        var page = await anna.GoAsync(_portal.At("/sign-in"));

        page.WithoutAnswer.ShouldBe("/sign-in/refused?reason=Declined");
        _portal.Stores.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Signing_in_again_keeps_the_session_and_refreshes_it()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;

        await anna.GoAsync(_portal.At("/sign-in"));

        _portal.Stores.Sessions.Keys.ShouldBe([access.SessionId]);
        _portal.Engine.Resumed.Select(a => a.Access).ShouldBe([access, access]);
    }

    [Fact]
    public async Task Whoever_is_signed_in_cannot_come_back_as_somebody_else()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;
        anna.Person = _portal.World.Tenants.FindPerson("reto.baumann@contoso.com")!.Value.Person;
        anna.Meddler = address => Replace(address, "login_hint", anna.Person.UserPrincipalName);

        var page = await anna.GoAsync(_portal.At("/sign-in"));

        page.WithoutAnswer.ShouldBe("/sign-in/refused?reason=OtherAccount");
        _portal.Audit.Lines.Last().ShouldBe($"other account {anna.Person.Id}");
        _portal.Stores.Sessions.Keys.ShouldBe([access.SessionId]);
        (await anna.GoAsync(_portal.At("/onboarding"))).Text.ShouldBe("Signed in: anna.keller@contoso.com");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("onboarding")]
    public async Task A_return_address_outside_the_portal_is_not_followed(string wanted)
    {
        using var anna = _portal.Visit(Anna);

        var page = await anna.GoAsync(_portal.At($"/sign-in?returnUrl={Uri.EscapeDataString(wanted)}"));

        page.Address.ShouldBe(_portal.At("/onboarding"));
    }

    [Theory]
    [InlineData("/onboarding")]
    [InlineData("/sign-in/more")]
    [InlineData("/consent/go/1")]
    [InlineData("/downloads/undo/grants.ps1")]
    public async Task Without_a_sign_in_every_closed_address_leads_to_the_welcome(string path)
    {
        using var anna = _portal.Visit(Anna);

        using var answer = await anna.Client.GetAsync(_portal.At(path));

        answer.Headers.Location.ShouldBe(_portal.At($"/?returnUrl={Uri.EscapeDataString(path)}"));
    }

    [Fact]
    public async Task While_entras_metadata_cannot_be_read_every_way_to_sign_in_says_so()
    {
        var tenant = _portal.World.Tenants.Contoso.Id;
        var anna = new Actor(new TenantAccess(tenant, Guid.NewGuid(), "account", "session"), "Anna Keller", Anna, []);
        var link = await _portal.Services.GetRequiredService<IColleagueLinks>().HandAsync(anna, "consent", CancellationToken.None);
        _portal.Invitations.Target = new LinkTarget(Guid.NewGuid(), tenant);
        using var lea = _portal.Visit("lea.widmer@contoso.com");
        await _portal.World.DisposeAsync();

        foreach (var way in (string[])["/sign-in", $"/colleague?link={link.Secret}", "/invitation?link=secret"])
            (await lea.GoAsync(_portal.At(way))).Address.ShouldBe(_portal.At("/sign-in/refused?reason=Busy"), way);
        _portal.Log.Text.ShouldContain("Entra's metadata cannot be read");
    }

    [Fact]
    public async Task Where_entra_refuses_the_portals_secret_the_log_says_that_nobody_can_sign_in()
    {
        await using var portal = await TestPortal.StartWithAsync(("Entra:ClientSecret", "of last year"));
        using var anna = portal.Visit(Anna);

        var page = await anna.GoAsync(portal.At("/sign-in"));

        page.WithoutAnswer.ShouldBe("/sign-in/refused?reason=Misconfigured");
        portal.Log.Text.ShouldContain("Nobody can sign in: Entra refuses the portal itself (AADSTS7000215).");
    }

    [Fact]
    public async Task An_address_that_refuses_the_portals_secret_calls_nobody()
    {
        using var anna = _portal.Visit(Anna);
        anna.Meddler = address => address.AbsolutePath != "/sign-in/callback" ? address : new Uri(QueryHelpers.AddQueryString(
            _portal.At("/sign-in/callback").ToString(),
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["state"] = QueryHelpers.ParseQuery(address.Query)["state"].ToString(),
                ["error"] = "invalid_client",
                ["error_description"] = "AADSTS7000215: Invalid client secret provided.",
            }));

        var page = await anna.GoAsync(_portal.At("/sign-in"));

        page.WithoutAnswer.ShouldBe("/sign-in/refused?reason=Misconfigured");
        _portal.Log.Text.ShouldNotContain("Nobody can sign in");
    }

    private static string Text(byte[] bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    private static Uri Replace(Uri address, string key, string value)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        if (!query.ContainsKey(key))
            return address;
        query[key] = value;
        return new Uri(QueryHelpers.AddQueryString(address.GetLeftPart(UriPartial.Path), query));
    }
}
