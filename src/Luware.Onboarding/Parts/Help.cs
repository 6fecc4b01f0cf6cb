namespace Luware.Onboarding.Parts;

/// <summary>Where people can get help with an error. Missing entries are not shown.</summary>
/// <param name="Desk">Luware's helpdesk: a page or a mail address.</param>
/// <param name="Status">The status page of Luware's own services.</param>
public sealed record Help(Uri? Desk, Uri? Status);
