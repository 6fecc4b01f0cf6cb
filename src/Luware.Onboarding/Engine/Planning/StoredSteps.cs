using Luware.Onboarding.Data.Entities;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>One tenant's stored choices and latest readings.</summary>
internal sealed record StoredSteps(StepChoices Choices, IReadOnlyDictionary<string, StepRecord> Records)
{
    private readonly Dictionary<string, StepPlan> plans = Records.Values
        .Where(r => r.PlanJson is not null)
        .ToDictionary(r => r.Step, r => SharedPlans.Read(r.PlanJson!), StringComparer.Ordinal);

    public StepPlan? Plan(string step) => plans.GetValueOrDefault(step);

    /// <summary>The groups that Luware is told about, so that it synchronises them.</summary>
    public IEnumerable<Guid> GroupsForLuware => plans.Values.SelectMany(p => p.ForLuware).Select(v => v.Group).OfType<Guid>().Distinct().Order();

    public bool IsSkipped(string step) => Plan(step) is { IsSkipped: true };

    /// <summary>The stored plan, if it was made with the current choices.</summary>
    public StepPlan? FreshPlan(StepGraph graph, string step) =>
        Records.TryGetValue(step, out var record) && ChoicesDigest.IsOf(record, graph, Choices) ? Plan(step) : null;

    /// <summary>
    /// What the readings found, where the values of this run's plan take precedence for <paramref name="step"/>, because later readings follow the current
    /// choices.
    /// </summary>
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

    /// <summary>The values that readings found for other steps.</summary>
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
    /// <summary>Replaces a step's values by those of a fresh reading.</summary>
    public static void Learn(this Dictionary<string, string> known, StepPlan plan)
    {
        foreach (var gone in known.Keys.Where(k => k.StartsWith(plan.Step + "/", StringComparison.Ordinal)).ToList())
            known.Remove(gone);
        foreach (var (key, value) in plan.Outputs)
            known[key] = value;
    }
}
