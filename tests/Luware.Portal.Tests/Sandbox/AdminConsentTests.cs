using System.Text.Json;
using Luware.Portal.Sandbox.World;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Portal.Tests.Sandbox;

public sealed class AdminConsentTests : SandboxTest
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override TimeProvider Clock => _clock;

    [Fact]
    public async Task What_is_accepted_on_the_page_shows_in_Graph()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var token = await GraphTokenAsync(anna, "Directory.Read.All");
        var path = $"/servicePrincipals?$filter=appId eq '{Applications.Switzerland1}'";
        (await GraphAsync(token, path)).Body.GetProperty("value").GetArrayLength().ShouldBe(0);

        var back = await anna.Browser.SignInAsync(ConsentAddress(Tenants.Contoso, Applications.Switzerland1), anna.Person);

        back["admin_consent"].ShouldBe("True");
        back["tenant"].ShouldBe(Tenants.Contoso.Id.ToString());
        back["state"].ShouldBe("s-1");
        var principal = (await GraphAsync(token, path)).Body.GetProperty("value")[0].GetProperty("id").GetString();
        var roles = (await GraphAsync(token, $"/servicePrincipals/{principal}/appRoleAssignments")).Body.GetProperty("value");
        roles.EnumerateArray().Select(r => r.GetProperty("appRoleId").GetGuid()).ShouldBe(Apis.OfRecorders.Select(r => r.Id), ignoreOrder: true);
        var grants = (await GraphAsync(token, $"/oauth2PermissionGrants?$filter=clientId eq '{principal}' and consentType eq 'AllPrincipals'"))
            .Body.GetProperty("value");
        grants[0].GetProperty("scope").GetString()!.Trim().ShouldBe("User.Read");
    }

    [Fact]
    public async Task Consenting_again_duplicates_nothing()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");

        await anna.Browser.SignInAsync(ConsentAddress(Tenants.Contoso, Applications.Switzerland1), anna.Person);
        await anna.Browser.SignInAsync(ConsentAddress(Tenants.Contoso, Applications.Switzerland1), anna.Person);

        Tenants.Contoso.ServicePrincipals.Count(p => p.ApplicationId == Applications.Switzerland1).ShouldBe(1);
        Tenants.Contoso.FindServicePrincipal(Applications.Switzerland1)!.AppRoles.Count.ShouldBe(8);
    }

    [Fact]
    public async Task Cancel_comes_back_as_65004_without_a_tenant()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var picker = await anna.Browser.OpenAsync(ConsentAddress(Tenants.Contoso, Applications.Switzerland1));
        var page = await anna.Browser.PressAsync(picker, "person", anna.Person.Id.ToString());

        var back = await anna.Browser.PressAsync(page, "decision", "cancel");

        back["error"].ShouldBe("access_denied");
        back["error_description"]!.ShouldStartWith("AADSTS65004");
        back["tenant"].ShouldBeNull();
        Tenants.Contoso.FindServicePrincipal(Applications.Switzerland1).ShouldBeNull();
    }

    [Theory]
    [InlineData("Reto Baumann")]
    [InlineData("Marco Bernasconi")]
    public async Task Without_an_active_role_that_may_consent_nothing_is_granted(string name)
    {
        using var person = Person(Tenants.Contoso, name);

        var page = await person.Browser.SignInAsync(ConsentAddress(Tenants.Contoso, Applications.Switzerland1), person.Person);
        var back = await person.Browser.PressAsync(page, "decision", "return");

        back["error_description"]!.ShouldStartWith("AADSTS90094");
        Tenants.Contoso.FindServicePrincipal(Applications.Switzerland1).ShouldBeNull();
    }

    [Fact]
    public async Task A_person_of_another_tenant_comes_back_as_50020()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var picker = await anna.Browser.OpenAsync(ConsentAddress(Tenants.Fabrikam, Applications.Germany1));

        var back = await anna.Browser.PressAsync(picker, "person", anna.Person.Id.ToString());

        back["error_description"]!.ShouldStartWith("AADSTS50020");
    }

    [Fact]
    public async Task The_redirect_address_must_be_registered()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var address = ConsentAddress(Tenants.Contoso, Applications.Switzerland1).AbsoluteUri.Replace("landing", "elsewhere", StringComparison.Ordinal);

        var page = await anna.Browser.OpenAsync(new Uri(address));

        page.Status.ShouldBe(400);
        page.Text.ShouldContain("AADSTS50011");
    }

    [Fact]
    public async Task Consent_for_an_organisation_is_not_asked_for_at_common()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        var address = ConsentAddress(Tenants.Contoso, Applications.Switzerland1).AbsoluteUri
            .Replace(Tenants.Contoso.Id.ToString(), "common", StringComparison.Ordinal);

        var page = await anna.Browser.OpenAsync(new Uri(address));

        page.Status.ShouldBe(400);
        page.Text.ShouldContain("AADSTS900144");
    }

    [Fact]
    public async Task A_new_consent_spreads_first_the_principal_then_its_permissions()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        (World.Faults.ConsentDelay, World.Faults.AccessTokenLifetime) = (TimeSpan.FromHours(1), TimeSpan.FromHours(3));
        var token = await GraphTokenAsync(anna, "Directory.Read.All");

        await anna.Browser.SignInAsync(ConsentAddress(Tenants.Contoso, Applications.Switzerland1), anna.Person);

        _clock.Advance(TimeSpan.FromMinutes(29));
        (await ReadAsync($"?$filter=appId eq '{Applications.Switzerland1}'")).GetArrayLength().ShouldBe(0);
        _clock.Advance(TimeSpan.FromMinutes(11));
        var principal = (await ReadAsync($"?$filter=appId eq '{Applications.Switzerland1}'"))[0].GetProperty("id").GetString();
        (await ReadAsync($"/{principal}/appRoleAssignments")).GetArrayLength().ShouldBe(0);
        _clock.Advance(TimeSpan.FromMinutes(21));
        (await ReadAsync($"/{principal}/appRoleAssignments")).GetArrayLength().ShouldBe(Apis.OfRecorders.Count);

        async Task<JsonElement> ReadAsync(string what) => (await GraphAsync(token, $"/servicePrincipals{what}")).Body.GetProperty("value");
    }

    [Fact]
    public async Task A_denied_consent_is_an_error_redirect()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        World.Faults.ConsentDenied = true;

        var back = await anna.Browser.SignInAsync(ConsentAddress(Tenants.Contoso, Applications.Switzerland1), anna.Person);

        back["error_description"]!.ShouldStartWith("AADSTS90093");
        back["admin_consent"].ShouldBe("True");
    }

    private Uri ConsentAddress(SandboxTenant tenant, Guid application) => new(
        World.Address,
        $"/{tenant.Id}/adminconsent?client_id={application}&state=s-1"
        + $"&redirect_uri={Uri.EscapeDataString(new Uri(MsalPerson.PortalAddress, "/consent/landing").AbsoluteUri)}");
}
