using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine;

internal sealed class Aftercare(
    Admission admission, RunCommands runs, Journal journal, LinkRevocation revocation, ISessions sessions, RunFeed feed, RemoteCalls calls, IServiceScopeFactory scopes,
    IDbContextFactory<PortalDbContext> contexts, IOptions<OwnApplicationOptions> own, IOptions<EngineOptions> options) : IAftercare
{
    public async Task<Decision> RecordTestCallAsync(Actor actor, TestCallKind kind, bool worked, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitWorkerAsync(actor, cancellationToken);
        var woken = await contexts.ChangeAsync(customer.Id, async db =>
        {
            journal.Add(db, TestCalls.Line(customer.Id, actor, kind, worked));
            return worked ? await runs.NudgeAsync(db, actor: null, cancellationToken) : [];
        }, cancellationToken);
        feed.Publish(customer.Id);
        await runs.WakeAsync(woken, cancellationToken);
        return Decision.Accepted;
    }

    public async Task<OffboardingPlan> PlanOffboardingAsync(Actor actor, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitWorkerAsync(actor, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<OffboardingPlanner>().PlanAsync(customer, actor.Access, cancellationToken);
        }
        catch (WrongIdentityException e)
        {
            throw new UnauthorizedAccessException("Another tenant or person answered than the one signed in.", e);
        }
    }

    public async Task<Decision> OffboardAsync(Actor actor, OffboardingPlan plan, CancellationToken cancellationToken)
    {
        var right = await admission.AdmitDeciderAsync(actor, step: null, cancellationToken);
        var customer = right.IsColleague ? throw new UnauthorizedAccessException("To a colleague one step was handed.") : right.Customer;
        if (plan.EntraTenantId != customer.EntraTenantId)
            throw new UnauthorizedAccessException("The plan is of another tenant.");
        if (plan.Obstacle is { } reason)
            return new Decision(reason);
        if (plan.IsUnread)
            return new Decision(new Sentence("Engine.OffboardingUnread"));
        if (!plan.StepsToTakeBack.Any())
            return new Decision(new Sentence("Engine.NothingToTakeBack"));
        if (await admission.FindObstacleAsync(actor, right, cancellationToken) is { } obstacle)
            return new Decision(obstacle);
        return await runs.OffboardAsync(customer.Id, actor, plan, cancellationToken);
    }

    public async Task<OwnAccess> ReadOwnAccessAsync(Actor actor, CancellationToken cancellationToken)
    {
        await admission.AdmitWorkerAsync(actor, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var directory = scope.ServiceProvider.GetRequiredService<IDirectory>();
        try
        {
            var answer = await calls.AskAsync(
                token => directory.FindServicePrincipalAsync(actor.Access, own.Value.ClientId, token), new CallLimit(options.Value.ReadLimit), _ => null, cancellationToken);
            return new OwnAccess(own.Value.ClientId, answer.Value?.Id);
        }
        catch (WrongIdentityException e)
        {
            throw new UnauthorizedAccessException("Another tenant or person answered than the one signed in.", e);
        }
    }

    public async Task<Decision> EndAccessAsync(Actor actor, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitWorkerAsync(actor, cancellationToken);
        if (await admission.FindObstacleAsync(actor, new Right(customer, null), isLeaving: true, cancellationToken) is { } obstacle)
            return new Decision(obstacle);

        var isAtWork = false;
        await contexts.ChangeAsync(customer.Id, async db =>
        {
            isAtWork = await db.Runs.AnyAsync(Run.Active, cancellationToken);
            if (isAtWork)
                return;

            await revocation.RevokeAllAsync(db, actor, cancellationToken);
            journal.Add(db, new JournalLine(customer.Id, null, JournalKind.AccessEnded, new Sentence("Engine.AccessEnded", actor.Mention)) { Person = actor.Access.PersonId });
        }, cancellationToken);
        if (isAtWork)
            return new Decision(new Sentence("Engine.AccessInUse"));

        await sessions.DeleteOfTenantAsync(customer.EntraTenantId, cancellationToken);
        feed.Publish(customer.Id);
        return Decision.Accepted;
    }
}

/// <summary>The portal's own application; bound from the section Entra.</summary>
internal sealed class OwnApplicationOptions
{
    public Guid ClientId { get; set; }
}
