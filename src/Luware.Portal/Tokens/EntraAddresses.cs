using Luware.Portal.Settings;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tokens;

/// <summary>Entra's addresses for one tenant, or for all organizations if the tenant is not known yet.</summary>
internal sealed class EntraAddresses(IOptions<EntraSettings> settings)
{
    public const string AnyOrganization = "organizations";

    private string Browser => settings.Value.Instance!.TrimEnd('/');

    private string BackChannel => (settings.Value.TokenInstance ?? settings.Value.Instance)!.TrimEnd('/');

    public string BrowserOrigin => new Uri(Browser).GetLeftPart(UriPartial.Authority);

    public string Metadata => $"{BackChannel}/{AnyOrganization}/v2.0/.well-known/openid-configuration";

    /// <param name="domain">Already validated as a domain.</param>
    public string MetadataOf(string domain) => $"{BackChannel}/{domain}/v2.0/.well-known/openid-configuration";

    public Uri TokenAuthority(string tenant) => new($"{BackChannel}/{tenant}");

    public string Authorize(string tenant) => $"{Browser}/{tenant}/oauth2/v2.0/authorize";

    public string Logout(Guid tenant, Uri returnTo) =>
        QueryHelpers.AddQueryString($"{Browser}/{tenant}/oauth2/v2.0/logout", "post_logout_redirect_uri", returnTo.ToString());

    /// <summary>The address where an administrator allows sign-in for everybody of the organisation: the scope of the sign-in and no other.</summary>
    public string SignInConsent(Uri returnTo) =>
        QueryHelpers.AddQueryString($"{Browser}/{AnyOrganization}/v2.0/adminconsent", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = settings.Value.ClientId,
            ["scope"] = "https://graph.microsoft.com/User.Read",
            ["redirect_uri"] = returnTo.ToString(),
        });

    /// <param name="state">Null if the redirect does not come back to the portal.</param>
    public string AdminConsent(Guid tenant, Guid application, string? state, Uri returnTo) =>
        QueryHelpers.AddQueryString($"{Browser}/{tenant}/adminconsent", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = application.ToString(),
            ["state"] = state,
            ["redirect_uri"] = returnTo.ToString(),
        });
}
