namespace Luware.Onboarding.Data.Entities;

/// <summary>
/// An invitation of a customer: first a link that is valid once, then the admission of the person who accepted it. A tenant has at most one open invitation;
/// the journal records who created, accepted and revoked each.
/// </summary>
public sealed class Invitation : TenantEntity
{
    /// <summary>Hash of the secret in the link; the secret itself is not stored.</summary>
    public required byte[] Hash { get; init; }

    public required Guid CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the link expires; an acceptance does not expire.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Object id, in the invited tenant.</summary>
    public Guid? AcceptedBy { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public void Accept(Guid person, DateTimeOffset now) => (AcceptedBy, AcceptedAt) = (person, now);
}
