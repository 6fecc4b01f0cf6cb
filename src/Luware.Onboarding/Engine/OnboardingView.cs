using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

/// <param name="Digest">Identifies the plan that an approval would cover; null while there is no complete plan or nothing to approve.</param>
/// <param name="WritesStopped">True while the global switch stops all applying.</param>
public sealed record OnboardingView(
    OnboardingTenant Tenant, Region Region, StepChoices Choices, IReadOnlyList<StepView> Steps, RunView? Run, string? Digest, bool WritesStopped)
{
    /// <summary>True when the person holds no directory role that a step needs: they see which roles those are, and nothing that was read or done.</summary>
    public bool IsWithheld { get; private init; }

    /// <summary>Position in the queue for a Teams worker, from 1; null if nothing of this tenant waits.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>When this portal began the reading of the tenant that it has under way, whoever asked for it; null if there is none.</summary>
    public DateTimeOffset? ReadingSince { get; init; }

    /// <summary>The test calls that people reported, the latest of each kind.</summary>
    public IReadOnlyList<TestCallView> TestCalls { get; init; } = [];

    /// <summary>The only steps that were handed to the person; the view says nothing about others.</summary>
    public bool IsHanded { get; private init; }

    /// <summary>The step's position among all steps, also where only some are shown.</summary>
    public int NumberOf(string step)
    {
        var (index, found) = Steps.Index().First(s => s.Item.Step == step);
        return IsHanded ? found.Number : index + 1;
    }

    public OnboardingView NarrowTo(IReadOnlySet<string> steps) => this with
    {
        IsHanded = true, QueuePosition = null, TestCalls = [], Run = Run?.NarrowTo(steps),
        Choices = StepChoices.None.With(Choices, steps),
        Steps = [.. Steps.Select((s, i) => s with { Number = i + 1, CanUndo = false, Approval = s.Handed?.Approval }).Where(s => steps.Contains(s.Step))],
        Digest = Steps.Where(s => steps.Contains(s.Step)).Select(s => s.Handed?.Approval?.Digest).FirstOrDefault(d => d is not null),
    };

    public OnboardingView Withhold() => this with
    {
        IsWithheld = true, ReadingSince = null, Choices = StepChoices.None, Run = null, Digest = null, TestCalls = [],
        Steps = [.. Steps.Select(s => new StepView(s.Step, StepStatus.NotStarted, null, null, null) { Roles = s.Roles })],
    };
}

/// <param name="Detail">What it waits for or how many objects are left, in a few words.</param>
/// <param name="Plan">The latest reading; null before the first.</param>
public sealed record StepView(string Step, StepStatus Status, Sentence? Detail, StepPlan? Plan, DateTimeOffset? VerifiedAt)
{
    /// <summary>Directory roles (template ids) of which the person needs one for the step.</summary>
    public IReadOnlyList<Guid> Roles { get; init; } = [];

    /// <summary>True when its choices, or those of a step that it rests on, changed after the plan was read.</summary>
    public bool IsOutdated { get; init; }

    /// <summary>The step's position among all steps if only some are shown; otherwise 0.</summary>
    public int Number { get; init; }

    /// <summary>Set while the step is handed to a colleague, and for a while after the link expired unused or the colleague's admission ended.</summary>
    public HandedView? Handed { get; init; }

    /// <summary>Names of steps that must be verified before a run begins with this one.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The approval of this step alone; null if it cannot be approved now or nothing is left to approve.</summary>
    public StepApproval? Approval { get; init; }

    /// <summary>The steps that must be done or approved before this one can be approved.</summary>
    public IReadOnlyList<string> NeededFirst { get; init; } = [];

    /// <summary>True if the step was verified or one of its actions was begun, whatever the outcome, and it was not taken back since.</summary>
    public bool CanUndo { get; init; }
}

/// <param name="Id">The id of the link, by which the person who made it recognizes it.</param>
/// <param name="ExpiresAt">When the link expires; once it was accepted, when the colleague's admission ends.</param>
/// <param name="SentBy">The person as a sentence argument, like every person in a view.</param>
/// <param name="AcceptedBy">Null while nobody has accepted it.</param>
public sealed record HandedView(Guid Id, string SentBy, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, string? AcceptedBy, DateTimeOffset? AcceptedAt)
{
    /// <summary>False once the link has expired unused, or the colleague's admission has ended.</summary>
    public bool IsGoodAt(DateTimeOffset now) => ExpiresAt > now;

    /// <summary>The colleague who has the step; null if nobody has accepted it or their admission has ended.</summary>
    public string? HolderAt(DateTimeOffset now) => IsGoodAt(now) ? AcceptedBy : null;

    /// <summary>The approval that the colleague can give now.</summary>
    public StepApproval? Approval { get; init; }
}

/// <param name="Steps">The steps that the approval covers: this one, and those directly after it in which only a person acts.</param>
public sealed record StepApproval(string Digest, IReadOnlyList<string> Steps);

public enum StepStatus
{
    NotStarted,
    Ready,
    Queued,
    Running,
    WaitingOnCustomer,
    WaitingOnLuware,
    WaitingOnMicrosoft,
    Verified,
    ChangedSinceVerified,
    VerifiedByHand,
    Skipped,
    Failed,
    Unknown,
}
