namespace Luware.Onboarding.Data.Entities;

/// <summary>One line about what happened. Written once, never changed.</summary>
public sealed class JournalEntry : TenantEntity
{
    public Guid? RunId { get; init; }

    /// <summary>The time of the line, unique within one process, so it also defines the order.</summary>
    public required DateTimeOffset At { get; init; }

    public required JournalKind Kind { get; init; }

    /// <summary>The step; empty when the line is about the tenant or the whole run.</summary>
    public string Step { get; init; } = "";

    public string? ActionKey { get; init; }

    /// <summary>The sentence for people, stored as key and arguments.</summary>
    public required string TextJson { get; init; }

    /// <summary>Object id of the person who caused it; null for the engine itself.</summary>
    public Guid? Person { get; init; }

    /// <summary>What the remote system said, word for word.</summary>
    public string? Raw { get; init; }

    public string? CorrelationId { get; init; }
}

public enum JournalKind
{
    Approved,
    UndoAsked,
    Replaced,
    Resumed,
    Recovered,
    Confirmed,
    ReadyChanged,
    ActionStarted,
    ActionDone,
    ActionWaiting,
    ActionRefused,
    ActionFailed,
    StepVerified,
    StepTakenBack,
    StepHeld,
    StepFailed,
    RunEnded,
    ScriptReported,
    StepVerifiedByHand,
    StepHanded,
    LinkAccepted,
    LinkRevoked,
    StepSkipped,
    PersonReturned,
    TestCallWorked,
    TestCallFailed,
    AccessEnded,

    /// <summary>The colleague to whom the step was handed approved it, which does not make them an approver of the run.</summary>
    StepApproved,
    TenantAdded,
    TenantChanged,
    Invited,
    InvitationAccepted,
    InvitationRevoked,
    RegionChanged,
    TenantClosed,
    TenantReopened,
}
