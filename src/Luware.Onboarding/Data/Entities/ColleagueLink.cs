using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Data.Entities;

/// <summary>
/// A step that was handed to a colleague: first a link that is valid once, then the colleague's admission to that step. A step has at most one; the journal
/// records who created, accepted and revoked each.
/// </summary>
public sealed class ColleagueLink : TenantEntity
{
    public required string Step { get; init; }

    /// <summary>Hash of the secret in the link; the secret itself is not stored.</summary>
    public required byte[] Hash { get; init; }

    public required Guid SentBy { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When the link expires; once it was accepted, when the colleague's admission ends.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    public Guid? AcceptedBy { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    /// <summary>The colleague's account and session, with whose rights a run carries out the step; null until they have approved it.</summary>
    public string? HomeAccountId { get; private set; }

    public string? SessionId { get; private set; }

    public void Accept(Guid person, DateTimeOffset now) => (AcceptedBy, AcceptedAt) = (person, now);

    /// <summary>Makes runs carry out the step with the colleague's rights from now on.</summary>
    public void Carry(TenantAccess access) => (HomeAccountId, SessionId) = (access.HomeAccountId, access.SessionId);
}
