namespace Luware.Onboarding.Data.Entities;

/// <summary>A sign-in session. After sign-out an empty row is kept until the session would have expired, so that nothing can revive it.</summary>
public sealed class SessionRow : Entity
{
    /// <summary>The hash of the key in the cookie.</summary>
    public required string SessionId { get; init; }

    public required Guid EntraTenantId { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>The encrypted authentication ticket; empty once the session has ended.</summary>
    public required byte[] Ticket { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }
}
