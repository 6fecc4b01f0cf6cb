using Luware.Onboarding.Data.Entities;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>One tenant's choices and latest readings as they lie in the database.</summary>
internal sealed record StoredSteps(StepChoices Choices, IReadOnlyDictionary<string, StepRecord> Records)
{
    private readonly Dictionary<string, StepPlan> plans = Records.Values
        .Where(r => r.PlanJson is not null)
        .ToDictionary(r => r.Step, r => SharedPlans.Read(r.PlanJson!), StringComparer.Ordinal);

    public StepPlan? Plan(string step) => plans.GetValueOrDefault(step);

    public bool IsSkipped(string step) => Plan(step) is { IsSkipped: true };

    /// <summary>The plan only where it was made with the choices of now.</summary>
    public StepPlan? FreshPlan(StepGraph graph, string step) =>
        Records.TryGetValue(step, out var record) && record.ChoicesDigest == ChoicesDigest.Of(graph, step, Choices) ? Plan(step) : null;

    /// <summary>The same, but of <paramref name="step"/> first what was found when this plan of a run was made: readings follow the choices of now.</summary>
    /// <param name="step">Null for every step of the plan.</param>
    public Dictionary<string, string> KnownTo(string planJson, string? step) =>
        KnownTo(EngineJson.Read<List<StepPlan>>(planJson).Where(p => step is null || p.Step == step));

    /// <inheritdoc cref="KnownTo(string, string?)"/>
    public Dictionary<string, string> KnownTo(IEnumerable<StepPlan> made)
    {
        var known = Known();
        foreach (var (key, value) in made.SelectMany(p => p.Outputs))
            known[key] = value;
        return known;
    }

    /// <summary>What the readings found for others to use.</summary>
    public Dictionary<string, string> Known()
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var plan in plans.Values)
            known.Learn(plan);
        return known;
    }
}

internal static class KnownValues
{
    /// <summary>Takes over what a fresh reading found; what it found no more is forgotten.</summary>
    public static void Learn(this Dictionary<string, string> known, StepPlan plan)
    {
        foreach (var gone in known.Keys.Where(k => k.StartsWith(plan.Step + "/", StringComparison.Ordinal)).ToList())
            known.Remove(gone);
        foreach (var (key, value) in plan.Outputs)
            known[key] = value;
    }
}
