using System.Runtime.CompilerServices;
using System.Text.Json;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine;

internal sealed class OnboardingEngine(
    Admission admission, CustomerTenants tenants, ViewReader views, PlanningQueue planning, RunCommands runs, UndoScripts undoScripts, SetupScripts scripts,
    ScriptReports reports, StepGraph graph, RunFeed feed, AuditTrail audit, IDbContextFactory<PortalDbContext> contexts, TimeProvider time) : IEngine
{
    private static readonly TimeSpan ViewInterval = TimeSpan.FromMilliseconds(100);

    public async Task<OnboardingView?> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await admission.CheckSessionAsync(actor, cancellationToken);
        return await tenants.FindAsync(actor.Access.TenantId, cancellationToken) is { } customer ? await ViewAsync(actor, customer, cancellationToken) : null;
    }

    public async IAsyncEnumerable<OnboardingView> FollowAsync(Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitAsync(actor, cancellationToken);
        await foreach (var _ in feed.FollowAsync(customer.Id, cancellationToken))
        {
            await admission.CheckSessionAsync(actor, cancellationToken);
            if (await ViewAsync(actor, customer, cancellationToken) is { } view)
                yield return view;
            await Task.Delay(ViewInterval, time, cancellationToken);
        }
    }

    public async Task PlanAsync(Actor actor, string? step, CancellationToken cancellationToken)
    {
        var right = await admission.AdmitToAsync(actor, step, cancellationToken);
        foreach (var only in step is null ? right.Handed ?? (IEnumerable<string?>)[null] : [Known(step)])
            await planning.PlanAsync(right.Customer.Id, actor.Access, new ReadingScope(only, Alone: right.IsColleague), cancellationToken);
    }

    public async Task ChooseAsync<T>(Actor actor, string step, T choices, CancellationToken cancellationToken) where T : notnull
    {
        var customer = (await admission.AdmitToAsync(actor, step, cancellationToken)).Customer;
        var json = JsonSerializer.Serialize(choices, JsonSerializerOptions.Web);
        var (now, person) = (time.GetUtcNow(), actor.Access.PersonId);
        await contexts.ChangeAsync(customer.Id, async db =>
        {
            var row = await db.Choices.SingleOrDefaultAsync(c => c.Step == step, cancellationToken);
            // Whoever says the same again has chosen nothing: what rests on somebody's word goes on resting on theirs.
            if (row?.Json == json)
                return;
            if (row is not null)
                (row.Json, row.ChosenAt, row.ChosenBy) = (json, now, person);
            else
                db.Choices.Add(new StepChoice { TenantId = customer.Id, Step = Known(step), Json = json, ChosenAt = now, ChosenBy = person });
            audit.Add(db, new AuditLine(customer.Id, AuditKinds.ChoicesChanged) { Subject = step, Person = person, Data = new AuditData { ["choices"] = JsonSerializer.SerializeToElement(choices, JsonSerializerOptions.Web) } });
        }, cancellationToken);
        feed.Publish(customer.Id);
    }

    public async Task<Decision> ApproveAsync(Actor actor, string digest, CancellationToken cancellationToken)
    {
        var right = await admission.AdmitDeciderAsync(actor, step: null, cancellationToken);
        if (right.IsColleague)
        {
            var view = await ViewAsync(actor, right.Customer, cancellationToken);
            if (view?.Steps.FirstOrDefault(s => s.Approval?.Digest == digest) is not { Step: var step })
                return new Decision(new Sentence("Engine.PlanOutdated"));
            right = right.For(step);
        }

        if (await admission.FindObstacleAsync(actor, right, cancellationToken) is { } obstacle)
            return new Decision(obstacle);
        return await runs.ApproveAsync(right, actor, digest, cancellationToken);
    }

    public async Task<Decision> ConfirmAsync(Actor actor, Guid runId, string step, string actionKey, int people, CancellationToken cancellationToken)
    {
        var right = await admission.AdmitDeciderAsync(actor, step, cancellationToken);
        if (await admission.FindObstacleAsync(actor, right.For(step), cancellationToken) is { } obstacle)
            return new Decision(obstacle);
        return await runs.ConfirmAsync(right.Customer.Id, actor, new Gated(runId, step, actionKey), people, cancellationToken);
    }

    public async Task<Decision> UndoAsync(Actor actor, string step, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitWorkerAsync(actor, cancellationToken);
        if (await undoScripts.BlocksAsync(customer.Id, actor.Access, Known(step), withChosen: false, cancellationToken) is [])
            return new Decision(new Sentence("Engine.NothingToTakeBack"));
        return await runs.UndoAsync(customer.Id, actor, step, cancellationToken);
    }

    public async Task ResumeAsync(Actor actor, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitAsync(actor, cancellationToken);
        if (await admission.FindRightAsync(actor, customer, cancellationToken) is { IsColleague: true })
            await runs.RenewAsync(customer.Id, actor, cancellationToken);
        else if (!actor.IsByLink)
            await runs.NudgeAsync(customer.Id, actor, cancellationToken);
    }

    public async Task<string?> GetUndoScriptAsync(Actor actor, string step, bool withChosen, CancellationToken cancellationToken)
    {
        var customer = (await admission.AdmitToAsync(actor, step, cancellationToken)).Customer;
        return graph.Has(step) ? await undoScripts.WriteAsync(customer, actor.Access, step, withChosen, cancellationToken) : null;
    }

    public async Task<string?> GetScriptAsync(Actor actor, string? step, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitWorkerAsync(actor, cancellationToken);
        return await scripts.WriteAsync(customer, actor.Access, step, cancellationToken);
    }

    public async Task<Decision> TakeScriptResultAsync(Actor actor, string result, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitWorkerAsync(actor, cancellationToken);
        return await reports.TakeAsync(customer, actor, result, cancellationToken);
    }

    private async Task<OnboardingView?> ViewAsync(Actor actor, CustomerTenant customer, CancellationToken cancellationToken)
    {
        var view = await views.ReadAsync(actor.Access.TenantId, cancellationToken);
        return await admission.FindRightAsync(actor, customer, cancellationToken) switch
        {
            null => view?.Withhold(),
            { Handed: { } steps } => view?.NarrowTo(steps),
            _ => view,
        };
    }

    private string Known(string step) => graph.Has(step) ? step : throw new ArgumentException($"There is no step {step}.", nameof(step));
}
