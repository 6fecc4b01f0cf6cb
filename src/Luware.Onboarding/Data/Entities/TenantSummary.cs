using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Data.Entities;

/// <summary>
/// One row per tenant with all that the cockpit shows, sorts and filters by, so that it needs no joins. It follows from other rows, is
/// written in the same save as they are, and has its tenant's id.
/// </summary>
public sealed class TenantSummary : TenantEntity
{
    public required Guid EntraTenantId { get; init; }

    public required string Name { get; set; }

    /// <summary>The name as it is sorted: in small letters without marks, the same order on every database.</summary>
    public required string NameKey { get; set; }

    public string? Domain { get; set; }

    public required string Region { get; set; }

    public required string Language { get; set; }

    public string? OwnerName { get; set; }

    public bool Ready { get; set; }

    public StepStatus Status { get; set; }

    /// <summary>Whom it waits for; null where nobody is.</summary>
    public WaitsFor? Waits { get; set; }

    /// <summary>Who is waited for, as a sentence's argument: the name, or that it was erased; null where nobody in particular is.</summary>
    public string? Who { get; set; }

    /// <summary>The stored sentence that says for what.</summary>
    public string? WhyJson { get; set; }

    /// <summary>The stored sentence that says who can mend it, where somebody said no.</summary>
    public string? NextJson { get; set; }

    /// <summary>Somebody said no, or something failed: it does not go on by itself.</summary>
    public bool IsStuck { get; set; }

    /// <summary>The step that the status comes from; null where it is not one step's.</summary>
    public string? AtStep { get; set; }

    public int Verified { get; set; }

    /// <summary>How many steps the customer goes through: all but the skipped ones.</summary>
    public int Steps { get; set; }

    /// <summary>In this status, at this step, since.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>When the last line was written into the journal.</summary>
    public DateTimeOffset LastActivityAt { get; set; }

    /// <summary>When the onboarding last came on, by a person or by an action; null once everything is verified.</summary>
    public DateTimeOffset? IdleSince { get; set; }

    /// <summary>When an invitation or a link expires next: then it says something else, although nobody has changed anything.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>Which rule made it: rows of an older one are made again after the start.</summary>
    public int Rule { get; set; }
}
