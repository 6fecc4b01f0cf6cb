using System.Runtime.CompilerServices;
using System.Text.Json;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine;

internal sealed class OnboardingEngine(
    Admission admission, CustomerTenants tenants, ViewReader views, PlanningQueue planning, RunCommands runs, UndoScripts undoScripts, SetupScripts scripts,
    ScriptReports reports, StepGraph graph, RunFeed feed, IDbContextFactory<PortalDbContext> contexts, TimeProvider time) : IEngine
{
    private static readonly TimeSpan ViewInterval = TimeSpan.FromMilliseconds(100);

    public async Task<OnboardingView?> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        await admission.CheckSessionAsync(actor, cancellationToken);
        return await ViewAsync(actor, cancellationToken);
    }

    public async IAsyncEnumerable<OnboardingView> FollowAsync(Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitAsync(actor, cancellationToken);
        await foreach (var _ in feed.FollowAsync(customer.Id, cancellationToken))
        {
            await admission.CheckSessionAsync(actor, cancellationToken);
            if (await ViewAsync(actor, cancellationToken) is { } view)
                yield return view;
            await Task.Delay(ViewInterval, time, cancellationToken);
        }
    }

    public async Task PlanAsync(Actor actor, string? step, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitWorkerAsync(actor, cancellationToken);
        await planning.PlanAsync(customer.Id, actor.Access, step is null ? null : Known(step), cancellationToken);
        await runs.LetGoAsync(customer.Id, cancellationToken);
    }

    public async Task ChooseAsync<T>(Actor actor, string step, T choices, CancellationToken cancellationToken) where T : notnull
    {
        var customer = await admission.AdmitWorkerAsync(actor, cancellationToken);
        var json = JsonSerializer.Serialize(choices, JsonSerializerOptions.Web);
        var (now, person) = (time.GetUtcNow(), actor.Access.PersonId);
        await contexts.ChangeAsync(customer.Id, async db =>
        {
            if (await db.Choices.SingleOrDefaultAsync(c => c.Step == step, cancellationToken) is { } row)
                (row.Json, row.ChosenAt, row.ChosenBy) = (json, now, person);
            else
                db.Choices.Add(new StepChoice { TenantId = customer.Id, Step = Known(step), Json = json, ChosenAt = now, ChosenBy = person });
        }, cancellationToken);
        feed.Publish(customer.Id);
    }

    public async Task<Decision> ApproveAsync(Actor actor, string digest, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitAsync(actor, cancellationToken);
        if (await admission.FindObstacleAsync(actor, cancellationToken) is { } obstacle)
            return new Decision(obstacle);
        return await runs.ApproveAsync(customer.Id, actor, digest, cancellationToken);
    }

    public async Task<Decision> ConfirmAsync(Actor actor, Guid runId, string step, string actionKey, int people, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitAsync(actor, cancellationToken);
        if (await admission.FindObstacleAsync(actor, cancellationToken) is { } obstacle)
            return new Decision(obstacle);
        return await runs.ConfirmAsync(customer.Id, actor, new Gated(runId, step, actionKey), people, cancellationToken);
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
        await runs.NudgeAsync(customer.Id, actor, cancellationToken);
    }

    public async Task ReturnAsync(Guid entraTenantId, string step, string actionKey, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(entraTenantId, cancellationToken) is { } customer)
            await runs.ReturnAsync(customer.Id, Known(step), actionKey, cancellationToken);
    }

    public async Task WakeAsync(Guid entraTenantId, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(entraTenantId, cancellationToken) is { } customer)
            await runs.NudgeAsync(customer.Id, null, cancellationToken);
    }

    public async Task<string?> GetUndoScriptAsync(Actor actor, string step, bool withChosen, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitWorkerAsync(actor, cancellationToken);
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

    private async Task<OnboardingView?> ViewAsync(Actor actor, CancellationToken cancellationToken)
    {
        var view = await views.ReadAsync(actor.Access.TenantId, cancellationToken);
        return admission.IsWorker(actor) ? view : view?.Withhold();
    }

    private string Known(string step) => graph.Has(step) ? step : throw new ArgumentException($"There is no step {step}.", nameof(step));
}
