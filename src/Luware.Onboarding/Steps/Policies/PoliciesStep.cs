using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>Step 4 of the article: a compliance recording policy that invites the recorder, paired in 2N regions.</summary>
public sealed class PoliciesStep(ITeams teams, IDirectory directory, TimeProvider time) : IStep
{
    public const string StepName = "policies";

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles => PolicyPlanner.Roles;

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        var choice = context.Choices.Get<PoliciesChoice>(StepName);
        var reading = await PolicyReading.ReadAsync(teams, directory, context.Access, choice.Name, cancellationToken);
        return new StepPlan(
            StepName, time.GetUtcNow(),
            new Sentence(choice.FailClose ? "Policies.Choice.FailClose" : "Policies.Choice.FailOpen"),
            new Sentence(choice.FailClose ? "Policies.Why.FailClose" : "Policies.Why.FailOpen"),
            [.. new PolicyPlanner(context, choice, reading).Objects()],
            new Dictionary<string, string>(StringComparer.Ordinal),
            [.. new[] { PolicyNames.Check(choice.Name), PolicyNames.CheckDescription(choice.Description) }.OfType<Sentence>()]);
    }

    public Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken) =>
        teams.ApplyAsync(context, action, cancellationToken);

    public Refusal? Explain(RemoteAnswer answer) => PoliciesRefusals.Explain(answer);
}
