using Luware.Onboarding.Engine;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Microsoft.IdentityModel.Validators;

namespace Luware.Portal.SignIn;

/// <summary>Configures the framework's OpenID Connect handler for Entra's many tenants.</summary>
internal sealed class EntraSetup(
    IOptions<EntraSettings> entra, IOptions<PortalSettings> portal, EntraAddresses addresses, IHttpClientFactory clients, TimeProvider time)
    : IConfigureNamedOptions<OpenIdConnectOptions>
{
    public void Configure(string? name, OpenIdConnectOptions options)
    {
        if (name == OpenIdConnectDefaults.AuthenticationScheme)
            Configure(options);
    }

    public void Configure(OpenIdConnectOptions options)
    {
        options.MetadataAddress = addresses.Metadata;
        options.Backchannel = clients.CreateClient(BackChannels.Entra);
        options.ClientId = entra.Value.ClientId;
        options.CallbackPath = SignInPaths.Callback;
        options.EventsType = typeof(SignInEvents);
        options.TimeProvider = time;
        SetFlow(options);
        SetValidation(options.TokenValidationParameters);
        // Each is followed by a value of its own, and found by how it begins: neither name may begin with the other.
        options.CorrelationCookie.KeepToHost("sign-in-", portal.Value);
        options.NonceCookie.KeepToHost("nonce-", portal.Value);
    }

    private static void SetFlow(OpenIdConnectOptions options)
    {
        options.ResponseType = OpenIdConnectResponseType.Code;
        // The answer arrives as a plain navigation, so the cookies of the flow can be SameSite=Lax.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.PushedAuthorizationBehavior = PushedAuthorizationBehavior.Disable;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.DisableTelemetry = true;
        options.Scope.Clear();
        foreach (var scope in (string[])["openid", "profile", "offline_access", EntraScopes.SignIn])
            options.Scope.Add(scope);
    }

    private static void SetValidation(TokenValidationParameters parameters)
    {
        parameters.NameClaimType = Actor.NameClaim;
        parameters.RoleClaimType = Actor.RoleClaim;
        parameters.ValidAlgorithms = [SecurityAlgorithms.RsaSha256];
        parameters.IssuerValidatorUsingConfiguration = ValidateIssuer;
        parameters.EnableAadSigningKeyIssuerValidation();
    }

    /// <summary>Validates the issuer. The multi-tenant endpoint's issuer is a template, to be filled with the token's own tenant.</summary>
    /// <remarks>The library's own validator would load the metadata again, blocking, into a process-wide cache.</remarks>
    private static string ValidateIssuer(string issuer, SecurityToken token, TokenValidationParameters parameters, BaseConfiguration configuration)
    {
        var tenant = token is JsonWebToken jwt && jwt.TryGetPayloadValue<string>(Actor.TenantClaim, out var tid) && Guid.TryParse(tid, out var id)
            ? id : Guid.Empty;
        var expected = configuration.Issuer?.Replace("{tenantid}", tenant.ToString(), StringComparison.Ordinal);
        return tenant != Guid.Empty && string.Equals(issuer, expected, StringComparison.Ordinal)
            ? issuer
            : throw new SecurityTokenInvalidIssuerException($"The issuer is not that of tenant {tenant}.") { InvalidIssuer = issuer };
    }
}
