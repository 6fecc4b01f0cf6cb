namespace Luware.Onboarding.Data.Entities;

/// <summary>
/// A link that was revoked or replaced, under its own id, so that its holder can be distinguished from somebody who guesses. It opens nothing and is
/// deleted after a while.
/// </summary>
public sealed class RevokedLink : TenantEntity
{
    /// <summary>Hash of the secret in the link; the secret itself is not stored.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The step that was handed; empty for an invitation.</summary>
    public string Step { get; init; } = "";

    public required DateTimeOffset RevokedAt { get; init; }
}
