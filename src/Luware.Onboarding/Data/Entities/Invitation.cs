namespace Luware.Onboarding.Data.Entities;

/// <summary>
/// An invitation to a customer: first a link that is good once, then the admission of whoever accepted it. Of those that nobody has
/// accepted a tenant has one at most; who made, accepted and revoked which is in the journal.
/// </summary>
public sealed class Invitation : TenantEntity
{
    /// <summary>Of the secret in the link; the secret itself is nowhere.</summary>
    public required byte[] Hash { get; init; }

    public required Guid CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until then the link can be accepted; an acceptance does not expire.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Object id, in the invited tenant.</summary>
    public Guid? AcceptedBy { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public void Accept(Guid person, DateTimeOffset now) => (AcceptedBy, AcceptedAt) = (person, now);
}
