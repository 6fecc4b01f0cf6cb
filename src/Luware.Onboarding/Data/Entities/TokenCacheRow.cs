namespace Luware.Onboarding.Data.Entities;

/// <summary>The token cache of one session, encrypted.</summary>
public sealed class TokenCacheRow : Entity
{
    public required string SessionId { get; init; }

    public required byte[] Encrypted { get; set; }

    public required DateTimeOffset WrittenAt { get; set; }
}
