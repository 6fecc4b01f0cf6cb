namespace Luware.Onboarding.Parts;

/// <param name="Script">The script as text.</param>
/// <param name="Address">Where the same script is downloaded.</param>
public sealed record WayBack(string Script, string Address);
