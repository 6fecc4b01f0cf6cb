using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine;

/// <summary>Asks again, at every call, whether the person is still signed in, whose customer they are, and whether onboarding is theirs to do.</summary>
internal sealed class Admission(
    ISessions sessions, CustomerTenants tenants, StepGraph graph, RemoteCalls calls, IServiceScopeFactory scopes,
    IDbContextFactory<PortalDbContext> contexts, IOptions<EngineOptions> options, TimeProvider time)
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

    /// <exception cref="UnauthorizedAccessException">Also where the person may not work on every step.</exception>
    public async Task<CustomerTenant> AdmitWorkerAsync(Actor actor, CancellationToken cancellationToken)
    {
        var customer = await AdmitAsync(actor, cancellationToken);
        return IsWorker(actor) || await IsInvitedAsync(actor, customer, cancellationToken)
            ? customer
            : throw new UnauthorizedAccessException("The person holds no directory role that a step needs, and accepted no invitation.");
    }

    /// <summary>Admits whoever may work on the step, or, where none is named, on anything at all.</summary>
    /// <exception cref="UnauthorizedAccessException">Also where the person may not.</exception>
    public async Task<Right> AdmitToAsync(Actor actor, string? step, CancellationToken cancellationToken)
    {
        var customer = await AdmitAsync(actor, cancellationToken);
        return await FindRightAsync(actor, customer, cancellationToken) is { } right && (step is null || right.Covers(step))
            ? right
            : throw new UnauthorizedAccessException("The person holds no directory role that a step needs, and this step was not handed to them.");
    }

    /// <summary>
    /// Admits whoever may be about to decide. A person who holds nothing by their sign-in may hold a role by now, and the directory is asked
    /// next; not so for who came by a link.
    /// </summary>
    /// <inheritdoc cref="AdmitToAsync"/>
    public async Task<Right> AdmitDeciderAsync(Actor actor, string? step, CancellationToken cancellationToken)
    {
        var customer = await AdmitAsync(actor, cancellationToken);
        var right = await FindRightAsync(actor, customer, cancellationToken);
        if (right is null && !actor.IsByLink)
            return new Right(customer, null);
        return right is not null && (step is null || right.Covers(step)) ? right : throw new UnauthorizedAccessException("This was not handed to the person.");
    }

    /// <summary>By the roles that the sign-in named, by an accepted invitation, or by what was handed to the person: enough to look and to prepare, not to decide.</summary>
    /// <returns>Null for whoever may do nothing.</returns>
    public async Task<Right?> FindRightAsync(Actor actor, CustomerTenant customer, CancellationToken cancellationToken)
    {
        if (IsWorker(actor) || await IsInvitedAsync(actor, customer, cancellationToken))
            return new Right(customer, null);

        var (now, person) = (time.GetUtcNow(), actor.Access.PersonId);
        await using var db = await contexts.OpenAsync(customer.Id, cancellationToken);
        var handed = await db.ColleagueLinks.Where(l => l.AcceptedBy == person && l.ExpiresAt > now).Select(l => l.Step).ToListAsync(cancellationToken);
        return handed.Count > 0 ? new Right(customer, handed.ToHashSet(StringComparer.Ordinal)) : null;
    }

    /// <summary>Asks the directory now, because a role can end while a session goes on. A step that needs no role is only handed, and asks nobody.</summary>
    /// <returns>Why the person may not decide; null where they may.</returns>
    /// <exception cref="UnauthorizedAccessException">Another tenant or person answered.</exception>
    public Task<Sentence?> FindObstacleAsync(Actor actor, Right right, CancellationToken cancellationToken) =>
        FindObstacleAsync(actor, right, isLeaving: false, cancellationToken);

    /// <param name="isLeaving">
    /// The person ends what access the portal has. Whoever has removed its enterprise application first has left it nothing to ask the directory
    /// with: the roles that their sign-in named are enough then.
    /// </param>
    /// <inheritdoc cref="FindObstacleAsync(Actor, Right, CancellationToken)"/>
    public async Task<Sentence?> FindObstacleAsync(Actor actor, Right right, bool isLeaving, CancellationToken cancellationToken)
    {
        var needed = graph.Nodes.Where(n => right.Covers(n.Name)).SelectMany(n => n.Roles).Distinct().ToList();
        if (right.IsColleague && needed.Count == 0)
            return null;

        await using var scope = scopes.CreateAsyncScope();
        var directory = scope.ServiceProvider.GetRequiredService<IDirectory>();
        try
        {
            var answer = await calls.AskAsync(token => directory.GetActiveRolesAsync(actor.Access, token), new CallLimit(options.Value.ReadLimit), _ => null, cancellationToken);
            return isLeaving && IsWorker(actor) && answer.Exception is (SignInRequiredException or ScopesMissingException) ? null
                : answer.Value is not { } roles ? answer.Trouble!.Words
                : needed.Exists(roles.Contains) ? null
                : GeneralRefusal.RoleMissing(needed).What;
        }
        catch (WrongIdentityException e)
        {
            throw new UnauthorizedAccessException("Another tenant or person answered than the one signed in.", e);
        }
    }

    /// <summary>Asks the directory as for every decision. While it gives no answer, the roles that the sign-in named are enough: an outage must not keep people cut off.</summary>
    /// <inheritdoc cref="FindObstacleAsync(Actor, Right, CancellationToken)"/>
    public async Task<Sentence?> FindObstacleToUndoAsync(Actor actor, CustomerTenant customer, CancellationToken cancellationToken)
    {
        var obstacle = await FindObstacleAsync(actor, new Right(customer, null), cancellationToken);
        return obstacle is null || (IsWorker(actor) && !GeneralRefusal.IsRoleMissing(obstacle)) ? null : obstacle;
    }

    /// <summary>Whoever accepted Luware's invitation, in the tenant that was invited; not so for who came by the link to a step.</summary>
    private async Task<bool> IsInvitedAsync(Actor actor, CustomerTenant customer, CancellationToken cancellationToken)
    {
        if (actor.IsByLink)
            return false;

        var person = actor.Access.PersonId;
        await using var db = await contexts.OpenAsync(customer.Id, cancellationToken);
        return await db.Invitations.AnyAsync(i => i.AcceptedBy == person, cancellationToken);
    }

    private bool IsWorker(Actor actor) => !actor.IsByLink && graph.NeedsAnyOf(actor.Roles);
}

/// <summary>What a person may work on.</summary>
/// <param name="Handed">The steps that were handed to them; null for whoever may work on every step.</param>
internal sealed record Right(CustomerTenant Customer, IReadOnlySet<string>? Handed)
{
    public bool IsColleague => Handed is not null;

    public bool Covers(string step) => Handed?.Contains(step) != false;

    /// <summary>What it is for one of the steps that it covers.</summary>
    public Right For(string step) => IsColleague ? this with { Handed = new HashSet<string>(StringComparer.Ordinal) { step } } : this;
}
