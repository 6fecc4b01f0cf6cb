using System.Collections.Immutable;

namespace Luware.Portal.Sandbox.World;

/// <summary>A resource account for an application; the article calls it a whitelisted application.</summary>
public sealed record ApplicationInstance(Guid ObjectId, string UserPrincipalName, string? DisplayName, Guid ApplicationId, DateTimeOffset CreatedAt)
{
    /// <summary>The application that Teams invites for it. It follows a changed application id only after a sync, and no cmdlet shows it.</summary>
    public Guid Mapped { get; init; } = ApplicationId;
}

public sealed record RecordingPolicy(
    string Name, bool Enabled, string? Description, ImmutableList<RecordingLink> Applications, DateTimeOffset CreatedAt)
{
    public const string GlobalName = "Global";

    public bool WarnUserOnRemoval { get; init; } = true;
    public bool DisableComplianceRecordingAudioNotificationForCalls { get; init; }
    public bool RecordReroutedCalls { get; init; }
}

/// <summary>An application instance linked to a policy. The four flags default to fail close.</summary>
public sealed record RecordingLink(Guid ObjectId)
{
    public bool RequiredBeforeMeetingJoin { get; init; } = true;
    public bool RequiredBeforeCallEstablishment { get; init; } = true;
    public bool RequiredDuringMeeting { get; init; } = true;
    public bool RequiredDuringCall { get; init; } = true;
    public int ConcurrentInvitationCount { get; init; } = 1;
    public int Priority { get; init; }
    public Guid? Paired { get; init; }

    /// <summary>When it was last made or changed over the network.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Its state before that, which lists show for a while; null if there was none.</summary>
    public RecordingLink? Before { get; init; }

    /// <summary>The state that lists show; null while they do not show it.</summary>
    internal RecordingLink? Shown(SandboxFaults faults) => faults.HasPassed(ChangedAt, faults.VisibilityDelay) ? this : Before?.Shown(faults);
}

/// <param name="Rank">From 1, the highest; renumbered whenever an assignment is added or removed.</param>
public sealed record GroupAssignment(Guid GroupId, string PolicyName, int Rank, DateTimeOffset CreatedAt, Guid CreatedBy);

public sealed record FormerAssignment(Guid GroupId, string PolicyName, DateTimeOffset CreatedAt, DateTimeOffset EndedAt);

/// <param name="PolicyName">Granted to the person directly; takes precedence over every group.</param>
public sealed record DirectAssignment(Guid PersonId, string PolicyName, DateTimeOffset CreatedAt);

public sealed record FormerDirectAssignment(Guid PersonId, string PolicyName, DateTimeOffset EndedAt);

/// <summary>A change in the tenant.</summary>
/// <param name="What">The cmdlet or the consent.</param>
/// <param name="Target">The changed object.</param>
public sealed record WriteEntry(DateTimeOffset At, Guid By, string What, string Target);
