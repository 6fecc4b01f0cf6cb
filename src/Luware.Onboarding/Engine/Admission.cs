using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Engine;

/// <summary>
/// Checks at every call whether the person is still signed in, which customer they belong to and what they may do. Only this class creates a
/// <see cref="StepAuthorization"/>.
/// </summary>
internal sealed class Admission(
    ISessions sessions, CustomerTenants tenants, StepGraph graph, RemoteCalls calls, IServiceScopeFactory scopes,
    IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <exception cref="UnauthorizedAccessException">The session has ended.</exception>
    public Task CheckSessionAsync(Actor actor, CancellationToken cancellationToken) => sessions.RequireAsync(actor.Access, cancellationToken);

    /// <summary>Checks again within a change: closing the onboarding and ending the portal's access end the session and write the same chain.</summary>
    /// <inheritdoc cref="CheckSessionAsync(Actor, CancellationToken)"/>
    public Task CheckSessionAsync(PortalDbContext db, Actor actor, CancellationToken cancellationToken) =>
        sessions.RequireAsync(db, actor.Access, cancellationToken);

    /// <exception cref="UnauthorizedAccessException">The session has ended, or the tenant is not being onboarded, or not any more.</exception>
    public async Task<CustomerTenant> AdmitAsync(Actor actor, CancellationToken cancellationToken)
    {
        await CheckSessionAsync(actor, cancellationToken);
        return await tenants.FindOpenAsync(actor.Access.TenantId, cancellationToken)
            ?? throw new UnauthorizedAccessException("The tenant is not one of Luware's customers.");
    }

    /// <exception cref="UnauthorizedAccessException">Also when the person may not work on every step.</exception>
    public async Task<CustomerTenant> AdmitWorkerAsync(Actor actor, CancellationToken cancellationToken)
    {
        var customer = await AdmitAsync(actor, cancellationToken);
        return await FindAsync(actor, customer, cancellationToken) is { IsColleague: false }
            ? customer
            : throw new UnauthorizedAccessException("The person holds no directory role that a step needs, and accepted no invitation.");
    }

    /// <summary>Admits a person to look at a step and to prepare it; without a step, to anything at all.</summary>
    /// <exception cref="UnauthorizedAccessException">Also when the person may not.</exception>
    public async Task<StepAuthorization> AdmitToAsync(Actor actor, string? step, CancellationToken cancellationToken)
    {
        var customer = await AdmitAsync(actor, cancellationToken);
        return await FindAsync(actor, customer, cancellationToken) is { } authorization && (step is null || authorization.Covers(step))
            ? authorization
            : throw new UnauthorizedAccessException("The person holds no directory role that a step needs, and this step was not handed to them.");
    }

    /// <summary>
    /// Admits a person to decide on a step; without a step, on all of them. The directory is asked now, because a role can begin or end while a session goes
    /// on. For a step that needs no role, the directory is not asked.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">
    /// Also when the step, or not all of them, was handed to the person, or another tenant or person answered.
    /// </exception>
    public async Task<Admitted> AdmitDeciderAsync(Actor actor, string? step, CancellationToken cancellationToken)
    {
        var customer = await AdmitAsync(actor, cancellationToken);
        var authorization = await FindAsync(actor, customer, cancellationToken);
        // A person who signed in without a role may hold one by now. A link admits to its own step only.
        if (authorization is null && !actor.IsByLink)
            authorization = new StepAuthorization(customer, null);
        if (authorization is null || (step is null ? authorization.IsColleague : !authorization.Covers(step)))
            throw new UnauthorizedAccessException("This was not handed to the person.");
        if (authorization.IsColleague)
            authorization = new StepAuthorization(customer, Only(step!));
        return await DecideAsync(actor, authorization, _ => false, cancellationToken);
    }

    /// <summary>
    /// Admits a person to end the portal's access. If they have removed its enterprise application first, the directory cannot be asked, so the roles of their
    /// sign-in are enough.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">Also when the person may not work on every step, or another tenant or person answered.</exception>
    public async Task<Admitted> AdmitToEndAccessAsync(Actor actor, CancellationToken cancellationToken) => await DecideAsync(
        actor, new StepAuthorization(await AdmitWorkerAsync(actor, cancellationToken), null),
        unanswered => IsWorker(actor) && unanswered.Exception is SignInRequiredException or ScopesMissingException, cancellationToken);

    /// <summary>
    /// Admits a person to take steps back. While the directory does not answer, the roles of their sign-in are enough, so that an outage does not keep people
    /// from calling.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">Also when the person may not work on every step, or another tenant or person answered.</exception>
    public async Task<Admitted> AdmitToUndoAsync(Actor actor, CancellationToken cancellationToken) => await DecideAsync(
        actor, new StepAuthorization(await AdmitWorkerAsync(actor, cancellationToken), null), _ => IsWorker(actor), cancellationToken);

    /// <summary>
    /// What a person may see and prepare, by the roles of their sign-in, an accepted invitation, or handed steps. It is not enough to decide.
    /// </summary>
    /// <returns>Null when the person may do nothing.</returns>
    public async Task<StepAuthorization?> FindAsync(Actor actor, CustomerTenant customer, CancellationToken cancellationToken)
    {
        if (customer.ClosedAt is not null)
            return null;
        if (IsWorker(actor) || await IsInvitedAsync(actor, customer, cancellationToken))
            return new StepAuthorization(customer, null);

        var (now, person) = (time.GetUtcNow(), actor.Access.PersonId);
        await using var db = await contexts.OpenAsync(customer.Id, cancellationToken);
        var handed = await db.ColleagueLinks.Where(l => l.AcceptedBy == person && l.ExpiresAt > now).Select(l => l.Step).ToListAsync(cancellationToken);
        return handed.Count > 0 ? new StepAuthorization(customer, handed.ToHashSet(StringComparer.Ordinal)) : null;
    }

    /// <param name="mayGoOn">Whether the person may decide although the directory has not answered.</param>
    private async Task<Admitted> DecideAsync(
        Actor actor, StepAuthorization authorization, Func<Answer<IReadOnlyList<Guid>>, bool> mayGoOn, CancellationToken cancellationToken) =>
        await FindObstacleAsync(actor, authorization, mayGoOn, cancellationToken) is { } obstacle
            ? new Admitted(null, obstacle)
            : new Admitted(authorization, null);

    /// <returns>Why the person may not decide; null when they may.</returns>
    private async Task<Sentence?> FindObstacleAsync(
        Actor actor, StepAuthorization authorization, Func<Answer<IReadOnlyList<Guid>>, bool> mayGoOn, CancellationToken cancellationToken)
    {
        var needed = graph.Nodes.Where(n => authorization.Covers(n.Name)).SelectMany(n => n.Roles).Distinct().ToList();
        if (authorization.IsColleague && needed.Count == 0)
            return null;

        await using var scope = scopes.CreateAsyncScope();
        var directory = scope.ServiceProvider.GetRequiredService<IDirectory>();
        var answer = await calls.AskForPersonAsync(token => directory.GetActiveRolesAsync(actor.Access, token), said: null, explain: null, cancellationToken);
        return answer.Value is not { } roles ? (mayGoOn(answer) ? null : answer.Trouble!.Words)
            : needed.Exists(roles.Contains) ? null
            : GeneralRefusal.RoleMissing(needed).What;
    }

    /// <summary>True when the person accepted Luware's invitation of this tenant, unless they came by the link to a step.</summary>
    private async Task<bool> IsInvitedAsync(Actor actor, CustomerTenant customer, CancellationToken cancellationToken)
    {
        if (actor.IsByLink)
            return false;

        var person = actor.Access.PersonId;
        await using var db = await contexts.OpenAsync(customer.Id, cancellationToken);
        return await db.Invitations.AnyAsync(i => i.AcceptedBy == person, cancellationToken);
    }

    private bool IsWorker(Actor actor) => !actor.IsByLink && graph.NeedsAnyOf(actor.Roles);

    private static HashSet<string> Only(string step) => new(StringComparer.Ordinal) { step };
}

/// <summary>The answer to somebody who is about to decide: what they may decide on, or why they may not.</summary>
internal sealed record Admitted(StepAuthorization? Authorization, Sentence? Obstacle);
