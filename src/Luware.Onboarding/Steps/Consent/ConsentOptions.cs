namespace Luware.Onboarding.Steps.Consent;

/// <summary>The address of Microsoft's consent page; bound from the section Entra.</summary>
public sealed class ConsentOptions
{
    public Uri Instance { get; set; } = new("https://login.microsoftonline.com");
}
