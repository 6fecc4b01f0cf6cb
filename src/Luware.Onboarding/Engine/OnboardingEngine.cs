using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine;

internal sealed class OnboardingEngine(
    Admission admission, PersonViews views, PlanningQueue planning, RunCommands runs, ChoiceStore choiceStore, UndoScripts undoScripts, SetupScripts scripts,
    ScriptReports reports, StepGraph graph) : IEngine
{
    public Task<OnboardingView?> ReadAsync(Actor actor, CancellationToken cancellationToken) => views.ReadAsync(actor, cancellationToken);

    public IAsyncEnumerable<OnboardingView> FollowAsync(Actor actor, CancellationToken cancellationToken) => views.FollowAsync(actor, cancellationToken);

    public async Task PlanAsync(Actor actor, string? step, CancellationToken cancellationToken)
    {
        var authorization = await admission.AdmitToAsync(actor, step, cancellationToken);
        foreach (var only in step is null ? authorization.Handed ?? (IEnumerable<string?>)[null] : [Known(step)])
            await planning.PlanAsync(authorization.Customer.Id, actor.Access, new ReadingScope(only, Alone: authorization.IsColleague), cancellationToken);
    }

    public async Task ChooseAsync<T>(Actor actor, string step, T choices, CancellationToken cancellationToken) where T : notnull
    {
        var customer = (await admission.AdmitToAsync(actor, step, cancellationToken)).Customer;
        await choiceStore.StoreAsync(customer.Id, actor.Access.PersonId, Known(step), choices, cancellationToken);
    }

    public async Task<Decision> ApproveAsync(Actor actor, string digest, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitAsync(actor, cancellationToken);
        string? step = null;
        if (await admission.FindAsync(actor, customer, cancellationToken) is { IsColleague: true })
        {
            var view = await views.ReadAsync(actor, customer, cancellationToken);
            step = view?.Steps.FirstOrDefault(s => s.Approval?.Digest == digest)?.Step;
            if (step is null)
                return new Decision(new Sentence("Engine.PlanOutdated"));
        }

        var admitted = await admission.AdmitDeciderAsync(actor, step, cancellationToken);
        return admitted.Authorization is { } authorization
            ? await runs.ApproveAsync(authorization, actor, digest, cancellationToken)
            : new Decision(admitted.Obstacle);
    }

    public async Task<Decision> ConfirmAsync(Actor actor, Guid runId, string step, string actionKey, int people, CancellationToken cancellationToken)
    {
        var admitted = await admission.AdmitDeciderAsync(actor, step, cancellationToken);
        return admitted.Authorization is { } authorization
            ? await runs.ConfirmAsync(authorization.Customer.Id, actor, new Gated(runId, step, actionKey), people, cancellationToken)
            : new Decision(admitted.Obstacle);
    }

    public async Task<Decision> UndoAsync(Actor actor, string step, CancellationToken cancellationToken)
    {
        var admitted = await admission.AdmitToUndoAsync(actor, cancellationToken);
        if (admitted.Authorization is not { Customer: var customer })
            return new Decision(admitted.Obstacle);
        if (await undoScripts.BlocksAsync(customer.Id, actor.Access, Known(step), withChosen: false, cancellationToken) is [])
            return new Decision(new Sentence("Engine.NothingToTakeBack"));
        return await runs.UndoAsync(customer.Id, actor, step, cancellationToken);
    }

    public async Task ResumeAsync(Actor actor, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitAsync(actor, cancellationToken);
        if (await admission.FindAsync(actor, customer, cancellationToken) is { IsColleague: true })
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

    private string Known(string step) => graph.Has(step) ? step : throw new ArgumentException($"There is no step {step}.", nameof(step));
}
