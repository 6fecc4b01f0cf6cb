using System.Text.Json.Serialization;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Handover;

/// <summary>
/// Everything that was made in a customer's tenant, who decided and carried out what and when, and where the audit ends: what page, PDF, CSV
/// and JSON show. Made of stored rows, in one language. As JSON its form is docs/handover.schema.json.
/// </summary>
public sealed record HandoverModel
{
    public const string FormatName = "luware-portal-handover";

    /// <summary>Raised when a reader of the JSON would have to change.</summary>
    public const int LatestVersion = 1;

    public string Format { get; init; } = FormatName;

    public int Version { get; init; } = LatestVersion;

    /// <summary>Two letters: of every sentence in it.</summary>
    public required string Language { get; init; }

    public required DateTimeOffset WrittenAt { get; init; }

    public required HandoverTenant Tenant { get; init; }

    public required IReadOnlyList<HandoverStep> Steps { get; init; }

    public required IReadOnlyList<HandoverEvent> Events { get; init; }

    public required IReadOnlyList<HandoverAction> Actions { get; init; }

    public required HandoverAudit Audit { get; init; }
}

/// <param name="RegionKey">MTCH, MTDE.</param>
/// <param name="Specialist">Luware's, by name; null where nobody in particular is.</param>
public sealed record HandoverTenant(string Name, Guid EntraTenantId, string RegionKey, string Region, string? Specialist, IReadOnlyList<HandoverApplication> Applications);

/// <param name="ApplicationId">Of Luware's application, as the customer's tenant knows it.</param>
public sealed record HandoverApplication(string DisplayName, Guid ApplicationId);

/// <param name="Chosen">In a few words.</param>
/// <param name="ReadAt">When the tenant was last looked at; null where it never was.</param>
/// <param name="VerifiedAt">When nothing was left to do; null where that was not so, or counts no more.</param>
public sealed record HandoverStep(
    int Number, string Key, string Name, StepStatus Status, string StatusWord, string? Detail, string? Chosen, DateTimeOffset? ReadAt, DateTimeOffset? VerifiedAt,
    IReadOnlyList<HandoverObject> Objects);

/// <param name="Before">How it was when the plan was approved; null where no approval covered it.</param>
/// <param name="Evidence">The reading behind it with its ids, or the command or request, word for word.</param>
public sealed record HandoverObject(
    string Key, string Name, string Kind, ObjectState State, string Found, ObjectState? Before, string Evidence, IReadOnlyList<string> Notes, IReadOnlyList<HandoverPermission> Permissions)
{
    /// <summary>An action of the portal's own made or repaired it; without, somebody else did, Microsoft included, or it was there.</summary>
    public bool ByPortal { get; init; }

    /// <summary>A person answered for it: the portal has looked at nothing.</summary>
    public bool ByHand { get; init; }

    /// <summary>Recording does not need it: it was found and is worth knowing.</summary>
    public bool Aside { get; init; }
}

public sealed record HandoverPermission(string Name, string For, ObjectState State, string Found);

/// <param name="Sequence">Of its entry in the audit.</param>
/// <param name="Step">Null where it is about the whole.</param>
public sealed record HandoverEvent(long Sequence, DateTimeOffset At, string Kind, string? Step, string What, HandoverPerson? By);

/// <param name="Sequence">Of the entry in the audit with which it was begun.</param>
/// <param name="Sent">The command or request, word for word.</param>
/// <param name="RightsOf">With whose rights.</param>
/// <param name="Outcome">ActionDone and so on, as the audit calls it; null where nobody knows what became of it.</param>
public sealed record HandoverAction(
    long Sequence, DateTimeOffset At, string Step, string What, string Sent, HandoverPerson? RightsOf, string? Outcome, string OutcomeWord, DateTimeOffset? EndedAt, string? CorrelationId);

/// <param name="EntraTenantId">Set for one of Luware's.</param>
/// <param name="Name">Null where it was never known; where it was erased, words that say so.</param>
public sealed record HandoverPerson(Guid ObjectId, Guid? EntraTenantId, string? Name)
{
    public bool Erased { get; init; }

    /// <summary>What a person reads.</summary>
    [JsonIgnore]
    public string Shown => Name is null ? $"{ObjectId}" : Erased ? $"{Name} ({ObjectId})" : Name;
}

/// <param name="Head">Where the chain ends: give it to the check later, and it finds whatever was cut off since.</param>
/// <param name="Fault">Null where the chain is whole.</param>
public sealed record HandoverAudit(long Entries, string? Head, AuditFaultKind? Fault, DateTimeOffset CheckedAt);
