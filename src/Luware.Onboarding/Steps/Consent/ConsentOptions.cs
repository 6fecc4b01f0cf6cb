namespace Luware.Onboarding.Steps.Consent;

/// <summary>The address of Microsoft's consent page, and who publishes the recording applications; bound from the section Entra.</summary>
public sealed class ConsentOptions
{
    public Uri Instance { get; set; } = new("https://login.microsoftonline.com");

    /// <summary>The tenants that publish the recording applications; Luware's own where none is named. Without any of both the owner is not checked.</summary>
    public IReadOnlyList<Guid> RecorderPublishers { get; set; } = [];
}
