using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>Step 4 of the article: a compliance recording policy that invites the recorder, paired in 2N regions.</summary>
public sealed class PoliciesStep(ITeams teams, IDirectory directory, IOptions<EngineOptions> options, TimeProvider time) : IStep
{
    public const string StepName = "policies";

    private const string NewPolicyKey = "policies/new";

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles => PolicyPlanner.Roles;

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        var choice = context.Choices.Get<PoliciesChoice>(StepName);
        var reading = await PolicyReading.ReadAsync(teams, directory, context.Access, choice.Name, cancellationToken);
        IReadOnlyList<PlannedObject> objects = [.. new PolicyPlanner(context, choice, reading, HasNobody(context, choice)).Objects()];
        return new StepPlan(
            StepName, time.GetUtcNow(),
            new Sentence(choice.FailClose ? "Policies.Choice.FailClose" : "Policies.Choice.FailOpen"),
            new Sentence(choice.FailClose ? "Policies.Why.FailClose" : "Policies.Why.FailOpen"),
            objects, Outputs(context, choice, reading, objects),
            [.. new[] { PolicyNames.Check(choice.Name), PolicyNames.CheckDescription(choice.Description) }.OfType<Sentence>()]);
    }

    public async Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken) =>
        await Undo.ApplyAsync(context, action, cancellationToken) ?? await teams.ApplyAsync(context, action, cancellationToken);

    public async Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken) =>
        await Undo.PlanAsync(context, [context.Choices.Get<PoliciesChoice>(StepName).Name], cancellationToken);

    public IReadOnlyList<ScriptPart> Script(StepContext context)
    {
        var choice = context.Choices.Get<PoliciesChoice>(StepName);
        return PolicyNames.Check(choice.Name) is { } fault
            ? [new ScriptPart.Person("name", fault)]
            : [.. new PolicyScript(context.Region, choice, HasNobody(context, choice)).Parts()];
    }

    public Refusal? Explain(RemoteAnswer answer) => PoliciesRefusals.Explain(answer);

    private PolicyUndo Undo => new(teams, directory, options, time);

    /// <summary>The policy was not there when the portal began with it, so nobody can have had it before.</summary>
    private static bool HasNobody(StepContext context, PoliciesChoice choice) => TeamsAnswers.IsSameName(context.Find(NewPolicyKey), choice.Name);

    /// <summary>Remembers a policy that was absent until it is complete: from then on it is in use, and whoever has it is not known.</summary>
    private static Dictionary<string, string> Outputs(StepContext context, PoliciesChoice choice, PolicyReading reading, IReadOnlyList<PlannedObject> objects)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (reading.Policy is null || (HasNobody(context, choice) && objects.Any(o => o.Action is not null)))
            outputs[NewPolicyKey] = choice.Name;
        return outputs;
    }
}
