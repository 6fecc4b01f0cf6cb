using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Gateways;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.SignIn;

public sealed class SecretsTests : IAsyncLifetime
{
    private TestPortal _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await TestPortal.StartAsync();

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task No_line_of_the_log_holds_a_token_a_code_a_state_or_a_secret()
    {
        var (katrin, access) = await _portal.SignInAsync("katrin.vogel@fabrikam.de", more: true);
        using var _ = katrin;
        var tokens = _portal.Services.GetRequiredService<ITokens>();
        var graph = await tokens.GetAsync(access, TokenPurpose.Directory, fresh: true, CancellationToken.None);
        var teams = await tokens.GetAsync(access, TokenPurpose.Teams, fresh: true, CancellationToken.None);
        await _portal.Services.GetRequiredService<IDirectory>().GetOrganizationAsync(access, CancellationToken.None);
        _portal.World.Faults.FailGraph(10, 401, null);
        await Should.ThrowAsync<GatewayException>(() => _portal.Services.GetRequiredService<IDirectory>().GetOrganizationAsync(access, CancellationToken.None));
        _portal.World.Faults.RevokeSignIns(katrin.Person.Id);
        await Should.ThrowAsync<GatewayException>(() => tokens.GetAsync(access, TokenPurpose.Teams, fresh: true, CancellationToken.None));
        _portal.Engine.View = Views.Of(FakeRegions.Germany, access.TenantId);
        await katrin.GoAsync(_portal.At("/consent/go/1"));
        var link = await _portal.Services.GetRequiredService<IColleagueLinks>().HandAsync(_portal.Engine.Resumed.First(), "consent", CancellationToken.None);
        await katrin.GoAsync(_portal.At($"/colleague?link={link.Secret}"));
        await katrin.GoAsync(_portal.At($"/colleague?link={link.Secret}-and-more"));
        await katrin.GoAsync(_portal.At("/consent/landing?state=state-0123456789&error=access_denied&error_description=AADSTS65004%3A+no"));

        string[] secrets =
        [
            graph.Value, teams.Value, Applications.PortalSecret, "state-0123456789", link.Secret!,
            .. katrin.Way.SelectMany(Secrets), .. katrin.CookiesAt(_portal.Address).Select(c => c.Value),
        ];

        var log = _portal.Log.Text;
        log.ShouldContain("Consent came back as");
        secrets.Length.ShouldBeGreaterThan(10);
        secrets.Where(s => log.Contains(s, StringComparison.Ordinal)).ShouldBeEmpty();
        log.ShouldNotContain("eyJ");
    }

    private static IEnumerable<string> Secrets(Uri address)
    {
        var query = QueryHelpers.ParseQuery(address.Query);
        return from key in (string[])["code", "state", "nonce", "code_challenge", "client_info"]
               where query.ContainsKey(key)
               from value in query[key]
               select value;
    }
}
