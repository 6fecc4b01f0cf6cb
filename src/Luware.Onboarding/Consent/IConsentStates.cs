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
    /// Uses the state up, records that in the tenant's audit, and makes a waiting run check again, all in one transaction. It proves nothing; it is recorded
    /// so that the step knows since when Microsoft is processing the consent.
    /// </summary>
    /// <param name="actor">
    /// Null if the browser is not signed in, because the redirect may open in another one. Only people of the tenant itself are named.
    /// </param>
    Task<ConsentReturn> RedeemAsync(ConsentRedirect redirect, Actor? actor, CancellationToken cancellationToken);
}

/// <summary>What Entra's admin consent page sent back. It proves nothing and only decides what the page says.</summary>
/// <param name="Tenant">Compared, never trusted; an error redirect names none.</param>
/// <param name="Answer">Entra's error; null if Entra reports success.</param>
public sealed record ConsentRedirect(string? State, string? Tenant, RemoteAnswer? Answer);

public enum ConsentReturnKind
{
    /// <summary>Valid, and Entra reports success.</summary>
    Accepted,

    /// <summary>Valid, and Entra reports that no consent was given.</summary>
    Refused,
    Unknown,
    Used,
    Expired,
    OtherTenant,
}

/// <param name="EntraTenantId">Set for a state that was issued here, whatever its result.</param>
/// <param name="Application">The application of the tenant's region, with the tenant's own application id if it has one; null if it no longer exists.</param>
public sealed record ConsentReturn(ConsentReturnKind Kind, Guid? EntraTenantId, ConsentApplication? Application)
{
    /// <summary>The outcome of an accepted consent: it proves nothing before it was read back.</summary>
    public const string Accepted = "checking";

    /// <summary>True if a run is active that reads by itself whether the consent has arrived.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>The result as written in the audit and in the address of the landing page.</summary>
    public string Outcome => Kind switch
    {
        ConsentReturnKind.Accepted => Accepted,
        ConsentReturnKind.Refused => "error",
        ConsentReturnKind.Used => "used",
        ConsentReturnKind.Expired => "expired",
        ConsentReturnKind.OtherTenant => "other-tenant",
        _ => "unknown",
    };
}
