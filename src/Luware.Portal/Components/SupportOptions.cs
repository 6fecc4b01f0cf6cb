namespace Luware.Portal.Components;

/// <summary>Where people find help; settings section Support. What is not set is not shown.</summary>
public sealed class SupportOptions
{
    public const string Section = "Support";

    public Uri? Helpdesk { get; set; }

    public Uri? Status { get; set; }

    public string? SpecialistName { get; set; }

    public string? SpecialistAddress { get; set; }
}
