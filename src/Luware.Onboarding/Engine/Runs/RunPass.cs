using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>One pass of a run, from the moment a job takes it up to its next wait or its end, with what the pass has learned so far.</summary>
internal sealed class RunPass(Run run, OnboardingTenant tenant, Region region, StoredSteps stored, Commentary said)
{
    private readonly List<StepPlan> approved = RunScope.Plans(run);
    private readonly Dictionary<string, string> known = run.Kind == RunKind.Apply ? stored.Known() : stored.KnownTo(run.PlanJson, run.Step);
    private readonly HashSet<string> finished = new(StringComparer.Ordinal);

    public Run Run { get; } = run;

    public Guid TenantId => Run.TenantId;

    public Region Region => region;

    /// <summary>The approved choices, regardless of later ones.</summary>
    public StepChoices Choices { get; } = RunChoices.Read(run.ChoicesJson);

    /// <summary>The sign-in with which the current step is read and applied.</summary>
    public TenantAccess Access { get; private set; } = run.Access;

    /// <summary>Directory roles of that person that are active now.</summary>
    public IReadOnlyList<Guid> Roles { get; private set; } = [];

    /// <summary>The steps to go through, in their order.</summary>
    public IReadOnlyList<StepEntry> Entries { get; init; } = [];

    /// <summary>The steps that are carried out with colleagues' sign-ins.</summary>
    public IReadOnlyDictionary<string, ColleagueSignIn> ColleagueSignIns { get; init; } = new Dictionary<string, ColleagueSignIn>(StringComparer.Ordinal);

    /// <summary>The messages of gateways during a call, which are stored with the line about its end.</summary>
    public Commentary Said { get; } = said;

    public StepContext Context => new(tenant, region, Access, Choices, known) { Past = Past };

    /// <summary>The actions that the portal has begun in the current step.</summary>
    public IReadOnlyDictionary<string, PastAction> Past { get; set; } = new Dictionary<string, PastAction>(StringComparer.Ordinal);

    /// <summary>The steps that the run is about. Their other dependencies are read but not changed.</summary>
    public IReadOnlySet<string> Scope { get; } = RunScope.Steps(run);

    public ColleagueSignIn? ColleagueOf(string step) => Run.Kind == RunKind.Apply ? ColleagueSignIns.GetValueOrDefault(step) : null;

    public void Use(TenantAccess access, IReadOnlyList<Guid> roles) => (Access, Roles) = (access, roles);

    public StepRecord? Stored(string step) => stored.Records.GetValueOrDefault(step);

    /// <summary>The step's plan as it was stored when the pass began.</summary>
    public StepPlan? Plan(string step) => stored.Plan(step);

    /// <summary>True if the step was approved as skipped or is skipped now. Doing less than was approved needs no new approval.</summary>
    public bool Skips(StepGraph graph, string step) => WasSkipped(step) || stored.FreshPlan(graph, step) is { IsSkipped: true };

    public bool WasSkipped(string step) => approved.Find(p => p.Step == step) is { IsSkipped: true };

    /// <summary>
    /// True when the approval covers the action. Taking one step back is never delayed; in off-boarding the actions must be the approved ones, but not
    /// the number of people. Waiting longer than was approved needs no new approval.
    /// </summary>
    public bool Covers(string step, PlannedAction action) => Run.Kind switch
    {
        RunKind.Undo => true,
        RunKind.Offboard => action.OnlyWaits || approved.Find(step, action.Key)?.Essence == action.Essence,
        _ => approved.Covers(step, action),
    };

    /// <summary>True when the approval leaves the object for a person to remove.</summary>
    public bool Stays(string step, PlannedObject item) =>
        Run.Kind == RunKind.Offboard && approved.Exists(p => p.Step == step && p.Objects.Any(o => o.Key == item.Key && OffboardingPlan.Stays(o)));

    public void Learn(StepPlan plan) => known.Learn(plan);

    public void Finish(string step) => finished.Add(step);

    /// <summary>The first dependency that is not finished; null when the step may go on.</summary>
    public string? Missing(StepEntry entry) => entry.DependsOn.FirstOrDefault(d => !finished.Contains(d));
}
