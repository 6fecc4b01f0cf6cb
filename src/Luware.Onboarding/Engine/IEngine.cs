using System.Text.Json.Serialization;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

/// <summary>The engine's door for pages and endpoints. Every call checks the actor's session and tenant again.</summary>
/// <remarks>
/// Throws <see cref="UnauthorizedAccessException"/> where the session has ended, the tenant is not one of Luware's customers, or the
/// person who wants to work holds no directory role that a step needs: pages do not offer it to them, because their view is withheld;
/// everything else that can be expected comes back as a value.
/// </remarks>
public interface IEngine
{
    /// <summary>What is stored: nothing is read from the customer's tenant. Null where the actor's tenant is not being onboarded.</summary>
    Task<OnboardingView?> ReadAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>The stored view at once, then a new one whenever something of it has changed.</summary>
    IAsyncEnumerable<OnboardingView> FollowAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>Reads the customer's tenant and stores a fresh plan of every step, or of the one named.</summary>
    Task PlanAsync(Actor actor, string? step, CancellationToken cancellationToken);

    /// <summary>Stores the choices of a step; the plan is out of date until it is made again.</summary>
    Task ChooseAsync<T>(Actor actor, string step, T choices, CancellationToken cancellationToken) where T : notnull;

    /// <summary>
    /// Stores the approval of exactly what has this digest, the whole plan or one step, and starts the run. What was approved before and
    /// is still on its way goes on in it.
    /// </summary>
    Task<Decision> ApproveAsync(Actor actor, string digest, CancellationToken cancellationToken);

    /// <summary>Passes the safety gate of one action: the person typed how many people it affects.</summary>
    Task<Decision> ConfirmAsync(Actor actor, Guid runId, string step, string actionKey, int people, CancellationToken cancellationToken);

    /// <summary>
    /// Plans and starts taking back what a step made (un-grant), for a person who holds a role that a step needs. Goes before any other run of the tenant.
    /// </summary>
    Task<Decision> UndoAsync(Actor actor, string step, CancellationToken cancellationToken);

    /// <summary>Makes a waiting run look again now, with the actor's sign-in where the run's own has ended. The approver takes it back from a colleague. A run that takes back keeps the sign-in of whoever asked for it. Changes nothing for a person who neither approved it nor holds a role that a step needs.</summary>
    Task ResumeAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>The script that takes back what a step makes, filled in; null where nothing can be taken back, or there is no such step.</summary>
    /// <param name="withChosen">Also what the choices of now would make: they are about to be approved.</param>
    Task<string?> GetUndoScriptAsync(Actor actor, string step, bool withChosen, CancellationToken cancellationToken);

    /// <summary>The script with which a person does a step, or every step, instead of the portal; null where it has none.</summary>
    Task<string?> GetScriptAsync(Actor actor, string? step, CancellationToken cancellationToken);

    /// <summary>
    /// Takes what a script wrote beside itself, then reads the customer's tenant. What the portal reads is what counts; a step that it
    /// may not read stands as verified by hand where the script says that all of it is there.
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
    /// <summary>The person holds no directory role that a step needs: they learn which roles those are, and nothing that was read or done.</summary>
    public bool IsWithheld { get; private init; }

    /// <summary>Place in the queue for a Teams worker, from 1; null while nothing of this tenant waits in it.</summary>
    public int? QueuePlace { get; init; }

    /// <summary>What people told of test calls, the latest of each kind.</summary>
    public IReadOnlyList<TestCallView> TestCalls { get; init; } = [];

    /// <summary>Only these steps were handed to the person: of the others nothing is said.</summary>
    public bool IsHanded { get; private init; }

    public OnboardingView NarrowTo(IReadOnlySet<string> steps) => this with
    {
        IsHanded = true, QueuePlace = null, TestCalls = [], Run = Run?.NarrowTo(steps),
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

    /// <summary>Its place among all steps, where not all of them are shown; 0 where they are.</summary>
    public int Number { get; init; }

    /// <summary>Set while the step is handed to a colleague, and for a while after the link expired unused.</summary>
    public HandedView? Handed { get; init; }

    /// <summary>Names of steps that must be verified before a run begins with this one.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The step alone as it can be approved now; null while it cannot, or nothing of it is left to be.</summary>
    public StepApproval? Approval { get; init; }

    /// <summary>Steps that must be there or approved before this one can be.</summary>
    public IReadOnlyList<string> NeededFirst { get; init; } = [];

    /// <summary>It was verified, or a run has begun an action of it, whatever came of that, and it was not taken back since.</summary>
    public bool CanUndo { get; init; }
}

/// <param name="Id">Of the link, by which whoever made it knows it again.</param>
/// <param name="ExpiresAt">Until then the link can be accepted; once it was, until then the colleague is admitted.</param>
/// <param name="SentBy">As a sentence's argument, like every person in what pages show.</param>
/// <param name="AcceptedBy">Null while nobody has accepted it.</param>
public sealed record HandedView(Guid Id, string SentBy, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, string? AcceptedBy, DateTimeOffset? AcceptedAt)
{
    /// <summary>What the colleague can approve now.</summary>
    public StepApproval? Approval { get; init; }
}

/// <param name="Steps">What the approval would cover: the step, and those right behind it in which only a person acts.</param>
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

    /// <summary>What the approved plan had found, object by object: the "before" of before and now.</summary>
    public IReadOnlyList<ObjectBefore> Before { get; init; } = [];

    /// <summary>What was approved to be taken back and what to stay; empty for any other run.</summary>
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
/// <param name="Action">The action of the portal's own that was approved for it; null where there was none, or a person was to act.</param>
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

/// <summary>Somebody holds a part of the run.</summary>
/// <param name="Link">Where the person acts; null where nothing can be clicked.</param>
/// <param name="Gate">Set where the safety gate asks: the action and what it does to how many people.</param>
/// <param name="Refusal">Set where somebody said no.</param>
public sealed record WaitView(
    string Step, WaitsFor On, Sentence For, DateTimeOffset Since, DateTimeOffset? NextReading, Uri? Link, GateView? Gate, RefusalView? Refusal)
{
    /// <summary>What lies behind a wait that is no refusal, where Microsoft has given a reason.</summary>
    public RefusalView? Why { get; init; }

    /// <summary>A person answers in the choices of the step.</summary>
    [JsonIgnore]
    public bool AsksForChoice => On == WaitsFor.Customer && Link == StepOutcome.Waiting.ChoicesOf(Step);
}

/// <param name="People">What a person must type; 0 where they cannot be counted and nothing is typed.</param>
/// <param name="TestUsers">Names of the chosen test users among them.</param>
public sealed record GateView(string ActionKey, int People, IReadOnlyList<string> TestUsers, bool ReadyFlag)
{
    /// <summary>The test user for whom alone it is in force now; null where it was not tried first.</summary>
    public string? TriedBy { get; init; }
}

/// <param name="Answer">What the remote system said; null where the portal itself says no.</param>
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
