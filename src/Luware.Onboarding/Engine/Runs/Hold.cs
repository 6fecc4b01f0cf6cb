using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Why a step cannot continue now.</summary>
/// <param name="Said">What the remote system said, where the outcome does not hold it.</param>
internal sealed record Hold(StepOutcome Outcome, RemoteAnswer? Said = null)
{
    private static readonly TimeSpan LuwarePoll = TimeSpan.FromMinutes(1);
    private static readonly Uri SignIn = new("/sign-in?returnUrl=/onboarding", UriKind.Relative);
    private static readonly Uri SignInForMore = new("/sign-in/more?returnUrl=/onboarding", UriKind.Relative);

    /// <summary>All writing is stopped by Luware.</summary>
    public static readonly Hold WritesStopped =
        new(new StepOutcome.Waiting(WaitsFor.Luware, new Sentence("Engine.WritesStopped"), PollAfter: LuwarePoll)) { Reach = HoldReach.Everything };

    /// <summary>
    /// The pass was ended from outside: the run was replaced or continues with another sign-in, or the portal stops. Nothing more is written.
    /// </summary>
    public static readonly Hold Interrupted = new(new StepOutcome.Done()) { Reach = HoldReach.Everything, IsInterruption = true };

    /// <summary>The tenant's region is not configured: Luware has to choose another, or to configure it again.</summary>
    public static Hold RegionGone(string region) =>
        new(new StepOutcome.Waiting(WaitsFor.Luware, new Sentence("Engine.RegionGone", region), PollAfter: LuwarePoll)) { Reach = HoldReach.Everything };

    public static Hold SignInAgain(RemoteAnswer? answer)
    {
        var why = ErrorCatalogue.WantsMore(answer) ? new Sentence("Engine.SignInStronger") : new Sentence("Engine.SignInAgain");
        return ToSignIn(why, SignIn, answer) with { Reach = HoldReach.SignIn };
    }

    /// <summary>A run that takes back continues only with the sign-in of the person who requested it.</summary>
    public static Hold AskerSignIn(string asker) =>
        ToSignIn(new Sentence("Engine.AskerSignIn", asker), SignIn, answer: null) with { Reach = HoldReach.SignIn };

    /// <param name="admission">How long the colleague is still admitted; after that the run continues with its own sign-in.</param>
    public static Hold ColleagueSignIn(Guid colleague, TimeSpan admission) =>
        new(new StepOutcome.Waiting(WaitsFor.Customer, new Sentence(WaitView.ColleagueSignIn, Sentence.Mention(colleague)), PollAfter: admission));

    public static Hold ScopesMissing(RemoteAnswer? answer) => ToSignIn(new Sentence("Engine.ScopesMissing"), SignInForMore, answer);

    /// <param name="pollAfter">The pause that the service asks for; null to use the engine's own.</param>
    public static Hold Busy(RemoteAnswer? answer, TimeSpan? pollAfter) =>
        new(new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("Engine.Busy"), PollAfter: pollAfter), answer) { Why = Reason(answer), IsBusy = true };

    public static Hold Refused(Refusal refusal, RemoteAnswer answer) => refusal.On == WaitsFor.Microsoft
        ? new(new StepOutcome.Waiting(WaitsFor.Microsoft, refusal.What, PollAfter: refusal.LookAgainAfter), answer) { Why = refusal }
        : new(new StepOutcome.Refused(refusal, answer));

    /// <summary>
    /// The hold of a step that a colleague has: if Microsoft wants another sign-in, only the colleague's own helps, and everybody who reads this learns whose.
    /// </summary>
    /// <inheritdoc cref="ColleagueSignIn"/>
    public Hold ForColleague(Guid colleague, TimeSpan admission) =>
        Outcome is StepOutcome.Waiting { Link: { } link } waiting && (link == SignIn || link == SignInForMore)
            ? this with
            {
                Colleague = colleague,
                Outcome = waiting with { For = new Sentence(WaitView.ColleagueMustSignIn, Sentence.Mention(colleague)), PollAfter = admission },
            }
            : this;

    /// <inheritdoc cref="WaitView.Colleague"/>
    public Guid? Colleague { get; init; }

    /// <summary>Set when the safety gate asks.</summary>
    public GateView? Gate { get; init; }

    /// <summary>Microsoft's reason for a wait that is not a refusal.</summary>
    public Refusal? Why { get; init; }

    /// <summary>True if a service was busy. It is left alone at least for the time that it named, and longer each time.</summary>
    public bool IsBusy { get; init; }

    /// <summary>True if an action ended with this hold and its own journal line reports it.</summary>
    public bool FromAction { get; init; }

    /// <summary>True if the step itself was not read, so that nothing is known against a person's word for it.</summary>
    public bool IsUnread { get; init; }

    /// <summary>What else of the pass cannot go on either.</summary>
    public HoldReach Reach { get; init; }

    /// <summary>True if nobody is to be told anything, because the pass was ended from outside.</summary>
    public bool IsInterruption { get; private init; }

    /// <summary>What the remote system said; null when it said nothing.</summary>
    public RemoteAnswer? Answer => Outcome switch
    {
        StepOutcome.Refused refused => refused.Answer,
        StepOutcome.Failed failed => failed.Answer,
        _ => Said,
    };

    public Sentence Words => Outcome switch
    {
        StepOutcome.Waiting waiting => waiting.For,
        StepOutcome.Refused refused => refused.Refusal.Title,
        StepOutcome.Failed failed => failed.What,
        _ => throw new InvalidOperationException($"{Outcome.GetType().Name} holds nobody."),
    };

    public StepStatus Status => Outcome switch
    {
        StepOutcome.Failed => StepStatus.Failed,
        StepOutcome.Waiting { On: WaitsFor.Luware } => StepStatus.WaitingOnLuware,
        StepOutcome.Waiting { On: WaitsFor.Microsoft } => StepStatus.WaitingOnMicrosoft,
        StepOutcome.Refused { Refusal.On: WaitsFor.Luware } => StepStatus.WaitingOnLuware,
        _ => StepStatus.WaitingOnCustomer,
    };

    /// <summary>Converts the hold to the wait that pages show. Null for a failure.</summary>
    public WaitView? ToWait(string step, DateTimeOffset now) => Outcome switch
    {
        StepOutcome.Waiting waiting => new WaitView(step, waiting.On, waiting.For, now, now + waiting.PollAfter, waiting.Link, Gate, null)
        {
            Why = Why is null ? null : RefusalView.Of(Why, Answer), YieldsToApproval = waiting.YieldsToApproval, Colleague = Colleague,
        },
        StepOutcome.Refused(var refusal, _) =>
            new WaitView(step, refusal.On, refusal.Title, now, now + refusal.LookAgainAfter, null, null, RefusalView.Of(refusal, Answer)),
        _ => null,
    };

    private static Hold ToSignIn(Sentence why, Uri link, RemoteAnswer? answer) =>
        new(new StepOutcome.Waiting(WaitsFor.Customer, why, link), answer) { Why = Reason(answer) };

    private static GeneralRefusal? Reason(RemoteAnswer? answer) => answer is null ? null : ErrorCatalogue.Find(answer);
}

internal enum HoldReach
{
    /// <summary>The step alone.</summary>
    Step,

    /// <summary>Every step that is carried out with the same sign-in.</summary>
    SignIn,

    /// <summary>Every step, whoever carries it out.</summary>
    Everything,
}
