namespace Luware.Onboarding.Data.Entities;

/// <summary>
/// A link that was taken back or replaced, by its own id: who comes by it still is told from who guesses. It opens nothing, and is forgotten
/// after a while.
/// </summary>
public sealed class RevokedLink : TenantEntity
{
    /// <summary>Of the secret in the link; the secret itself is nowhere.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The step that was handed; empty for an invitation.</summary>
    public string Step { get; init; } = "";

    public required DateTimeOffset RevokedAt { get; init; }
}
