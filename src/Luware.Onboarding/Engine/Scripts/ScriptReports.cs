using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Engine.Scripts;

/// <summary>
/// Takes the result of a script that a person ran. The portal reads the tenant itself; only a step that it may not read becomes verified by hand,
/// by that person.
/// </summary>
internal sealed class ScriptReports(
    IDbContextFactory<PortalDbContext> contexts, IServiceScopeFactory scopes, StepGraph graph, CustomerTenants customers, PlanningQueue planning,
    RunCommands runs, Journal journal, RunFeed feed, TimeProvider time)
{
    public async Task<Decision> TakeAsync(CustomerTenant customer, Actor actor, string json, CancellationToken cancellationToken)
    {
        var (result, fault) = ScriptResult.Read(json, customer.EntraTenantId, graph.Has);
        if (result is null)
            return new Decision(fault);

        await contexts.ChangeAsync(customer.Id, db =>
        {
            journal.Add(db, Line(customer, actor, JournalKind.ScriptReported, Summary(result, actor)) with { Facts = Counts(result) });
            return Task.CompletedTask;
        }, cancellationToken);

        var unreadBefore = DateTimeOffset.MinValue;
        var begun = time.GetUtcNow();
        try
        {
            await planning.PlanAsync(customer.Id, actor.Access, new ReadingScope(null), cancellationToken);
        }
        catch (SignInRequiredException)
        {
            return new Decision(new Sentence("Script.Result.SignInAgain"));
        }
        catch (ScopesMissingException)
        {
            // The steps that need the missing permissions were not read now.
            unreadBefore = begun;
        }

        await VouchAsync(customer, actor, result, unreadBefore, cancellationToken);
        await runs.NudgeAsync(customer.Id, actor, cancellationToken);
        return Decision.Accepted;
    }

    /// <param name="unreadBefore">The moment before which a reading does not count, because a permission was missing now.</param>
    private async Task VouchAsync(CustomerTenant customer, Actor actor, ScriptResult result, DateTimeOffset unreadBefore, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var entries = scope.ServiceProvider.GetRequiredService<IStepCatalog>().Entries;
        await contexts.ChangeAsync(customer.Id, async db =>
        {
            // An active run alone sets the status of its steps.
            var inRun = (await db.Runs.AsNoTracking().Where(Run.Active).ToListAsync(cancellationToken)).SelectMany(RunScope.Steps);
            var records = await db.Steps.ToDictionaryAsync(s => s.Step, StringComparer.Ordinal, cancellationToken);
            // A change of the region writes the records as well, so they must be read before the region is.
            var region = (await customers.ShowAsync(db, customer.Id, cancellationToken)).Region;
            foreach (var step in result.Steps.Where(s => s.IsComplete).Select(s => s.Step).Except(inRun, StringComparer.Ordinal))
            {
                if (!records.TryGetValue(step, out var record))
                    db.Steps.Add(record = new StepRecord { TenantId = customer.Id, Step = step });
                if (!MayNotRead(record, unreadBefore))
                    continue;

                var by = new Sentence("Script.VerifiedByHand", actor.Mention);
                record.Move(StepStatus.VerifiedByHand, EngineJson.Write(by));
                if (region.IsConfigured)
                    record.RegionDigest = RegionDigests.Of(entries.Single(e => e.Step.Name == step).Step, region);
                journal.Add(db, Line(customer, actor, JournalKind.StepVerifiedByHand, by) with { Step = step });
            }
        }, cancellationToken);
        feed.Publish(customer.Id);
    }

    private static bool MayNotRead(StepRecord record, DateTimeOffset unreadBefore) =>
        (record.ReadAt ?? DateTimeOffset.MinValue) < unreadBefore
        || (record.PlanJson is { } json && EngineJson.Read<StepPlan>(json).IsForbidden);

    private static JournalLine Line(CustomerTenant customer, Actor actor, JournalKind kind, Sentence text) =>
        new(customer.Id, customer.CurrentRunId, kind, text) { Person = actor.Access.PersonId };

    private static AuditData Counts(ScriptResult result)
    {
        var facts = new AuditData();
        foreach (var state in Enum.GetValues<ScriptedState>())
            facts[$"count{state}"] = result.Count(state);
        return facts;
    }

    private static Sentence Summary(ScriptResult result, Actor actor) => new(
        "Script.Reported", actor.Mention, $"{result.Count(ScriptedState.Made)}", $"{result.Count(ScriptedState.Found)}",
        $"{result.Count(ScriptedState.ByHand) + result.Count(ScriptedState.LeftOut)}", $"{result.Count(ScriptedState.Failed)}");
}
