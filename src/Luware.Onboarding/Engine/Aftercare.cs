using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Links;
using Luware.Onboarding.Settings;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine;

internal sealed class Aftercare(
    Admission admission, RunCommands runs, Journal journal, LinkRevocation revocation, ISessions sessions, RunFeed feed,
    IServiceScopeFactory scopes, IDbContextFactory<PortalDbContext> contexts, RemoteCalls calls, IOptions<OwnApplicationOptions> own) : IAftercare
{
    public async Task<Decision> RecordTestCallAsync(Actor actor, TestCallKind kind, string policy, bool worked, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitWorkerAsync(actor, cancellationToken);
        await runs.ChangeAsync(customer.Id, async db =>
        {
            journal.Add(db, TestCalls.Line(customer.Id, actor, kind, policy, worked));
            return worked ? await runs.NudgeAsync(db, actor: null, cancellationToken) : null;
        }, cancellationToken);
        return Decision.Accepted;
    }

    public async Task<OffboardingPlan> PlanOffboardingAsync(Actor actor, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitWorkerAsync(actor, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<OffboardingPlanner>().PlanAsync(customer, actor.Access, cancellationToken);
    }

    public async Task<Decision> OffboardAsync(Actor actor, OffboardingPlan plan, CancellationToken cancellationToken)
    {
        var admitted = await admission.AdmitDeciderAsync(actor, step: null, cancellationToken);
        if (plan.EntraTenantId != actor.Access.TenantId)
            throw new UnauthorizedAccessException("The plan is of another tenant.");
        if (plan.Obstacle is { } reason)
            return new Decision(reason);
        if (plan.IsUnread)
            return new Decision(new Sentence("Engine.OffboardingUnread"));
        if (!plan.StepsToTakeBack.Any())
            return new Decision(new Sentence("Engine.NothingToTakeBack"));
        return admitted.Authorization is { } authorization
            ? await runs.OffboardAsync(authorization.Customer.Id, actor, plan, cancellationToken)
            : new Decision(admitted.Obstacle);
    }

    public async Task<OwnAccess> ReadOwnAccessAsync(Actor actor, CancellationToken cancellationToken)
    {
        await admission.AdmitWorkerAsync(actor, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var directory = scope.ServiceProvider.GetRequiredService<IDirectory>();
        var answer = await calls.AskForPersonAsync(
            token => directory.FindServicePrincipalAsync(actor.Access, own.Value.ClientId, token), said: null, explain: null, cancellationToken);
        return new OwnAccess(own.Value.ClientId, answer.Value?.Id);
    }

    public async Task<Decision> EndAccessAsync(Actor actor, CancellationToken cancellationToken)
    {
        var admitted = await admission.AdmitToEndAccessAsync(actor, cancellationToken);
        if (admitted.Authorization is not { Customer: var customer })
            return new Decision(admitted.Obstacle);

        var isEnded = await contexts.ChangeAtOnceAsync(customer.Id, async db =>
        {
            // The tenant's row is read first and updated, as when a run starts, so that the two collide.
            var tenant = await db.Tenants.SingleAsync(t => t.Id == customer.Id, cancellationToken);
            if (await db.Runs.AnyAsync(Run.Active, cancellationToken))
                return false;

            db.Entry(tenant).State = EntityState.Modified;
            await revocation.RevokeAllAsync(db, actor, staffTenant: null, cancellationToken);
            var line = new JournalLine(customer.Id, null, JournalKind.AccessEnded, new Sentence("Engine.AccessEnded", actor.Mention));
            journal.Add(db, line with { Person = actor.Access.PersonId });
            await sessions.DeleteOfTenantAsync(db, customer.EntraTenantId, cancellationToken);
            return true;
        }, cancellationToken);
        if (!isEnded)
            return new Decision(new Sentence("Engine.AccessInUse"));

        feed.Publish(customer.Id);
        return Decision.Accepted;
    }
}
