using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine;

/// <summary>Asks again, at every call, whether the person is still signed in, whose customer they are, and whether onboarding is theirs to do.</summary>
internal sealed class Admission(
    ISessions sessions, CustomerTenants tenants, StepGraph graph, RemoteCalls calls, IServiceScopeFactory scopes, IOptions<EngineOptions> options)
{
    /// <exception cref="UnauthorizedAccessException">The session has ended.</exception>
    public async Task CheckSessionAsync(Actor actor, CancellationToken cancellationToken)
    {
        var access = actor.Access;
        if (!await sessions.IsAliveAsync(access.SessionId, access.TenantId, access.PersonId, cancellationToken))
            throw new UnauthorizedAccessException("The session has ended.");
    }

    /// <exception cref="UnauthorizedAccessException">The session has ended, or the tenant is not being onboarded.</exception>
    public async Task<CustomerTenant> AdmitAsync(Actor actor, CancellationToken cancellationToken)
    {
        await CheckSessionAsync(actor, cancellationToken);
        return await tenants.FindAsync(actor.Access.TenantId, cancellationToken)
            ?? throw new UnauthorizedAccessException("The tenant is not one of Luware's customers.");
    }

    /// <exception cref="UnauthorizedAccessException">Also where the sign-in named no directory role that a step needs.</exception>
    public async Task<CustomerTenant> AdmitWorkerAsync(Actor actor, CancellationToken cancellationToken)
    {
        var customer = await AdmitAsync(actor, cancellationToken);
        return IsWorker(actor) ? customer : throw new UnauthorizedAccessException("The person holds no directory role that a step needs.");
    }

    /// <summary>By the roles that the sign-in named: enough to look and to prepare, not to decide.</summary>
    public bool IsWorker(Actor actor) => graph.NeedsAnyOf(actor.Roles);

    /// <summary>Asks the directory now, because a role can end while a session goes on.</summary>
    /// <returns>Why the person may not decide; null where they may.</returns>
    /// <exception cref="UnauthorizedAccessException">Another tenant or person answered.</exception>
    public async Task<Sentence?> FindObstacleAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var directory = scope.ServiceProvider.GetRequiredService<IDirectory>();
        try
        {
            var answer = await calls.AskAsync(token => directory.GetActiveRolesAsync(actor.Access, token), new CallLimit(options.Value.ReadLimit), _ => null, cancellationToken);
            return answer.Value is not { } roles ? answer.Trouble!.Words
                : graph.NeedsAnyOf(roles) ? null
                : GeneralRefusal.RoleMissing([.. graph.Nodes.SelectMany(n => n.Roles).Distinct()]).What;
        }
        catch (WrongIdentityException e)
        {
            throw new UnauthorizedAccessException("Another tenant or person answered than the one signed in.", e);
        }
    }
}
