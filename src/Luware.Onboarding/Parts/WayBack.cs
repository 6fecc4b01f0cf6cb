namespace Luware.Onboarding.Parts;

/// <param name="Script">The script as text.</param>
/// <param name="Address">The download address of the same script.</param>
public sealed record WayBack(string Script, string Address);
