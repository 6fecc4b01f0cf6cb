using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

public enum RunKind
{
    Apply,

    /// <summary>One step is taken back, at once.</summary>
    Undo,

    /// <summary>Everything that the portal made is taken back, in the safe order.</summary>
    Offboard,
}

public enum RunState
{
    Queued,
    Running,
    Waiting,
    Done,
    Failed,

    /// <summary>Another run has taken its place, or the onboarding was closed while it waited.</summary>
    Replaced,
}

public static class RunStates
{
    /// <summary>True while the run has not ended.</summary>
    public static bool IsActive(this RunState state) => state is RunState.Queued or RunState.Running or RunState.Waiting;
}

public sealed record RunView(
    Guid Id, RunKind Kind, RunState State, DateTimeOffset ApprovedAt, string ApprovedBy,
    IReadOnlyList<ActionView> Actions, IReadOnlyList<WaitView> Waits, IReadOnlyList<TranscriptLine> Transcript)
{
    /// <summary>The steps that the run covers.</summary>
    public IReadOnlySet<string> Steps { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Null while it has not ended. Its transcript may grow later: the ready flag and scripts are told in the tenant's last run.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What the approved plan had found, object by object, to compare with now.</summary>
    public IReadOnlyList<ObjectBefore> Before { get; init; } = [];

    /// <summary>The objects approved to be taken back or to stay; empty for any other run.</summary>
    public IReadOnlyList<StepPlan> Offboarding { get; init; } = [];

    /// <summary>True while the run has not ended and the step is one of its own.</summary>
    public bool Carries(string step) => State.IsActive() && Steps.Contains(step);

    public RunView NarrowTo(IReadOnlySet<string> steps) => this with
    {
        Steps = Steps.Where(steps.Contains).ToHashSet(StringComparer.Ordinal),
        Actions = [.. Actions.Where(a => steps.Contains(a.Step))], Waits = [.. Waits.Where(w => steps.Contains(w.Step))],
        Transcript = [.. Transcript.Where(l => steps.Contains(l.Step))], Before = [.. Before.Where(b => steps.Contains(b.Step))],
        Offboarding = [.. Offboarding.Where(p => steps.Contains(p.Step))],
    };
}

/// <param name="Key">The object's key within its step.</param>
/// <param name="Action">The portal's approved action for it; null when there was none or a person was to act.</param>
public sealed record ObjectBefore(string Step, string Key, ObjectState State, string? Action = null);

public enum ActionState
{
    Later,
    Running,
    Done,
    Waiting,
    Refused,
    Failed,
}

public sealed record ActionView(string Step, string Key, Sentence Title, ActionState State, TimeSpan? Took);

public sealed record TranscriptLine(DateTimeOffset At, string Step, Sentence Text)
{
    /// <summary>What the remote system said, word for word.</summary>
    public string? Raw { get; init; }
}
