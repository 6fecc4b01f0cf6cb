using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Consent;
using Luware.Onboarding.Steps.Whitelisting;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>Step 4 of the article: compliance recording policies that invite the recorder, paired in 2N regions.</summary>
public sealed class PoliciesStep(ITeams teams, IDirectory directory, IOptions<EngineOptions> options, TimeProvider time) : IStep
{
    public const string StepName = "policies";

    /// <summary>The chosen policies that exist in the tenant.</summary>
    public const string ExistingOption = "existing";

    private const string NewPolicyPrefix = "policies/new/";

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles => PolicyPlanner.Roles;

    public string? RestsOn(Region region) => RegionTexts.Of(region.Applications.Select(a => $"{a.ApplicationId}"));

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        var choice = ChoiceOf(context);
        var read = await PolicyReadings.ReadAsync(teams, context.Access, [.. choice.Policies.Select(p => p.Name)], cancellationToken);
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        var objects = new List<PlannedObject>();
        foreach (var (policy, reading) in choice.Policies.Zip(read.Chosen).DistinctBy(p => p.First.Name, StringComparer.OrdinalIgnoreCase))
        {
            // Somebody else may have made the policy, and granted it, since it was read as absent.
            var hasNobody = WasAbsent(context, policy) && context.Past.ContainsKey(MadePolicies.Key(policy.Name));
            var ofPolicy = Objects(reading);
            if (reading.Policy is { } found && ofPolicy.Any(o => o.Action is not null))
                ofPolicy = Objects(reading with
                {
                    Reach = await PolicyReach.CountAsync(teams, directory, context.Access, [found.Name], reading.Assignments, cancellationToken),
                });
            objects.AddRange(ofPolicy);
            // Remember that the policy was absent, until it is complete. From then on it is in use, and its holders are unknown.
            if (reading.Policy is null || (hasNobody && ofPolicy.Any(o => o.Action is not null)))
                outputs[NewPolicyPrefix + policy.Name] = policy.Name;

            IReadOnlyList<PlannedObject> Objects(PolicyReading known) =>
                [.. new PolicyPlanner(context, policy, choice.KeyEndOf(policy), known, hasNobody).Objects()];
        }

        objects.AddRange(GlobalPolicy.Objects(read.LinksOfGlobal, FormerInstances.WithWanted(context)));
        var slow = Slow(context);
        var repairs = await RepairsAsync(context, slow, [.. objects.Select(o => o.Action?.Key).OfType<string>()], cancellationToken);
        foreach (var (action, since) in slow.Since)
            outputs.Keep(SlowInstances.OutputKey(action), since);

        var (chosen, why) = Words(choice);
        var existing = read.Chosen.Select(r => r.Policy?.Name).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase);
        var plan = new StepPlan(StepName, chosen, why, [.. repairs, .. objects], outputs, [.. PolicyNames.Check(choice)])
        {
            Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>(StringComparer.Ordinal)
            {
                [ExistingOption] = [.. existing.Select(n => new ChoiceOption(n, n))],
            },
        };
        return plan.HeldBy(ForeignApplications.Obstacle(context));
    }

    public async Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        if (InstanceSync.Is(action))
            return await InstanceSync.ApplyAsync(teams, context, action, cancellationToken);
        if (PolicyPlanner.Unlinks(action))
            return await teams.RemoveAsync(context, action, cancellationToken);
        return await Undo.ApplyAsync(context, action, cancellationToken)
            ?? await Slow(context).WaitAsync(action, () => teams.ApplyAsync(context, action, cancellationToken));
    }

    public async Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken) =>
        await Undo.PlanAsync(context, ChoiceOf(context).Policies.Select(p => p.Name), cancellationToken);

    public IReadOnlyList<ScriptPart> Script(StepContext context)
    {
        if (ForeignApplications.Script(context) is { } held)
            return held;

        var choice = ChoiceOf(context);
        return choice.Policies.Select((p, i) => PolicyNames.Check(p.Name, choice.Without(i))).FirstOrDefault(f => f is not null) is { } fault
            ? [new ScriptPart.Person("name", fault)]
            :
            [
                .. context.Region.Applications.Select(WhitelistingScript.Needed),
                .. choice.Policies.SelectMany(p => new PolicyScript(
                    context.Region, p, choice.KeyEndOf(p), WasAbsent(context, p), [.. FormerInstances.All(context)]).Parts()),
            ];
    }

    public Refusal? Explain(RemoteAnswer answer) => PoliciesRefusals.Explain(answer);

    private PolicyUndo Undo => new(teams, directory, options, time);

    private SlowInstances Slow(StepContext context) => new(context, time.GetUtcNow(), options.Value.ReapplyAfter);

    private static PoliciesChoice ChoiceOf(StepContext context) => context.Choices.Get<PoliciesChoice>(StepName);

    private async Task<IReadOnlyList<PlannedObject>> RepairsAsync(
        StepContext context, SlowInstances slow, IReadOnlyList<string> planned, CancellationToken cancellationToken)
    {
        var repairs = new List<PlannedObject>();
        foreach (var application in context.Region.Applications)
        {
            if (await slow.RepairAsync(application, planned, ReachAsync) is { } repair)
                repairs.Add(repair);
        }

        return repairs;

        Task<PolicyReach?> ReachAsync(Guid objectId) => PolicyReach.OfInstanceAsync(teams, directory, context.Access, objectId, cancellationToken);
    }

    /// <summary>True if the policy did not exist at the latest reading at which it was not complete, so nobody had it then.</summary>
    private static bool WasAbsent(StepContext context, PolicyChoice policy) => context.Find(NewPolicyPrefix + policy.Name) is not null;

    private static (Sentence Choice, Sentence Why) Words(PoliciesChoice choice) => choice.Policies is [var policy]
        ? (new Sentence(policy.Rules.Pick("Policies.Choice.FailClose", "Policies.Choice.FailOpen", "Policies.Choice.Custom")),
            new Sentence(policy.Rules.Pick("Policies.Why.FailClose", "Policies.Why.FailOpen", "Policies.Why.Custom")))
        : (new Sentence("Policies.Choice.Several", string.Join(", ", choice.Policies.Select(p => p.Name))), new Sentence("Policies.Why.Several"));
}
