using System.Text.Json.Serialization;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Handover;

/// <summary>
/// Everything that was created in a customer's tenant, who decided and carried out what and when, and where the audit ends. The page, the PDF, the CSV and the
/// JSON all show it. It is built from stored rows, in one language; docs/handover.schema.json describes its JSON.
/// </summary>
public sealed record HandoverModel
{
    public const string FormatName = "luware-portal-handover";

    /// <summary>Raised when readers of the JSON must change.</summary>
    public const int LatestVersion = 1;

    public string Format { get; init; } = FormatName;

    public int Version { get; init; } = LatestVersion;

    /// <summary>The language of every sentence, as two letters.</summary>
    public required string Language { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }

    public required HandoverTenant Tenant { get; init; }

    public required IReadOnlyList<HandoverStep> Steps { get; init; }

    public required IReadOnlyList<HandoverEvent> Events { get; init; }

    public required IReadOnlyList<HandoverAction> Actions { get; init; }

    public required HandoverAudit Audit { get; init; }
}

/// <param name="RegionKey">MTCH or MTDE.</param>
/// <param name="Specialist">The name of Luware's specialist; null if nobody is assigned.</param>
public sealed record HandoverTenant(
    string Name, Guid EntraTenantId, string RegionKey, string Region, string? Specialist, IReadOnlyList<HandoverApplication> Applications);

/// <param name="ApplicationId">The id of Luware's application in the customer's tenant.</param>
public sealed record HandoverApplication(string DisplayName, Guid ApplicationId);

/// <param name="Chosen">The choice in a few words.</param>
/// <param name="ReadAt">When the tenant was last read; null if never.</param>
/// <param name="VerifiedAt">When nothing was left to do; null if that was never so, or is no longer valid.</param>
public sealed record HandoverStep(
    int Number, string Key, string Name, StepStatus Status, string StatusWord, string? Detail, string? Chosen,
    DateTimeOffset? ReadAt, DateTimeOffset? VerifiedAt, IReadOnlyList<HandoverObject> Objects);

/// <param name="Before">The state when the plan was approved; null if no approval covered it.</param>
/// <param name="Evidence">The reading with its ids, or the command or request, word for word.</param>
public sealed record HandoverObject(
    string Key, string Name, string Kind, ObjectState State, string Found, ObjectState? Before, string Evidence,
    IReadOnlyList<string> Notes, IReadOnlyList<HandoverPermission> Permissions)
{
    /// <summary>True if an action of the portal created or repaired it; otherwise somebody else did (Microsoft included), or it existed already.</summary>
    public bool ByPortal { get; init; }

    /// <summary>True if nobody makes it: it follows from what the portal made, as a policy in force follows from a grant.</summary>
    [JsonIgnore]
    public bool Follows { get; init; }

    /// <summary>
    /// The person who came back from Microsoft's page after accepting a consent; null for other objects, or if nobody is known to have done so.
    /// </summary>
    public HandoverPerson? ConsentedBy { get; init; }

    /// <summary>True if a person vouched for it and the portal read nothing.</summary>
    public bool ByHand { get; init; }

    /// <summary>True if recording does not need it, and it is only worth knowing.</summary>
    public bool Aside { get; init; }
}

public sealed record HandoverPermission(string Name, string For, ObjectState State, string Found);

/// <param name="Sequence">The number of its entry in the audit.</param>
/// <param name="Step">Null if it concerns the whole onboarding.</param>
public sealed record HandoverEvent(long Sequence, DateTimeOffset At, string Kind, string? Step, string What, HandoverPerson? By);

/// <param name="Sequence">The number of the audit entry with which it began.</param>
/// <param name="Sent">The command or request, word for word.</param>
/// <param name="RightsOf">The person whose rights were used.</param>
/// <param name="Outcome">The audit's name for the outcome (ActionDone and so on); null if it is unknown.</param>
public sealed record HandoverAction(
    long Sequence, DateTimeOffset At, string Step, string What, string Sent, HandoverPerson? RightsOf,
    string? Outcome, string OutcomeWord, DateTimeOffset? EndedAt, string? CorrelationId);

/// <param name="EntraTenantId">Set for one of Luware's own people.</param>
/// <param name="Name">Null if it was never known; if it was erased, words that say so.</param>
public sealed record HandoverPerson(Guid ObjectId, Guid? EntraTenantId, string? Name)
{
    public bool Erased { get; init; }

    /// <summary>The name, or the id, as people read it.</summary>
    [JsonIgnore]
    public string Shown => Name is null ? $"{ObjectId}" : Erased ? $"{Name} ({ObjectId})" : Name;
}

/// <param name="Head">The end of the chain. Given to the check later, it reveals everything that was cut off since.</param>
/// <param name="Fault">Null if the chain is intact.</param>
public sealed record HandoverAudit(long Entries, string? Head, AuditFaultKind? Fault, DateTimeOffset CheckedAt);
