using Luware.Onboarding.Gateways;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.SignIn;

public sealed class SignOutTests : IAsyncLifetime
{
    private const string Anna = "anna.keller@contoso.com";

    private TestPortal _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await TestPortal.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task It_ends_session_tokens_and_the_sign_in_at_entra()
    {
        var (anna, access) = await _portal.SignInAsync(Anna, more: true);
        using var _ = anna;
        var stolen = anna.CookiesAt(_portal.Address).Single(c => c.Name == "portal-session").Value;

        var left = await SignOutAsync(anna);
        var page = await anna.GoAsync(left.Location!);

        left.Location!.AbsolutePath.ShouldBe($"/{access.TenantId}/oauth2/v2.0/logout");
        page.Address.ShouldBe(_portal.At("/signed-out"));
        _portal.Stores.Sessions.ShouldBeEmpty();
        _portal.Stores.Caches.ShouldBeEmpty();
        _portal.Audit.Lines.ShouldBe([$"in {Anna}", $"in {Anna}", $"out {Anna}"]);
        (await OpenWithAsync(stolen)).ShouldBe(_portal.At("/?returnUrl=%2Fonboarding"));
        await Should.ThrowAsync<SignInRequiredException>(() => _portal.Services.GetRequiredService<ITokens>()
            .GetAsync(access, TokenPurpose.Directory, fresh: false, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Of_a_session_that_has_ended_it_leads_to_where_everybody_signs_out_to()
    {
        var (anna, _) = await _portal.SignInAsync(Anna);
        using var __ = anna;
        var form = await anna.GoAsync(_portal.At("/form"));
        _portal.Stores.Sessions.Clear();

        var left = await anna.PostAsync(_portal.At("/sign-out"), ("__RequestVerificationToken", form.Text));

        left.Location.ShouldBe(_portal.At("/signed-out"));
    }

    [Fact]
    public async Task An_open_page_signs_out_whatever_roles_its_person_was_given_since()
    {
        var (anna, access) = await _portal.SignInAsync(Anna);
        using var _ = anna;
        var form = await anna.GoAsync(_portal.At("/form"));
        _portal.World.Tenants.Contoso.SetRoles(anna.Person.Id, Roles.GlobalReader);
        await anna.GoAsync(_portal.At("/sign-in"));

        var left = await anna.PostAsync(_portal.At("/sign-out"), ("__RequestVerificationToken", form.Text));

        _portal.Engine.Resumed.Last().Roles.ShouldContain(Roles.GlobalReader.TemplateId, "other claims than the form was made for");
        left.Location?.AbsolutePath.ShouldBe($"/{access.TenantId}/oauth2/v2.0/logout");
        _portal.Stores.Sessions.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_foreign_page_cannot_sign_anybody_out()
    {
        var (anna, _) = await _portal.SignInAsync(Anna);
        using var __ = anna;

        var answer = await anna.PostAsync(_portal.At("/sign-out"), ("__RequestVerificationToken", "forged"));

        answer.Status.ShouldBe(400);
        _portal.Stores.Sessions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Afterwards_another_person_can_sign_in()
    {
        var (anna, _) = await _portal.SignInAsync(Anna);
        using var __ = anna;
        var left = await SignOutAsync(anna);
        await anna.GoAsync(left.Location!);
        anna.Person = _portal.World.Tenants.FindPerson("reto.baumann@contoso.com")!.Value.Person;

        var page = await anna.GoAsync(_portal.At("/sign-in"));

        page.Text.ShouldBe("Signed in: reto.baumann@contoso.com");
    }

    private async Task<VisitedPage> SignOutAsync(Visitor visitor)
    {
        var form = await visitor.GoAsync(_portal.At("/form"));
        return await visitor.PostAsync(_portal.At("/sign-out"), ("__RequestVerificationToken", form.Text));
    }

    private async Task<Uri?> OpenWithAsync(string cookie)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, _portal.At("/onboarding"));
        request.Headers.Add("Cookie", $"portal-session={cookie}");
        using var answer = await client.SendAsync(request);
        return answer.Headers.Location;
    }
}
