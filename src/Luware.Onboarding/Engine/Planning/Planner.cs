using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>Reads a customer's tenant step by step, each with the findings of the steps before it, and stores every reading at once.</summary>
internal sealed class Planner(
    IStepCatalog catalog, StepGraph graph, Readings readings, Journal journal, CustomerTenants tenants, Commentary said, QueuePositions positions,
    RemoteCalls calls, TimeProvider time)
{
    public async Task PlanAsync(Guid tenantId, TenantAccess access, ReadingScope scope, CancellationToken cancellationToken)
    {
        using var position = positions.Follow(tenantId, said);
        var (tenant, region) = await tenants.ShowAsync(tenantId, cancellationToken);
        var stored = await readings.LoadAsync(tenantId, cancellationToken);
        var known = stored.Known();
        foreach (var step in catalog.Entries.Select(e => e.Step).Where(s => scope.Covers(graph, s.Name)))
        {
            var past = await journal.PastAsync(tenantId, step.Name, cancellationToken);
            var (begun, context) = (time.GetUtcNow(), new StepContext(tenant, region, access, stored.Choices, known) { Past = past });
            var plan = await ReadAsync(step, stored.Plan(step.Name), context, cancellationToken) with { ReadAt = begun };
            known.Learn(plan);
            await readings.StoreAsync(tenantId, new ReadStep(step, plan, stored.Choices, region), cancellationToken);
        }
    }

    private async Task<StepPlan> ReadAsync(IStep step, StepPlan? before, StepContext context, CancellationToken cancellationToken)
    {
        if (!context.Region.IsConfigured)
            return Unread(step, before, Hold.RegionGone(context.Region.Key));

        var answer = await calls.AskForPersonAsync(token => step.PlanAsync(context, token), said, step.Explain, cancellationToken);
        if (answer.Exception is SignInRequiredException or ScopesMissingException)
            throw answer.Exception;
        return answer.Value is { } plan
            ? plan with { RegionDigest = RegionDigests.Of(step, context.Region) }
            : Unread(step, before, answer.Trouble!);
    }

    /// <summary>Returns the plan of a step that cannot be read. It keeps what the step had found before; the other steps are still read.</summary>
    public static StepPlan Unread(IStep step, StepPlan? before, Hold trouble)
    {
        var refusal = (trouble.Outcome as StepOutcome.Refused)?.Refusal;
        // A run tries again by itself and says when; a reading for a page does not.
        var why = refusal?.What ?? trouble.Why?.Title ?? trouble.Words;
        var raw = trouble.Answer?.WordForWord ?? "";
        var unread = new PlannedObject($"{step.Name}/reading", step.Name, new Sentence("Engine.Reading"), ObjectState.Unknown, why, raw)
        {
            Notes = (refusal, trouble) switch
            {
                ({ } said, _) => [said.WhoCanFix, said.WhenAgain],
                (_, { Why: { } reason }) => [reason.WhoCanFix, new Sentence("Engine.ReadAgain")],
                (_, { Outcome: StepOutcome.Waiting { On: WaitsFor.Microsoft } }) => [new Sentence("Engine.ReadAgain")],
                _ => [],
            },
        };
        return new StepPlan(
            step.Name, new Sentence("Engine.CouldNotBeRead"), why, [unread],
            before?.Outputs ?? new Dictionary<string, string>(StringComparer.Ordinal), [])
        {
            IsForbidden = refusal is not null,
            Refusal = refusal is null ? null : RefusalView.Of(refusal, trouble.Answer),
        };
    }
}

/// <summary>What is read: every step, or one.</summary>
/// <param name="Only">Null for every step.</param>
/// <param name="Alone">True to leave out dependent steps, which were not handed to the person.</param>
internal sealed record ReadingScope(string? Only, bool Alone = false)
{
    public bool Covers(StepGraph graph, string step) => Only is null || (Alone ? Only == step : graph.Downstream(Only).Contains(step));
}
