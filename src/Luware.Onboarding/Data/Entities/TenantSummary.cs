using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Data.Entities;

/// <summary>
/// One row per tenant with everything that the cockpit shows, sorts and filters by, so that it needs no joins. It is derived from other rows in the same save,
/// and has its tenant's id.
/// </summary>
public sealed class TenantSummary : TenantEntity
{
    public required Guid EntraTenantId { get; init; }

    public required string Name { get; set; }

    /// <summary>The name for sorting: in lower case without diacritics, so that the order is the same on every database.</summary>
    public required string NameKey { get; set; }

    public string? Domain { get; set; }

    public required string Region { get; set; }

    public required string Language { get; set; }

    public string? OwnerName { get; set; }

    public bool Ready { get; set; }

    /// <summary>True for a closed onboarding, which only the filter for closed ones shows.</summary>
    public bool IsClosed { get; set; }

    public StepStatus Status { get; set; }

    /// <summary>Whom the tenant waits for; null when it waits for nobody.</summary>
    public WaitsFor? Waits { get; set; }

    /// <summary>The person it waits for, as a sentence argument (a name, or that it was erased); null for nobody in particular.</summary>
    public string? Who { get; set; }

    /// <summary>The stored sentence about what it waits for.</summary>
    public string? WhyJson { get; set; }

    /// <summary>The stored sentence about who can resolve a refusal.</summary>
    public string? NextJson { get; set; }

    /// <summary>True after a refusal or a failure: it does not continue by itself.</summary>
    public bool IsStuck { get; set; }

    /// <summary>True while, for some kind of call and some policy, the latest test call did not work.</summary>
    public bool HasFailedCall { get; set; }

    /// <summary>The step that the status comes from; null when it is not that of one step.</summary>
    public string? AtStep { get; set; }

    public int Verified { get; set; }

    /// <summary>The number of steps that are not skipped.</summary>
    public int Steps { get; set; }

    /// <summary>Since when it has this status at this step and waits for the same one.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>When the last line was written into the journal.</summary>
    public DateTimeOffset LastActivityAt { get; set; }

    /// <summary>When a person or an action last advanced the onboarding; null once everything is verified or recording was ended.</summary>
    public DateTimeOffset? IdleSince { get; set; }

    /// <summary>When an invitation or a link expires next, which changes the summary without any other change.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>The version of the code that derived the row; rows of an older version are derived again after the start.</summary>
    public int Rule { get; set; }
}
