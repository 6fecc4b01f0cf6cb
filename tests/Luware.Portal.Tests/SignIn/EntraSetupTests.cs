using System.Security.Cryptography;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Luware.Portal.Tests.SignIn;

/// <summary>Which id tokens are believed, whoever gives them to the portal.</summary>
public sealed class EntraSetupTests : IAsyncLifetime
{
    private const string Host = "https://login.microsoftonline.com/", AnyTenant = Host + "{tenantid}/v2.0";
    private static readonly string Contoso = $"{Guid.NewGuid()}", Fabrikam = $"{Guid.NewGuid()}";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly SymmetricSecurityKey _shared = new(RandomNumberGenerator.GetBytes(32));
    private TestPortal _portal = null!;

    public async ValueTask InitializeAsync() => _portal = await TestPortal.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        _rsa.Dispose();
    }

    [Fact]
    public async Task A_token_of_its_own_tenants_issuer_is_believed() => (await ValidateAsync(Contoso, Contoso)).Exception.ShouldBeNull();

    [Fact]
    public async Task A_token_that_names_the_issuer_of_another_tenant_or_no_tenant_is_refused()
    {
        (await ValidateAsync(tenant: Contoso, issuer: Fabrikam)).Exception.ShouldBeOfType<SecurityTokenInvalidIssuerException>();
        (await ValidateAsync(tenant: null, issuer: Contoso)).Exception.ShouldBeOfType<SecurityTokenInvalidIssuerException>();
        (await ValidateAsync(tenant: null, issuer: $"{Guid.Empty}")).Exception.ShouldBeOfType<SecurityTokenInvalidIssuerException>();
    }

    [Fact]
    public async Task A_token_that_is_signed_in_another_way_than_entras_is_refused() =>
        (await ValidateAsync(Contoso, Contoso, new SigningCredentials(_shared, SecurityAlgorithms.HmacSha256))).IsValid.ShouldBeFalse();

    [Fact]
    public async Task A_token_that_is_signed_with_the_key_of_another_issuer_is_refused() =>
        (await ValidateAsync(Contoso, Contoso, keyOf: $"{Host}{Fabrikam}/v2.0")).Exception.ShouldBeOfType<SecurityTokenInvalidIssuerException>();

    /// <param name="keyOf">The issuer that Entra's metadata names for the key.</param>
    private async Task<TokenValidationResult> ValidateAsync(string? tenant, string issuer, SigningCredentials? signing = null, string keyOf = AnyTenant)
    {
        var options = _portal.Services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(OpenIdConnectDefaults.AuthenticationScheme);
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_rsa) { KeyId = "of-metadata" });
        key.AdditionalData["issuer"] = keyOf;
        var metadata = new OpenIdConnectConfiguration { Issuer = AnyTenant, JsonWebKeySet = new JsonWebKeySet { Keys = { key } } };
        metadata.SigningKeys.Add(key);
        metadata.SigningKeys.Add(_shared);
        var rules = options.TokenValidationParameters.Clone();
        rules.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(metadata);
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = $"{Host}{issuer}/v2.0", Audience = $"{Applications.PortalClientId}", SigningCredentials = signing ?? new SigningCredentials(key, "RS256"),
            Claims = tenant is null ? null : new Dictionary<string, object>(StringComparer.Ordinal) { ["tid"] = tenant },
        });
        return await new JsonWebTokenHandler().ValidateTokenAsync(token, rules);
    }
}
