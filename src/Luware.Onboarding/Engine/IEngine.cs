using System.Text.Json.Serialization;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

/// <summary>The engine's door for pages and endpoints. Every call checks the actor's session and tenant again.</summary>
/// <remarks>
/// Throws <see cref="UnauthorizedAccessException"/> when the session has ended, the tenant is not one of Luware's customers, or the person
/// holds no directory role that a step needs (pages offer them nothing, because their view is withheld). Everything else that can be
/// expected is returned as a value.
/// </remarks>
public interface IEngine
{
    /// <summary>Returns the stored view, without reading the customer's tenant; null when the actor's tenant is not being onboarded.</summary>
    Task<OnboardingView?> ReadAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Returns the stored view at once, then a new one after every change.</summary>
    IAsyncEnumerable<OnboardingView> FollowAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Reads the customer's tenant and stores a fresh plan of every step, or of the one named.</summary>
    Task PlanAsync(Actor actor, string? step, CancellationToken cancellationToken);

    /// <summary>Stores the choices of a step; the plan is out of date until it is made again.</summary>
    Task ChooseAsync<T>(Actor actor, string step, T choices, CancellationToken cancellationToken) where T : notnull;

    /// <summary>
    /// Stores the approval of exactly what has this digest, the whole plan or one step, and starts a run. The run carries on what was approved
    /// before and is not finished.
    /// </summary>
    Task<Decision> ApproveAsync(Actor actor, string digest, CancellationToken cancellationToken);

    /// <summary>Passes the safety gate of one action: the person typed how many people it affects.</summary>
    Task<Decision> ConfirmAsync(Actor actor, Guid runId, string step, string actionKey, int people, CancellationToken cancellationToken);

    /// <summary>
    /// Plans and starts taking back what a step made (un-grant), for a person who holds a role that a step needs. It replaces any other active run of the tenant.
    /// </summary>
    Task<Decision> UndoAsync(Actor actor, string step, CancellationToken cancellationToken);

    /// <summary>Makes a waiting run look again now, with the actor's sign-in if the run's own has ended. The approver takes the run back from a colleague; a run that takes back keeps the sign-in of the person who asked for it. Has no effect for a person who neither approved the run nor holds a role that a step needs.</summary>
    Task ResumeAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>The script that takes back what a step makes, filled in; null where nothing can be taken back, or there is no such step.</summary>
    /// <param name="withChosen">Includes what the current choices would make, because they are about to be approved.</param>
    Task<string?> GetUndoScriptAsync(Actor actor, string step, bool withChosen, CancellationToken cancellationToken);

    /// <summary>The script with which a person does a step, or every step, instead of the portal; null where it has none.</summary>
    Task<string?> GetScriptAsync(Actor actor, string? step, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the result file of a script, then reads the customer's tenant. What the portal reads decides; a step that it may not read becomes
    /// verified by hand if the script says that all of it is there.
    /// </summary>
    Task<Decision> TakeScriptResultAsync(Actor actor, string result, CancellationToken cancellationToken);
}

/// <summary>Accepted, or the sentence that says why not.</summary>
public sealed record Decision(Sentence? Problem)
{
    public static readonly Decision Accepted = new((Sentence?)null);
    public bool IsAccepted => Problem is null;
}

/// <param name="Digest">Identifies the plan that an approval would cover; null while there is no complete plan or nothing to approve.</param>
/// <param name="WritesStopped">The global switch: nothing is applied anywhere now.</param>
public sealed record OnboardingView(
    OnboardingTenant Tenant, Region Region, StepChoices Choices, IReadOnlyList<StepView> Steps, RunView? Run, string? Digest, bool WritesStopped)
{
    /// <summary>True when the person holds no directory role that a step needs: they see which roles those are, and nothing that was read or done.</summary>
    public bool IsWithheld { get; private init; }

    /// <summary>Place in the queue for a Teams worker, from 1; null while nothing of this tenant waits in it.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>The test calls that people reported, the latest of each kind.</summary>
    public IReadOnlyList<TestCallView> TestCalls { get; init; } = [];

    /// <summary>The only steps that were handed to the person; the view says nothing about others.</summary>
    public bool IsHanded { get; private init; }

    public OnboardingView NarrowTo(IReadOnlySet<string> steps) => this with
    {
        IsHanded = true, QueuePosition = null, TestCalls = [], Run = Run?.NarrowTo(steps),
        Choices = StepChoices.None.With(Choices, steps),
        Steps = [.. Steps.Select((s, i) => s with { Number = i + 1, CanUndo = false, Approval = s.Handed?.Approval }).Where(s => steps.Contains(s.Step))],
        Digest = Steps.Where(s => steps.Contains(s.Step)).Select(s => s.Handed?.Approval?.Digest).FirstOrDefault(d => d is not null),
    };

    public OnboardingView Withhold() => this with
    {
        IsWithheld = true, Choices = StepChoices.None, Run = null, Digest = null, TestCalls = [],
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

    /// <summary>The step's place among all steps when only some are shown; otherwise 0.</summary>
    public int Number { get; init; }

    /// <summary>Set while the step is handed to a colleague, and for a while after the link expired unused.</summary>
    public HandedView? Handed { get; init; }

    /// <summary>Names of steps that must be verified before a run begins with this one.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The approval of this step alone; null when it cannot be approved now or nothing of it is left to approve.</summary>
    public StepApproval? Approval { get; init; }

    /// <summary>The steps that must be done or approved before this one can be approved.</summary>
    public IReadOnlyList<string> NeededFirst { get; init; } = [];

    /// <summary>True when the step was verified or an action of it was begun, with whatever outcome, and it was not taken back since.</summary>
    public bool CanUndo { get; init; }
}

/// <param name="Id">The id of the link, by which the person who made it recognizes it.</param>
/// <param name="ExpiresAt">When the link expires; once it was accepted, when the colleague's admission ends.</param>
/// <param name="SentBy">The person as a sentence argument, like every person in a view.</param>
/// <param name="AcceptedBy">Null while nobody has accepted it.</param>
public sealed record HandedView(Guid Id, string SentBy, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, string? AcceptedBy, DateTimeOffset? AcceptedAt)
{
    /// <summary>The approval that the colleague can give now.</summary>
    public StepApproval? Approval { get; init; }
}

/// <param name="Steps">The steps that the approval would cover: this one, and those right behind it in which only a person acts.</param>
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
    Replaced,
}

public sealed record RunView(
    Guid Id, RunKind Kind, RunState State, DateTimeOffset ApprovedAt, string ApprovedBy,
    IReadOnlyList<ActionView> Actions, IReadOnlyList<WaitView> Waits, IReadOnlyList<TranscriptLine> Transcript)
{
    /// <summary>The steps that it is about.</summary>
    public IReadOnlySet<string> Steps { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What the approved plan had found, object by object, to compare with now.</summary>
    public IReadOnlyList<ObjectBefore> Before { get; init; } = [];

    /// <summary>The objects approved to be taken back or to stay; empty for any other run.</summary>
    public IReadOnlyList<StepPlan> Offboarding { get; init; } = [];

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

/// <summary>A wait that holds a part of the run.</summary>
/// <param name="Link">Where the person acts; null where nothing can be clicked.</param>
/// <param name="Gate">Set when the safety gate asks: the action, and what it does to how many people.</param>
/// <param name="Refusal">Set when the wait is a refusal.</param>
public sealed record WaitView(
    string Step, WaitsFor On, Sentence For, DateTimeOffset Since, DateTimeOffset? NextReading, Uri? Link, GateView? Gate, RefusalView? Refusal)
{
    /// <summary>Microsoft's reason for a wait that is not a refusal; null when it gave none.</summary>
    public RefusalView? Why { get; init; }

    /// <summary>True when a person answers it in the choices of the step.</summary>
    [JsonIgnore]
    public bool AsksForChoice => On == WaitsFor.Customer && Link == StepOutcome.Waiting.ChoicesOf(Step);

    /// <summary>True when nothing is read at <see cref="NextReading"/>: the run waits for a colleague, whose admission ends then.</summary>
    [JsonIgnore]
    public bool EndsUnread => For.Key == ColleagueSignIn;

    internal const string ColleagueSignIn = "Engine.ColleagueSignIn";
}

/// <param name="People">The number that a person must type; 0 when nobody is known and nothing is typed.</param>
/// <param name="TestUsers">Names of the chosen test users among them.</param>
public sealed record GateView(string ActionKey, int People, IReadOnlyList<string> TestUsers, bool ReadyFlag)
{
    /// <summary>The test user for whom alone it is in force now; null where it was not tried first.</summary>
    public string? TriedBy { get; init; }
}

/// <param name="Answer">What the remote system said; null when the portal itself refuses.</param>
public sealed record RefusalView(Sentence Title, Sentence What, Sentence WhoCanFix, Sentence WhenAgain, Sentence Letter, RemoteAnswer? Answer)
{
    public static RefusalView Of(Refusal refusal, RemoteAnswer? answer) =>
        new(refusal.Title, refusal.What, refusal.WhoCanFix, refusal.WhenAgain, refusal.Letter, answer);
}

public sealed record TranscriptLine(DateTimeOffset At, string Step, Sentence Text)
{
    /// <summary>What the remote system said, word for word.</summary>
    public string? Raw { get; init; }
}
