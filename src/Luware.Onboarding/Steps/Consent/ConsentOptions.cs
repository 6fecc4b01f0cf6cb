namespace Luware.Onboarding.Steps.Consent;

/// <summary>Where Microsoft's consent page is; bound from the section Entra.</summary>
public sealed class ConsentOptions
{
    public Uri Instance { get; set; } = new("https://login.microsoftonline.com");
}
