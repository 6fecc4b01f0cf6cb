using System.Text.Json;
using System.Text.Json.Serialization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Links;
using Luware.Portal.Tokens;
using Microsoft.AspNetCore.Authentication;

namespace Luware.Portal.SignIn;

/// <summary>The purpose of a sign-in. It travels to Entra and back inside the handler's encrypted state.</summary>
/// <param name="More">Whether to ask for the permissions of the route as well.</param>
/// <param name="Route">What the route needs, if more is asked for.</param>
/// <param name="Expected">The person who must come back; null for anybody.</param>
/// <param name="LoginHint">The account that Entra should offer.</param>
internal sealed record SignInRequest(bool More, DelegatedRoute Route, SignInIdentity? Expected, string? LoginHint)
{
    private const string Key = "sign-in";

    /// <summary>The link to a handed step with which the sign-in began; its secret was valid then. Null for any other sign-in.</summary>
    public LinkTarget? HandedStep { get; init; }

    /// <summary>The invitation with which the sign-in began; its secret was valid then. Null for any other sign-in.</summary>
    public LinkTarget? Invitation { get; init; }

    /// <summary>The proof that Microsoft requires; null if any sign-in is enough.</summary>
    [JsonIgnore]
    public Proof? Proof { get; init; }

    /// <summary>The tenant at whose own authority the person signs in; null for the authority of all organizations.</summary>
    [JsonIgnore]
    public Guid? TenantId => (HandedStep ?? Invitation)?.EntraTenantId ?? Expected?.TenantId;

    /// <summary>A signed-in person must come back as the same person; to become another one, they sign out first.</summary>
    public static SignInRequest For(Actor? actor, bool more, DelegatedRoute? route = null) =>
        new(more, route ?? DelegatedRoute.ReadingOnly, actor is null ? null : new SignInIdentity(actor.Access.TenantId, actor.Access.PersonId),
            actor?.UserPrincipalName);

    public AuthenticationProperties ToProperties(string returnAddress)
    {
        var properties = new AuthenticationProperties { RedirectUri = returnAddress };
        properties.SetString(Key, JsonSerializer.Serialize(this, JsonSerializerOptions.Strict));
        properties.Want(Proof);
        return properties;
    }

    /// <exception cref="AuthenticationFailureException">
    /// Another version of the portal began the sign-in. It has expired then: what it had to prove, or for whom it was, is unknown.
    /// </exception>
    public static SignInRequest From(AuthenticationProperties? properties)
    {
        try
        {
            var request = JsonSerializer.Deserialize<SignInRequest>(properties?.GetString(Key) ?? "", JsonSerializerOptions.Strict)!;
            return request with { Proof = properties.WantedProof() };
        }
        catch (JsonException e)
        {
            // "state" makes it an expired sign-in, see SignInRefusal.
            throw new AuthenticationFailureException("The state holds no sign-in of this version of the portal.", e);
        }
    }
}

/// <summary>A person of a tenant, by object id; used to compare two sign-ins.</summary>
internal sealed record SignInIdentity(Guid TenantId, Guid PersonId);
