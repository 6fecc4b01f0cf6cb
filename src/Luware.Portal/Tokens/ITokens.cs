using Luware.Onboarding.Gateways;

namespace Luware.Portal.Tokens;

/// <summary>Access tokens of a signed-in person, for exactly the requested tenant and person.</summary>
internal interface ITokens
{
    /// <param name="fresh">Ask Entra even if a cached token is valid: for the full lifetime and for the currently active roles.</param>
    /// <exception cref="GatewayException">No such token is available; the exception's type says what would help.</exception>
    Task<EntraToken> GetAsync(TenantAccess access, TokenPurpose purpose, bool fresh, CancellationToken cancellationToken);

    /// <summary>Returns a new token in place of one that a service rejected, for the same purpose.</summary>
    /// <param name="claims">What the service requires to be proven; null if it did not say.</param>
    /// <exception cref="GatewayException">The exception of <see cref="WantAsync"/> if Entra requires interaction.</exception>
    Task<EntraToken> ReplaceAsync(TenantAccess access, TokenPurpose purpose, string? claims, CancellationToken cancellationToken);

    /// <summary>Handles the case that only a sign-in helps: records what the next one has to prove.</summary>
    /// <returns>The exception to throw: the given one, or a refusal if the last sign-in has proven it already, so that nobody is sent in a circle.</returns>
    Task<GatewayException> WantAsync(TenantAccess access, TokenPurpose purpose, SignInRequiredException wanted, CancellationToken cancellationToken);

    /// <summary>Asks Entra for a new id token with the person's current roles.</summary>
    /// <exception cref="GatewayException">They are not available at the moment.</exception>
    Task<EntraRoles> ReadRolesAsync(TenantAccess access, CancellationToken cancellationToken);
}

/// <param name="Directory">Active directory roles, by template id.</param>
/// <param name="App">App roles of the portal's registration.</param>
internal sealed record EntraRoles(IReadOnlyList<Guid> Directory, IReadOnlyList<string> App)
{
    public static readonly EntraRoles None = new([], []);
}

internal enum TokenPurpose
{
    /// <summary>The permission of the sign-in itself: User.Read.</summary>
    Profile,

    /// <summary>Reading the tenant through Microsoft Graph.</summary>
    Directory,

    /// <summary>Creating groups and adding members, if the portal is to do that.</summary>
    Groups,

    /// <summary>The Skype and Teams Tenant Admin API.</summary>
    Teams,

    /// <summary>Azure Resource Manager.</summary>
    Azure,

    /// <summary>Blobs of Azure Storage.</summary>
    Blobs,
}

/// <param name="Scopes">The permissions in the token, which can be more than were requested.</param>
internal sealed record EntraToken(string Value, IReadOnlyList<string> Scopes)
{
    public override string ToString() => "EntraToken (hidden)";
}
