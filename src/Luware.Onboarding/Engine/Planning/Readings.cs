using System.Text.Json;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Tenants;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>Stores the latest reading of every step, and the step's status.</summary>
internal sealed class Readings(IDbContextFactory<PortalDbContext> contexts, StepGraph graph, CustomerTenants customers, RunFeed feed)
{
    public async Task<StoredSteps> LoadAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(tenantId, cancellationToken);
        return await LoadAsync(db, cancellationToken);
    }

    public static async Task<StoredSteps> LoadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var records = await db.Steps.AsNoTracking().ToListAsync(cancellationToken);
        return new StoredSteps(await ChoicesAsync(db, cancellationToken), records.ToDictionary(r => r.Step, StringComparer.Ordinal));
    }

    /// <summary>
    /// Stores a reading made for a page, unless the region's data has changed meanwhile. While a run works on the step, only the run sets its status.
    /// </summary>
    public Task StoreAsync(Guid tenantId, ReadStep read, CancellationToken cancellationToken) =>
        ChangeAsync(tenantId, read, async (db, record) =>
        {
            var before = record.ChoicesDigest;
            if (Take(record, read.Plan, read.Choices) is not { } plan)
                return;
            var active = await db.Runs.AsNoTracking().Where(Run.Active).ToListAsync(cancellationToken);
            if (active.Exists(r => RunScope.Steps(r).Contains(plan.Step)))
                return;

            // A person's word is about the choices of then: they may have withdrawn it with these.
            if (record.Status == StepStatus.VerifiedByHand && before is not null && before != record.ChoicesDigest)
                record.Move(StepStatus.Unknown, null);
            ReadingStatus.Settle(record, plan);
        }, cancellationToken);

    /// <summary>
    /// Stores a reading that a run made; the step's status is stored separately, once its consequence is known. Pages show readings of the
    /// current choices and of the region's current data, so a reading with older ones is not stored.
    /// </summary>
    public Task StoreInRunAsync(Guid tenantId, ReadStep read, CancellationToken cancellationToken) =>
        ChangeAsync(tenantId, read, async (db, record) =>
        {
            var (plan, choices) = (read.Plan, read.Choices);
            var now = await ChoicesAsync(db, cancellationToken);
            // If somebody else has made the same choice, another person vouches for the step.
            var isOfNow = plan.Word is null || plan.Word.By == now.Chosen.GetValueOrDefault(plan.Step)?.By;
            if (isOfNow && ChoicesDigest.Of(graph, plan.Step, now) == ChoicesDigest.Of(graph, plan.Step, choices))
                Take(record, plan, choices);
        }, cancellationToken);

    /// <summary>Marks a step as verified by a run's reading. A later reading by a page with the same choices decides its status instead.</summary>
    public void Verify(StepRecord record, StepPlan plan, StepChoices choices)
    {
        record.Move(StepStatus.Verified, null);
        if (!(record.VerifiedAt >= plan.ReadAt))
            record.VerifiedAt = plan.ReadAt;
        if (record.ReadAt > plan.ReadAt && IsWith(record, choices))
            SettleByReading(record);
    }

    /// <summary>True if the step's stored reading was made with these choices.</summary>
    public bool IsWith(StepRecord record, StepChoices choices) => ChoicesDigest.IsOf(record, graph, choices);

    /// <summary>Stores the reading of a step that was taken back: its verification no longer counts.</summary>
    public void TakeBack(StepRecord record, StepPlan plan, StepChoices choices)
    {
        Take(record, plan, choices);
        record.VerifiedAt = null;
        ReadingStatus.Settle(record, plan);
    }

    /// <summary>Gives a step that the run does not work on the status of its stored reading.</summary>
    public static void SettleByReading(StepRecord record)
    {
        if (record.PlanJson is { } json)
            ReadingStatus.Settle(record, EngineJson.Read<StepPlan>(json));
    }

    /// <summary>The step's record; a new one, added to the context, when it has none yet.</summary>
    public static async Task<StepRecord> RecordAsync(PortalDbContext db, Guid tenantId, string step, CancellationToken cancellationToken)
    {
        if (await db.Steps.SingleOrDefaultAsync(s => s.Step == step, cancellationToken) is { } record)
            return record;

        var added = new StepRecord { TenantId = tenantId, Step = step };
        db.Steps.Add(added);
        return added;
    }

    private static async Task<StepChoices> ChoicesAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var choices = await db.Choices.AsNoTracking().ToListAsync(cancellationToken);
        return new StepChoices(
            choices.ToDictionary(c => c.Step, c => JsonSerializer.Deserialize<JsonElement>(c.Json), StringComparer.Ordinal),
            choices.ToDictionary(c => c.Step, c => new Chosen(c.ChosenBy, c.ChosenAt), StringComparer.Ordinal));
    }

    /// <returns>The plan as it is stored; null when the stored reading is newer.</returns>
    private StepPlan? Take(StepRecord record, StepPlan plan, StepChoices choices)
    {
        if (record.ReadAt > plan.ReadAt)
            return null;

        plan = plan with { ChosenAt = choices.ChangedAt(graph.Upstream(plan.Step)) };
        record.PlanJson = EngineJson.Write(plan);
        record.ReadAt = plan.ReadAt;
        record.ChoicesDigest = ChoicesDigest.Of(graph, plan.Step, choices);
        if (plan.IsFulfilled)
            record.RegionDigest = plan.RegionDigest;
        if (plan.IsSkipped)
            record.VerifiedAt = null;
        else if (plan is { IsFulfilled: true, IsByHand: false })
            record.VerifiedAt = plan.ReadAt;
        return plan;
    }

    private async Task ChangeAsync(Guid tenantId, ReadStep read, Func<PortalDbContext, StepRecord, Task> change, CancellationToken cancellationToken)
    {
        await contexts.ChangeAsync(tenantId, async db =>
        {
            // A change of the region writes the record as well, so it must be read before the region is.
            var record = await RecordAsync(db, tenantId, read.Step.Name, cancellationToken);
            if (await customers.IsStillAsync(db, tenantId, read.Step, read.Region, cancellationToken))
                await change(db, record);
        }, cancellationToken);
        feed.Publish(tenantId);
    }
}

/// <summary>What was read of a step, and the choices and the region that it was read with.</summary>
internal sealed record ReadStep(IStep Step, StepPlan Plan, StepChoices Choices, Region Region);
