using Luware.Onboarding.Gateways;

namespace Luware.Portal.Tokens;

/// <summary>Access tokens of a signed-in person, for exactly the tenant and person asked for.</summary>
internal interface ITokens
{
    /// <param name="fresh">Ask Entra even if a token is at hand: for full lifetime and for the roles that are active now.</param>
    /// <exception cref="GatewayException">No such token now; the type says what would help.</exception>
    Task<EntraToken> GetAsync(TenantAccess access, TokenPurpose purpose, bool fresh, CancellationToken cancellationToken);

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
