using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>One time that a job takes a run up, from its row to its next wait or its end. It holds what the pass has learned so far.</summary>
internal sealed class RunPass(Run run, OnboardingTenant tenant, Region region, StoredSteps stored, Commentary said)
{
    private readonly List<StepPlan> approved = RunScope.Plans(run);
    private readonly Dictionary<string, string> known = run.Kind == RunKind.Apply ? stored.Known() : stored.KnownTo(run.PlanJson, run.Step);
    private readonly HashSet<string> finished = new(StringComparer.Ordinal);

    public Run Run { get; } = run;

    public Guid TenantId => Run.TenantId;

    public Region Region => region;

    /// <summary>The choices that were approved, whatever was chosen since.</summary>
    public StepChoices Choices { get; } = RunChoices.Read(run.ChoicesJson);

    /// <summary>Whose rights the step at work is read and done with.</summary>
    public TenantAccess Access { get; private set; } = run.Access;

    /// <summary>Directory roles of that person that are active now.</summary>
    public IReadOnlyList<Guid> Roles { get; private set; } = [];

    /// <summary>The steps to go through, in their order.</summary>
    public IReadOnlyList<StepEntry> Entries { get; init; } = [];

    /// <summary>The steps that colleagues carry.</summary>
    public IReadOnlyDictionary<string, Carrier> Carriers { get; init; } = new Dictionary<string, Carrier>(StringComparer.Ordinal);

    /// <summary>What the gateways say meanwhile; it goes with the line that says how a call ended.</summary>
    public Commentary Said { get; } = said;

    public StepContext Context => new(tenant, region, Access, Choices, known) { Past = Past };

    /// <summary>What the portal has begun in the step that is at work.</summary>
    public IReadOnlyDictionary<string, PastAction> Past { get; set; } = new Dictionary<string, PastAction>(StringComparer.Ordinal);

    /// <summary>The steps that the run is about. Others that these rest on are read, and nothing is done in them.</summary>
    public IReadOnlySet<string> Scope { get; } = RunScope.Steps(run);

    public Carrier? CarrierOf(string step) => Run.Kind == RunKind.Apply ? Carriers.GetValueOrDefault(step) : null;

    public void Use(TenantAccess access, IReadOnlyList<Guid> roles) => (Access, Roles) = (access, roles);

    public StepRecord? Stored(string step) => stored.Records.GetValueOrDefault(step);

    /// <summary>The customer goes without the step: it was approved so, or is chosen so by now. To do less than was approved needs no new approval.</summary>
    public bool Skips(StepGraph graph, string step) => WasSkipped(step) || stored.FreshPlan(graph, step) is { IsSkipped: true };

    public bool WasSkipped(string step) => approved.Find(p => p.Step == step) is { IsSkipped: true };

    /// <summary>
    /// Taking one step back must not be held up. Of everything that is taken back the actions count, not how many people have joined since;
    /// and to wait longer than was approved needs no new approval.
    /// </summary>
    public bool Covers(string step, PlannedAction action) => Run.Kind switch
    {
        RunKind.Undo => true,
        RunKind.Offboard => action.OnlyWaits || approved.Find(step, action.Key)?.Essence == action.Essence,
        _ => approved.Covers(step, action),
    };

    /// <summary>The approval says that it stays, for a person to remove.</summary>
    public bool Stays(string step, PlannedObject item) =>
        Run.Kind == RunKind.Offboard && approved.Exists(p => p.Step == step && p.Objects.Any(o => o.Key == item.Key && OffboardingPlan.Stays(o)));

    public void Learn(StepPlan plan) => known.Learn(plan);

    public void Finish(string step) => finished.Add(step);

    /// <summary>The first step that this one still waits for; null where it may go on.</summary>
    public string? Missing(StepEntry entry) => entry.DependsOn.FirstOrDefault(d => !finished.Contains(d));
}
