using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Data.Entities;

/// <summary>
/// A step that was handed to a colleague: first a link that is good once, then the colleague's admission to that step. A step has one at
/// most; who made, accepted and revoked which is in the journal.
/// </summary>
public sealed class ColleagueLink : TenantEntity
{
    public required string Step { get; init; }

    /// <summary>Of the secret in the link; the secret itself is nowhere.</summary>
    public required byte[] Hash { get; init; }

    public required Guid SentBy { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Until then the link can be accepted; once it was, until then the colleague is admitted.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    public Guid? AcceptedBy { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    /// <summary>Account and session of the colleague with whose rights a run carries out the step; null until they have approved it.</summary>
    public string? HomeAccountId { get; private set; }

    public string? SessionId { get; private set; }

    public void Accept(Guid person, DateTimeOffset now) => (AcceptedBy, AcceptedAt) = (person, now);

    /// <summary>From now on the step is carried out with the colleague's rights.</summary>
    public void Carry(TenantAccess access) => (HomeAccountId, SessionId) = (access.HomeAccountId, access.SessionId);
}
