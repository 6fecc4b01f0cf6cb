using Luware.Portal.Sandbox.World;
using Microsoft.Identity.Client;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Luware.Portal.Tests.Sandbox;

public sealed class SignInTests : SandboxTest
{
    [Fact]
    public async Task A_person_signs_in_with_the_real_msal_and_gets_tenant_person_and_roles()
    {
        using var anna = Administrator();

        var result = await anna.SignInAsync("User.Read");

        result.TenantId.ShouldBe(anna.Tenant.Id.ToString());
        result.Account.HomeAccountId.Identifier.ShouldBe($"{anna.Person.Id}.{anna.Tenant.Id}");
        result.Account.Username.ShouldBe("anna.keller@contoso.com");
        var token = new JsonWebToken(result.IdToken);
        token.GetClaim("nonce").Value.ShouldBe("the-nonce");
        token.GetClaim("oid").Value.ShouldBe(anna.Person.Id.ToString());
        token.Claims.Where(c => c.Type == "wids").Select(c => c.Value).ShouldContain(Roles.GlobalAdministrator.TemplateId.ToString());
    }

    [Fact]
    public async Task Several_resources_are_named_at_once_and_the_second_comes_silently()
    {
        using var anna = Administrator();

        var graph = await anna.SignInAsync(["User.Read", "Application.Read.All", MsalPerson.TeamsScope], ["Application.Read.All"]);
        var teams = await anna.SilentAsync(graph.Account, force: false, MsalPerson.TeamsScope);

        new JsonWebToken(graph.AccessToken).GetClaim("scp").Value.ShouldBe("Application.Read.All User.Read");
        var token = new JsonWebToken(teams.AccessToken);
        token.Audiences.ShouldBe(["48ac35b8-9aa8-4d74-927d-1f4a14a0b239"]);
        token.GetClaim("scp").Value.ShouldBe("user_impersonation");
        token.GetClaim("tid").Value.ShouldBe(anna.Tenant.Id.ToString());
    }

    [Fact]
    public async Task A_scope_that_nobody_consented_to_is_refused()
    {
        using var anna = Administrator();
        var signIn = await anna.SignInAsync("User.Read");

        var refusal = await Should.ThrowAsync<MsalUiRequiredException>(() => anna.SilentAsync(signIn.Account, force: true, "Application.Read.All"));

        refusal.ErrorCode.ShouldBe("invalid_grant");
        refusal.Message.ShouldStartWith("AADSTS65001");
        refusal.Classification.ShouldBe(UiRequiredExceptionClassification.ConsentRequired);
    }

    [Fact]
    public async Task Scopes_of_two_resources_do_not_fit_into_one_token()
    {
        using var anna = Administrator();

        var refusal = await Should.ThrowAsync<MsalServiceException>(() => anna.SignInAsync("User.Read", MsalPerson.TeamsScope));

        refusal.Message.ShouldStartWith("AADSTS28000");
    }

    [Fact]
    public async Task A_revoked_sign_in_is_refused_and_a_new_one_works()
    {
        using var anna = Administrator();
        var before = await anna.SignInAsync("User.Read");
        World.Faults.RevokeSignIns(anna.Person.Id);

        var refusal = await Should.ThrowAsync<MsalUiRequiredException>(() => anna.SilentAsync(before.Account, force: true, "User.Read"));
        var after = await anna.SignInAsync("User.Read");

        refusal.Message.ShouldStartWith("AADSTS50173");
        (await anna.SilentAsync(after.Account, force: true, "User.Read")).AccessToken.ShouldNotBe(before.AccessToken);
    }

    [Fact]
    public async Task An_account_cannot_get_tokens_of_another_tenant()
    {
        using var anna = Administrator();
        var signIn = await anna.SignInAsync("User.Read");

        var refusal = await Should.ThrowAsync<MsalServiceException>(() => anna.Application
            .AcquireTokenSilent(["User.Read"], signIn.Account).WithTenantId(Tenants.Fabrikam.Id.ToString()).ExecuteAsync());

        refusal.Message.ShouldStartWith("AADSTS50020");
    }

    [Fact]
    public async Task A_code_works_once_and_only_with_its_verifier()
    {
        using var anna = Administrator();
        var back = await anna.Browser.SignInAsync(anna.AuthorizeAddress(["User.Read"], "verifier-0123456789-0123456789-0123456789-01"), anna.Person);

        var wrong = await Should.ThrowAsync<MsalUiRequiredException>(() => anna.Application
            .AcquireTokenByAuthorizationCode(["User.Read"], back["code"]).WithPkceCodeVerifier("another").ExecuteAsync());
        var again = await Should.ThrowAsync<MsalUiRequiredException>(() => anna.Application
            .AcquireTokenByAuthorizationCode(["User.Read"], back["code"]).WithPkceCodeVerifier("verifier-0123456789-0123456789-0123456789-01").ExecuteAsync());

        wrong.Message.ShouldStartWith("AADSTS501481");
        again.Message.ShouldStartWith("AADSTS54005");
    }

    [Fact]
    public async Task Consent_is_asked_once_and_remembered()
    {
        using var anna = Administrator();
        await anna.SignInAsync("User.Read");

        var again = await anna.Browser.OpenAsync(anna.AuthorizeAddress(["User.Read"], "verifier"));
        var more = await anna.Browser.OpenAsync(anna.AuthorizeAddress(["User.Read", "Application.Read.All"], "verifier"));

        again["code"].ShouldNotBeNull();
        more.Text.ShouldContain("Application.Read.All");
        more.Text.ShouldNotContain("<code>User.Read</code>");
    }

    [Fact]
    public async Task Declining_comes_back_with_65004_and_the_state()
    {
        using var anna = Administrator();
        var picker = await anna.Browser.OpenAsync(anna.AuthorizeAddress(["User.Read"], "verifier"));
        var consent = await anna.Browser.PressAsync(picker, "person", anna.Person.Id.ToString());

        var back = await anna.Browser.PressAsync(consent, "decision", "cancel");

        back["error"].ShouldBe("access_denied");
        back["error_description"]!.ShouldStartWith("AADSTS65004");
        back["state"].ShouldBe("the-state");
    }

    [Fact]
    public async Task A_person_without_a_role_is_told_that_an_administrator_must_consent()
    {
        using var lea = Person(Tenants.Contoso, "Lea Widmer");

        var page = await lea.Browser.SignInAsync(lea.AuthorizeAddress(["Application.Read.All"], "verifier"), lea.Person);
        var back = await lea.Browser.PressAsync(page, "decision", "return");

        page.Text.ShouldContain("Need admin approval");
        back["error_description"]!.ShouldStartWith("AADSTS90094");
    }

    [Theory]
    [InlineData("&redirect_uri=https%3A%2F%2Felsewhere.example", "AADSTS50011")]
    [InlineData("&client_id=3e9d0a54-0000-4000-8000-000000000000", "AADSTS700016")]
    public async Task A_wrong_application_or_redirect_address_is_a_page_and_never_a_redirect(string wrong, string code)
    {
        using var anna = Administrator();
        var name = wrong[1..wrong.IndexOf('=', StringComparison.Ordinal)];
        var right = anna.AuthorizeAddress(["User.Read"], "verifier").AbsoluteUri;
        var address = System.Text.RegularExpressions.Regex.Replace(
            right, $"&?{name}=[^&]*", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) + wrong;

        var page = await anna.Browser.OpenAsync(new Uri(address));

        page.Status.ShouldBe(400);
        page.Text.ShouldContain(code);
    }

    [Fact]
    public async Task Signing_out_forgets_the_person()
    {
        using var anna = Administrator();
        await anna.SignInAsync("User.Read");

        await anna.Browser.OpenAsync(new Uri(World.Address, "/organizations/oauth2/v2.0/logout"));
        var page = await anna.Browser.OpenAsync(anna.AuthorizeAddress(["User.Read"], "verifier"));

        page.Text.ShouldContain("pick a person");
    }

    private MsalPerson Administrator() => Person(Tenants.Contoso, "Anna Keller");
}
