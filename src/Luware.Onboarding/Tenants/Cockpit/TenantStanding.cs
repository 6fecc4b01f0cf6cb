using Luware.Onboarding.Audit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>The overall state of a tenant: one status, whom it is waiting for, and why.</summary>
internal sealed record TenantStanding(StepStatus Status, string? AtStep = null)
{
    /// <summary>The precedence of step statuses for the tenant's status; those that Luware has to act on come first.</summary>
    private static readonly StepStatus[] Order =
    [
        StepStatus.Failed, StepStatus.ChangedSinceVerified, StepStatus.WaitingOnLuware, StepStatus.WaitingOnCustomer, StepStatus.WaitingOnMicrosoft,
        StepStatus.Running, StepStatus.Queued, StepStatus.Unknown, StepStatus.Ready,
    ];

    /// <summary>The sentence of a tenant whose invitation nobody has accepted yet.</summary>
    public const string Invited = "Standing.Invited";

    public WaitsFor? Waits { get; init; }

    /// <summary>The person as a sentence's argument.</summary>
    public string? Who { get; init; }

    public Sentence? Why { get; init; }

    public Sentence? Next { get; init; }

    public bool IsStuck { get; init; }

    public TenantStanding With(PersonNames names) => this with { Who = Who is null ? null : names.In(Who), Why = Why is null ? null : names.In(Why) };

    /// <summary>Null if the run does not say; then it is the time of the status.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>True when nothing is left to do: everything is verified, recording was ended, or the onboarding was closed.</summary>
    public bool IsOver { get; private init; }

    /// <param name="steps">Names of all steps, in their order.</param>
    public static TenantStanding Of(TenantRows rows, IReadOnlyList<string> steps) => rows switch
    {
        { Tenant.ClosedAt: not null } => Over(OfSteps(rows, steps) is { IsOver: true } done ? done.Status : StepStatus.NotStarted, "Standing.Closed"),
        { Run: { Kind: RunKind.Offboard, State: RunState.Done } } => Over(StepStatus.NotStarted, "Standing.Ended"),
        { Run: { Kind: RunKind.Undo, State: RunState.Done } } => ForLuware(rows, steps, "Standing.TakenBack"),
        // A run that takes back is the answer to a failed call, and has its own wait.
        { HasFailedCall: true, Run: not { TakesBack: true, IsActive: true } } => ForLuware(rows, steps, "Standing.CallFailed") with { IsStuck = true },
        _ => OfSteps(rows, steps),
    };

    private static TenantStanding Over(StepStatus status, string why) => new(status) { Why = new Sentence(why), IsOver = true };

    /// <summary>A state that only Luware can resolve together with the customer, whatever the steps wait for.</summary>
    private static TenantStanding ForLuware(TenantRows rows, IReadOnlyList<string> steps, string why) =>
        ForLuware(StepStatus.WaitingOnLuware, OfSteps(rows, steps).AtStep, rows, why);

    private static TenantStanding ForLuware(StepStatus status, string? step, TenantRows rows, string why) =>
        new(status, step) { Waits = WaitsFor.Luware, Who = rows.Tenant.OwnerName, Why = new Sentence(why) };

    private static TenantStanding ForCustomer(StepStatus status, string? step, string? who, Sentence? why) =>
        new(status, step) { Waits = WaitsFor.Customer, Who = who, Why = why };

    private static TenantStanding OfSteps(TenantRows rows, IReadOnlyList<string> steps)
    {
        var ordered = steps.Select(name => rows.Steps.FirstOrDefault(s => s.Step == name)).OfType<StepRow>().ToList();
        if (Order.Select(status => ordered.Find(s => s.Status == status)).FirstOrDefault(s => s is not null) is { } at)
            return At(rows, at);
        if (rows.Run?.State == RunState.Failed)
            return ForCustomer(StepStatus.Failed, null, rows.Run.ApprovedBy, new Sentence("Standing.RunFailed")) with { IsStuck = true };
        return steps.Count > 0 && steps.All(name => ordered.Exists(s => s.Step == name && s.Status.IsFinished()))
            ? new TenantStanding(StepStatus.Verified) { IsOver = true }
            : NotBegun(rows, steps.FirstOrDefault(name => !ordered.Exists(s => s.Step == name && s.Status.IsFinished())));
    }

    private static TenantStanding At(TenantRows rows, StepRow at)
    {
        var (detail, person) = (EngineJson.ReadSentence(at.DetailJson), Person(rows, at.Step));
        var standing = at.Status switch
        {
            StepStatus.Failed => ForCustomer(at.Status, at.Step, person, detail) with { IsStuck = true },
            StepStatus.ChangedSinceVerified => ForCustomer(at.Status, at.Step, person, detail ?? new Sentence("Standing.Changed")),
            StepStatus.WaitingOnLuware => Held(rows, at, WaitsFor.Luware, rows.Tenant.OwnerName, detail),
            StepStatus.WaitingOnMicrosoft => Held(rows, at, WaitsFor.Microsoft, null, detail),
            StepStatus.WaitingOnCustomer => Held(rows, at, WaitsFor.Customer, person, detail ?? new Sentence("Standing.Question")),
            StepStatus.Unknown => ForCustomer(at.Status, at.Step, person, new Sentence("Standing.Unread")),
            StepStatus.Ready => ForCustomer(at.Status, at.Step, person, new Sentence("Standing.ToApprove")),
            _ => new TenantStanding(at.Status, at.Step) { Why = detail },
        };
        // The link has expired, so nobody will use it any more; a service's refusal is still the more important reason.
        return at.Status is StepStatus.Ready or StepStatus.WaitingOnCustomer && !standing.IsStuck && rows.Expired.TryGetValue(at.Step, out var sender)
            ? standing with { Who = Sentence.Mention(sender), Why = new Sentence("Standing.LinkExpired") }
            : standing;
    }

    private static TenantStanding Held(TenantRows rows, StepRow at, WaitsFor on, string? who, Sentence? detail)
    {
        var wait = rows.Run is { IsActive: true } run ? EngineJson.Read<List<WaitView>>(run.WaitsJson).Find(w => w.Step == at.Step) : null;
        var refusal = wait?.Refusal;
        return new TenantStanding(at.Status, at.Step)
        {
            Waits = on, Who = who, Why = refusal?.What ?? wait?.For ?? detail, Next = refusal?.WhoCanFix, IsStuck = refusal is not null, Since = wait?.Since,
        };
    }

    private static TenantStanding NotBegun(TenantRows rows, string? at) => rows.Invitation switch
    {
        InvitationState.None when rows.Steps.Count == 0 => ForLuware(StepStatus.NotStarted, at, rows, "Standing.NotInvited"),
        InvitationState.Expired when rows.Steps.Count == 0 => ForLuware(StepStatus.NotStarted, at, rows, "Standing.InvitationExpired"),
        InvitationState.Open => ForCustomer(StepStatus.NotStarted, at, null, new Sentence(Invited)),
        _ => ForCustomer(StepStatus.NotStarted, at, rows.Run?.ApprovedBy, new Sentence("Standing.NotBegun")),
    };

    /// <summary>The colleague who has the step, or else the approver of the run.</summary>
    private static string? Person(TenantRows rows, string step) =>
        rows.Handed.GetValueOrDefault(step) is { } colleague ? Sentence.Mention(colleague) : rows.Run?.ApprovedBy;
}
