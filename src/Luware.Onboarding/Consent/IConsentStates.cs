using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Consent;

/// <summary>The consent redirect's state values: random, single-use, expiring, stored as hashes, bound to a tenant and an application.</summary>
public interface IConsentStates
{
    /// <returns>The state value for the link; only its hash is stored.</returns>
    Task<string> IssueAsync(Guid entraTenantId, Guid applicationId, Guid issuedBy, CancellationToken cancellationToken);

    /// <summary>
    /// Uses the state up, says so in the tenant's audit, and has a waiting run look again: all of it, or none. It proves nothing, and is written
    /// down so that the step knows since when Microsoft is at work.
    /// </summary>
    /// <param name="actor">Null where the browser is not signed in: the redirect may open in another one. Only one of the tenant's own people is named.</param>
    Task<ConsentReturn> RedeemAsync(ConsentRedirect redirect, Actor? actor, CancellationToken cancellationToken);
}

/// <summary>What Entra's admin consent page sent back. Nothing of it proves anything: it is only what a page may say.</summary>
/// <param name="Tenant">Compared, never trusted; an error redirect names none.</param>
/// <param name="Answer">What Entra says went wrong; null where it speaks of success.</param>
public sealed record ConsentRedirect(string? State, string? Tenant, RemoteAnswer? Answer);

public enum ConsentReturnKind
{
    /// <summary>Good, and Entra speaks of success.</summary>
    Accepted,

    /// <summary>Good, and Entra says that nothing was consented to.</summary>
    Refused,
    Unknown,
    Used,
    Expired,
    OtherTenant,
}

/// <param name="EntraTenantId">Set for a state that was issued here, whatever became of it.</param>
/// <param name="Application">Of the tenant's region, with an id of the tenant's own where it has one; null where there is none any more.</param>
public sealed record ConsentReturn(ConsentReturnKind Kind, Guid? EntraTenantId, ConsentApplication? Application)
{
    /// <summary>The word for it in the audit and in the address of the page that says so.</summary>
    public string Outcome => Kind switch
    {
        ConsentReturnKind.Accepted => "checking",
        ConsentReturnKind.Refused => "error",
        ConsentReturnKind.Used => "used",
        ConsentReturnKind.Expired => "expired",
        ConsentReturnKind.OtherTenant => "other-tenant",
        _ => "unknown",
    };
}
