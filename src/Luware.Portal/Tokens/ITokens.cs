using Luware.Onboarding.Gateways;

namespace Luware.Portal.Tokens;

/// <summary>Access tokens of a signed-in person, for exactly the tenant and person asked for.</summary>
internal interface ITokens
{
    /// <param name="fresh">Ask Entra even if a token is at hand: for full lifetime and for the roles that are active now.</param>
    /// <exception cref="GatewayException">No such token now; the type says what would help.</exception>
    Task<EntraToken> GetAsync(TenantAccess access, TokenPurpose purpose, bool fresh, CancellationToken cancellationToken);

    /// <summary>A token instead of one that a service turned away, for the same purpose.</summary>
    /// <param name="claims">What the service wants to have proven; null where it did not say.</param>
    /// <exception cref="GatewayException">As <see cref="WantAsync"/> says where Entra wants the person for it.</exception>
    Task<EntraToken> ReplaceAsync(TenantAccess access, TokenPurpose purpose, string? claims, CancellationToken cancellationToken);

    /// <summary>Nothing but a sign-in helps: notes for the next one what it has to prove.</summary>
    /// <returns>What the caller throws: the same, or a refusal where the last sign-in has proven it already, so that nobody is sent in a circle.</returns>
    Task<GatewayException> WantAsync(TenantAccess access, TokenPurpose purpose, SignInRequiredException wanted, CancellationToken cancellationToken);

    /// <summary>Asks Entra for a new id token: the roles that the person holds now.</summary>
    /// <exception cref="GatewayException">They cannot be had now.</exception>
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
    /// <summary>What sign-in itself asked for: User.Read.</summary>
    Profile,

    /// <summary>Reading the tenant through Microsoft Graph.</summary>
    Directory,

    /// <summary>Making groups and adding people to them, where the portal is to do that.</summary>
    Groups,

    /// <summary>The Skype and Teams Tenant Admin API.</summary>
    Teams,

    /// <summary>Azure Resource Manager.</summary>
    Azure,

    /// <summary>Blobs of Azure Storage.</summary>
    Blobs,
}

/// <param name="Scopes">The permissions that the token carries, which can be more than were asked for.</param>
internal sealed record EntraToken(string Value, IReadOnlyList<string> Scopes)
{
    public override string ToString() => "EntraToken (hidden)";
}
