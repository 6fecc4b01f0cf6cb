using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Offboarding;

/// <summary>Reads what every step would take back, with the choices and findings of the run that made it.</summary>
internal sealed class OffboardingPlanner(
    IStepCatalog catalog, Journal journal, CustomerTenants tenants, Commentary said, QueuePositions positions, RemoteCalls calls,
    IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    public async Task<OffboardingPlan> PlanAsync(CustomerTenant customer, TenantAccess access, CancellationToken cancellationToken)
    {
        using var position = positions.Follow(customer.Id, said);
        var (tenant, region) = tenants.Show(customer);
        var (choices, known, made) = await MadeAsync(customer.Id, cancellationToken);
        if (!region.IsConfigured)
            return await ListAsync(customer, made, choices, cancellationToken);

        var plans = new List<StepPlan>();
        foreach (var step in catalog.Entries.Select(e => e.Step).Reverse())
        {
            var past = await journal.PastAsync(customer.Id, step.Name, cancellationToken);
            if (await ReadAsync(step, new StepContext(tenant, region, access, choices, known) { Past = past }, cancellationToken) is { } plan)
            {
                var outputs = known.Where(k => k.Key.StartsWith(step.Name + "/", StringComparison.Ordinal));
                plans.Add(plan with { Outputs = outputs.ToDictionary(StringComparer.Ordinal) });
            }
        }

        return new OffboardingPlan(tenant.EntraTenantId, time.GetUtcNow(), plans, choices);
    }

    private async Task<StepPlan?> ReadAsync(IStep step, StepContext context, CancellationToken cancellationToken)
    {
        var answer = await calls.AskForPersonAsync(token => step.PlanUndoAsync(context, token), said, step.Explain, cancellationToken);
        if (answer.Exception is SignInRequiredException or ScopesMissingException)
            throw answer.Exception;
        return answer.Trouble is null ? answer.Value : Planner.Unread(step, null, answer.Trouble);
    }

    /// <summary>
    /// The plan if the region is not configured, so that steps cannot read their objects. It still lists what the portal has made, in the order in which a
    /// person removes it.
    /// </summary>
    private async Task<OffboardingPlan> ListAsync(CustomerTenant customer, List<StepPlan> made, StepChoices choices, CancellationToken cancellationToken)
    {
        var plans = new List<StepPlan>();
        foreach (var plan in made.AsEnumerable().Reverse())
        {
            var past = await journal.PastAsync(customer.Id, plan.Step, cancellationToken);
            plans.Add(plan with
            {
                Objects = [.. plan.Objects.Where(o => o.Action is { OnlyWaits: false } action && past.ContainsKey(action.Key))
                    .Select(o => new PlannedObject(o.Key, o.Name, o.Kind, ObjectState.Different, new Sentence("Engine.OffboardingByHand"), "", null))],
            });
        }

        return new OffboardingPlan(customer.EntraTenantId, time.GetUtcNow(), plans, choices)
        {
            Obstacle = new Sentence("Engine.OffboardingRegionGone", customer.Region),
        };
    }

    /// <summary>Collects the choices of the runs that made the steps; each step may have been made by another run.</summary>
    private async Task<(StepChoices Choices, Dictionary<string, string> Known, List<StepPlan> Made)> MadeAsync(
        Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(tenantId, cancellationToken);
        var stored = await Readings.LoadAsync(db, cancellationToken);
        var choices = stored.Choices;
        var made = new List<StepPlan>();
        foreach (var step in catalog.Entries.Select(e => e.Step.Name))
        {
            if (await Journal.LastMakerAsync(db, step, cancellationToken) is not { } maker)
                continue;
            made.AddRange(EngineJson.Read<List<StepPlan>>(maker.PlanJson).Where(p => p.Step == step));
            choices = choices.With(RunChoices.Read(maker.ChoicesJson), step);
        }

        return (choices, stored.KnownTo(made), made);
    }
}
