namespace Luware.Onboarding.Parts;

/// <summary>Where people turn to with an error. What is not set is not shown.</summary>
/// <param name="Desk">Luware's helpdesk: a page or a mail address.</param>
/// <param name="Status">How Luware's own services are.</param>
public sealed record Help(Uri? Desk, Uri? Status);
