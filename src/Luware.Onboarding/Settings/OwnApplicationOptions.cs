namespace Luware.Onboarding.Settings;

/// <summary>The portal's own app registration. The host sets it from its section Entra, which it binds and validates.</summary>
public sealed class OwnApplicationOptions
{
    /// <summary>Where browsers sign in and consent.</summary>
    public required Uri Instance { get; set; }

    public required Guid ClientId { get; set; }

    /// <summary>The tenants that publish the recording applications; empty if the publisher is not checked.</summary>
    public IReadOnlyList<Guid> RecorderPublishers { get; set; } = [];
}
