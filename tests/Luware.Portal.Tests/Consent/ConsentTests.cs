using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Consent;

public sealed class ConsentTests : IAsyncLifetime
{
    private const string Katrin = "katrin.vogel@fabrikam.de";

    private TestPortal _portal = null!;

    private SandboxTenant Fabrikam => _portal.World.Tenants.Fabrikam;

    public async ValueTask InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _portal.Engine.View = Views.Of(FakeRegions.Germany, Fabrikam.Id);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_first_consent_leads_on_to_the_second_and_then_to_the_plan()
    {
        var (katrin, _) = await _portal.SignInAsync(Katrin);
        using var __ = katrin;

        var page = await katrin.GoAsync(_portal.At("/consent/go/1"));

        page.Address.ShouldBe(_portal.At("/onboarding?back=consent"));
        katrin.Way.Count(u => u.AbsolutePath == "/consent/landing").ShouldBe(2);
        _portal.ConsentStates.Returned.ShouldBe([$"checking 1  {Katrin}", $"checking 2  {Katrin}"]);
        Fabrikam.FindServicePrincipal(Applications.Germany1).ShouldNotBeNull();
        Fabrikam.FindServicePrincipal(Applications.Germany2).ShouldNotBeNull();
    }

    [Fact]
    public async Task Whoever_goes_step_by_step_comes_back_to_the_step()
    {
        _portal.Engine.View = Views.Of(FakeRegions.Germany, Fabrikam.Id) with { Run = Views.RunOver("security-groups") };
        var (katrin, _) = await _portal.SignInAsync(Katrin);
        using var __ = katrin;

        var page = await katrin.GoAsync(_portal.At("/consent/go/2"));

        page.Address.ShouldBe(_portal.At("/onboarding/consent?back=consent"));
    }

    [Fact]
    public async Task An_application_that_is_consented_already_is_passed_over()
    {
        _portal.Engine.View = Views.Of(FakeRegions.Germany, Fabrikam.Id, consented: 2);
        var (katrin, _) = await _portal.SignInAsync(Katrin);
        using var __ = katrin;

        var page = await katrin.GoAsync(_portal.At("/consent/go/1"));

        page.Address.ShouldBe(_portal.At("/onboarding?back=consent"));
    }

    [Fact]
    public async Task Declining_is_said_and_nothing_is_opened_further()
    {
        var (katrin, _) = await _portal.SignInAsync(Katrin);
        using var __ = katrin;
        katrin.Decision = "cancel";

        var page = await katrin.GoAsync(_portal.At("/consent/go/1"));

        page.WithoutAnswer.ShouldBe("/consent/returned?as=error&app=1&why=Declined");
        Fabrikam.FindServicePrincipal(Applications.Germany1).ShouldBeNull();
    }

    [Fact]
    public async Task A_state_works_once()
    {
        var (katrin, _) = await _portal.SignInAsync(Katrin);
        using var __ = katrin;
        await katrin.GoAsync(_portal.At("/consent/go/2"));
        var landing = katrin.Way.Single(u => u.AbsolutePath == "/consent/landing");

        var again = await katrin.GoAsync(landing);

        again.Address.ShouldBe(_portal.At("/consent/returned?as=used&app=2"));
    }

    [Theory]
    [InlineData("?admin_consent=True&tenant=7b4e9d15-20a8-4f6d-b3c2-8d5a41e70c02&state=never-issued", "unknown")]
    [InlineData("?admin_consent=True&tenant=7b4e9d15-20a8-4f6d-b3c2-8d5a41e70c02", "unknown")]
    [InlineData("?error=access_denied&error_description=AADSTS65004%3A", "unknown")]
    [InlineData("", "unknown")]
    public async Task A_redirect_without_a_state_of_ours_is_told_apart(string query, string outcome)
    {
        using var anybody = _portal.Visit(Katrin);

        var page = await anybody.GoAsync(_portal.At($"/consent/landing{query}"));

        page.Address.ShouldBe(_portal.At($"/consent/returned?as={outcome}"));
    }

    [Fact]
    public async Task A_redirect_for_another_tenant_or_too_late_is_told_apart()
    {
        var states = _portal.ConsentStates;
        using var anybody = _portal.Visit(Katrin);
        var foreign = await states.IssueAsync(Fabrikam.Id, Applications.Germany1, Guid.NewGuid(), CancellationToken.None);
        var late = await states.IssueAsync(Fabrikam.Id, Applications.Germany1, Guid.NewGuid(), CancellationToken.None);

        var other = await anybody.GoAsync(_portal.At($"/consent/landing?admin_consent=True&tenant={_portal.World.Tenants.Contoso.Id}&state={foreign}"));
        states.Expired = true;
        var expired = await anybody.GoAsync(_portal.At($"/consent/landing?admin_consent=True&tenant={Fabrikam.Id}&state={late}"));

        other.Address.ShouldBe(_portal.At("/consent/returned?as=other-tenant&app=1"));
        expired.Address.ShouldBe(_portal.At("/consent/returned?as=expired&app=1"));
    }

    [Theory]
    [InlineData(true, "checking")]
    [InlineData(false, "Unread")]
    public async Task In_another_browser_nobody_is_named_and_checking_is_said_only_where_a_run_waits(bool waits, string shown)
    {
        _portal.ConsentStates.IsAwaited = waits;
        var state = await _portal.ConsentStates.IssueAsync(Fabrikam.Id, Applications.Germany1, Guid.NewGuid(), CancellationToken.None);
        using var colleague = _portal.Visit(Katrin);

        var page = await colleague.GoAsync(_portal.At($"/consent/landing?admin_consent=True&tenant={Fabrikam.Id}&state={state}"));

        page.Address.ShouldBe(_portal.At($"/consent/returned?as={shown}&app=1"));
        _portal.ConsentStates.Returned.ShouldBe(["checking 1  nobody"]);
    }

    [Fact]
    public async Task An_application_with_an_id_of_the_tenants_own_comes_back_like_any_other()
    {
        var own = Applications.Switzerland1;
        var applications = FakeRegions.Germany.Applications.ToList();
        applications[0] = applications[0] with { ApplicationId = own };
        _portal.Engine.View = Views.Of(FakeRegions.Germany with { Applications = applications }, Fabrikam.Id, consented: 2);
        var (katrin, _) = await _portal.SignInAsync(Katrin);
        using var __ = katrin;

        var page = await katrin.GoAsync(_portal.At("/consent/go/1"));

        page.Address.ShouldBe(_portal.At("/onboarding?back=consent"));
        _portal.ConsentStates.Returned.ShouldBe([$"checking 1  {Katrin}"]);
        Fabrikam.FindServicePrincipal(own).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_chat_application_has_a_consent_of_its_own_and_nothing_follows_it()
    {
        var contoso = _portal.World.Tenants.Contoso;
        _portal.Engine.View = Views.Of(FakeRegions.Switzerland, contoso.Id);
        var (anna, _) = await _portal.SignInAsync("anna.keller@contoso.com");
        using var __ = anna;

        var page = await anna.GoAsync(_portal.At("/consent/go/chat"));

        page.Address.ShouldBe(_portal.At("/onboarding?back=chat-capture"));
        _portal.ConsentStates.Returned.ShouldBe(["checking chat  anna.keller@contoso.com"]);
        contoso.FindServicePrincipal(Applications.Chat)!.AppRoles.Select(r => r.RoleId).ShouldBe(Apis.OfChatCapture.Select(r => r.Id), ignoreOrder: true);
        contoso.FindServicePrincipal(Applications.Switzerland1).ShouldBeNull();
    }

    [Fact]
    public async Task A_region_without_chat_capture_has_no_page_for_it()
    {
        var (katrin, _) = await _portal.SignInAsync(Katrin);
        using var __ = katrin;

        (await katrin.GoAsync(_portal.At("/consent/go/chat"))).Location.ShouldBeNull();
        katrin.Way.ShouldNotContain(u => u.AbsolutePath.EndsWith("/adminconsent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_application_that_leads_to_luwares_website_gets_no_state()
    {
        _portal.Engine.View = Views.Of(FakeRegions.Switzerland, _portal.World.Tenants.Contoso.Id);
        var (anna, access) = await _portal.SignInAsync("anna.keller@contoso.com");
        using var _ = anna;

        using var answer = await anna.Client.GetAsync(_portal.At("/consent/go/1"));

        answer.Headers.Location!.AbsolutePath.ShouldBe($"/{access.TenantId}/adminconsent");
        var query = QueryHelpers.ParseQuery(answer.Headers.Location.Query);
        query["client_id"].ToString().ShouldBe(Applications.Switzerland1.ToString());
        query["redirect_uri"].ToString().ShouldBe("https://luware.com/");
        query.ShouldNotContainKey("state");
    }

    [Fact]
    public async Task Somebody_whom_the_engine_does_not_know_is_led_to_the_page_that_says_so()
    {
        _portal.Engine.Refuses = true;
        var (katrin, _) = await _portal.SignInAsync(Katrin);
        using var __ = katrin;

        (await katrin.GoAsync(_portal.At("/consent/go/1"))).Address.ShouldBe(_portal.At("/onboarding"));
    }

    [Theory]
    [InlineData("/consent/go/3")]
    [InlineData("/consent/go/0")]
    [InlineData("/consent/go/x")]
    public async Task A_number_that_the_region_does_not_have_is_not_found(string path)
    {
        var (katrin, _) = await _portal.SignInAsync(Katrin);
        using var __ = katrin;

        (await katrin.GoAsync(_portal.At(path))).Location.ShouldBeNull();
        katrin.Way.ShouldNotContain(u => u.AbsolutePath.EndsWith("/adminconsent", StringComparison.Ordinal));
    }
}
