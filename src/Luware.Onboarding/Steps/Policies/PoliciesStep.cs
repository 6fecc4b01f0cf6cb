using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
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
        var (readings, ofGlobal) = await PolicyReading.ReadAsync(teams, context.Access, [.. choice.Policies.Select(p => p.Name)], cancellationToken);
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        var objects = new List<PlannedObject>();
        foreach (var (policy, reading) in choice.Policies.Zip(readings).DistinctBy(p => p.First.Name, StringComparer.OrdinalIgnoreCase))
        {
            var ofPolicy = Objects(reading);
            if (reading.Policy is { } found && ofPolicy.Any(o => o.Action is not null))
                ofPolicy = Objects(reading with { Reach = await PolicyReach.CountAsync(teams, directory, context.Access, [found.Name], reading.Assignments, cancellationToken) });
            objects.AddRange(ofPolicy);
            // Remember that the policy was absent, until it is complete. From then on it is in use, and its holders are unknown.
            if (reading.Policy is null || (HasNobody(context, policy) && ofPolicy.Any(o => o.Action is not null)))
                outputs[NewPolicyPrefix + policy.Name] = policy.Name;

            IReadOnlyList<PlannedObject> Objects(PolicyReading read) => [.. new PolicyPlanner(context, policy, choice.KeyEndOf(policy), read, HasNobody(context, policy)).Objects()];
        }

        objects.AddRange(GlobalPolicy.Objects(ofGlobal, FormerInstances.WithWanted(context).Contains));
        var slow = Slow(context);
        objects.InsertRange(0, context.Region.Applications.Select(a => slow.Repair(a, objects.Select(o => o.Action?.Key).OfType<string>())).OfType<PlannedObject>().ToList());
        foreach (var (action, since) in slow.Since)
            outputs.Keep(SlowInstances.OutputKey(action), since);

        var (chosen, why) = Words(choice);
        return new StepPlan(StepName, time.GetUtcNow(), chosen, why, objects, outputs, [.. PolicyNames.Check(choice)])
        {
            Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>(StringComparer.Ordinal)
            {
                [ExistingOption] = [.. readings.Select(r => r.Policy?.Name).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Select(n => new ChoiceOption(n, n))],
            },
        };
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
        var choice = ChoiceOf(context);
        return choice.Policies.Select((p, i) => PolicyNames.Check(p.Name, choice.Without(i))).FirstOrDefault(f => f is not null) is { } fault
            ? [new ScriptPart.Person("name", fault)]
            :
            [
                .. context.Region.Applications.Select(WhitelistingScript.Needed),
                .. choice.Policies.SelectMany(p => new PolicyScript(context.Region, p, choice.KeyEndOf(p), HasNobody(context, p)).Parts()),
            ];
    }

    public Refusal? Explain(RemoteAnswer answer) => PoliciesRefusals.Explain(answer);

    private PolicyUndo Undo => new(teams, directory, options, time);

    private SlowInstances Slow(StepContext context) => new(context, time.GetUtcNow(), options.Value.ReapplyAfter);

    private static PoliciesChoice ChoiceOf(StepContext context) => context.Choices.Get<PoliciesChoice>(StepName);

    /// <summary>True if the policy did not exist when the portal began to create it, so nobody can have had it before.</summary>
    private static bool HasNobody(StepContext context, PolicyChoice policy) => context.Find(NewPolicyPrefix + policy.Name) is not null;

    private static (Sentence Choice, Sentence Why) Words(PoliciesChoice choice) => choice.Policies is [var policy]
        ? (new Sentence(policy.Rules.Pick("Policies.Choice.FailClose", "Policies.Choice.FailOpen", "Policies.Choice.Custom")),
            new Sentence(policy.Rules.Pick("Policies.Why.FailClose", "Policies.Why.FailOpen", "Policies.Why.Custom")))
        : (new Sentence("Policies.Choice.Several", string.Join(", ", choice.Policies.Select(p => p.Name))), new Sentence("Policies.Why.Several"));
}
