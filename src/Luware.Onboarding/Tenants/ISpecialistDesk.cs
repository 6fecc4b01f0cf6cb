using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants;

/// <summary>What Luware's own people do with tenants. Every call checks the actor's session, tenant and app role again.</summary>
/// <remarks>
/// Throws <see cref="UnauthorizedAccessException"/> if the session has ended or the role is missing; expected failures are returned as values. No customer's
/// token is ever used here.
/// </remarks>
public interface ISpecialistDesk
{
    /// <summary>The problem of closing an onboarding where something still waits to be taken back; it can be closed all the same.</summary>
    const string TakingBackWaits = "Tenants.Fault.TakingBackWaits";

    /// <summary>
    /// Adds a customer whose tenant Entra knows. While Entra cannot be asked, one is added only by its id, and the answer says that nothing proves it.
    /// </summary>
    Task<Added> AddAsync(Actor actor, TenantDetails details, CancellationToken cancellationToken);

    /// <summary>Changes what Luware decides about a tenant. The tenant id stays, whatever the details say.</summary>
    /// <param name="seen">
    /// The details from which the change was made. If somebody has changed them since, nothing is saved, and the answer contains the current ones.
    /// </param>
    /// <param name="read">
    /// What the person has read that it undoes, to change it all the same. If it undoes something else by now, nothing is saved, and that is the answer.
    /// Null at first.
    /// </param>
    Task<Changed> ChangeAsync(Actor actor, Guid tenantId, TenantDetails seen, TenantDetails details, Undoing? read, CancellationToken cancellationToken);

    /// <summary>Creates the tenant's one open invitation; an older one that nobody has accepted becomes invalid.</summary>
    Task<NewInvitation> InviteAsync(Actor actor, Guid tenantId, CancellationToken cancellationToken);

    /// <summary>Revokes an invitation; a person who accepted it is no longer admitted.</summary>
    Task RevokeInvitationAsync(Actor actor, Guid tenantId, Guid invitationId, CancellationToken cancellationToken);

    /// <summary>Asserts or withdraws that Luware's recorders are ready for the tenant.</summary>
    /// <param name="seen">The groups that the page showed. The flag is set for no group that was added since.</param>
    Task<Decision> SetReadyAsync(Actor actor, Guid tenantId, bool ready, IReadOnlyCollection<Guid> seen, CancellationToken cancellationToken);

    /// <summary>
    /// Closes an onboarding: its people are signed out and get in no more, links end, and the cockpit leaves it out. What was recorded about it stays. Or opens
    /// it again.
    /// </summary>
    /// <param name="read">
    /// The problem <see cref="TakingBackWaits"/> that the person has read, to close all the same: what it names ends, and what is still there stays in the
    /// tenant. If something else waits by now, that is the problem. Null at first.
    /// </param>
    /// <returns>A problem also while a run is on its way, and <see cref="TakingBackWaits"/>.</returns>
    Task<Decision> SetClosedAsync(Actor actor, Guid tenantId, bool closed, Sentence? read, CancellationToken cancellationToken);

    /// <summary>Stores the specialists' note.</summary>
    /// <param name="seen">The note as it was when editing began; if somebody has changed it since, it is not overwritten.</param>
    Task<Decision> WriteNoteAsync(Actor actor, Guid tenantId, string seen, string note, CancellationToken cancellationToken);
}

/// <param name="Problem">Why nothing was changed.</param>
/// <param name="Meanwhile">Set if somebody else has changed it since it was read.</param>
/// <param name="Undoes">Set if it was not saved because the person has not read that this is what it undoes.</param>
public sealed record Changed(Sentence? Problem, Meanwhile? Meanwhile = null, Undoing? Undoes = null)
{
    public bool IsAccepted => Problem is null && Meanwhile is null && Undoes is null;
}

/// <summary>What another region, or other application ids, undo in an onboarding that is under way.</summary>
/// <param name="Steps">The number of verified steps that have to be done again.</param>
/// <param name="Plan">True if an approved plan is under way.</param>
/// <param name="Ready">True if the ready flag is set.</param>
/// <param name="Policies">True if policies were granted, which stay in force.</param>
public sealed record Undoing(int Steps, bool Plan, bool Ready, bool Policies)
{
    public bool IsAnything => Steps > 0 || Plan || Ready;
}

/// <summary>What somebody else has saved while a form was open.</summary>
/// <param name="By">Who saved last; null if that is unknown.</param>
public sealed record Meanwhile(string? By, TenantDetails Now);

/// <param name="TenantId">The portal's own id of the added tenant, or of the one that exists already.</param>
/// <param name="Problem">Why it was not added.</param>
public sealed record Added(Guid? TenantId, Sentence? Problem)
{
    /// <summary>True if it was added by its id while Entra could not be asked whether there is such a tenant.</summary>
    public bool IsUnproven { get; init; }
}

/// <param name="Id">Identifies the invitation; its times do not, because a database may round them.</param>
/// <param name="Secret">The last part of the link, shown once because only its hash is stored. Null if there is no such tenant, or it is closed.</param>
public sealed record NewInvitation(Guid Id, string? Secret, DateTimeOffset ExpiresAt)
{
    /// <summary>The address that every link opens. The secret is in its query, because a path would appear in the log scope of the request.</summary>
    public const string Address = "/invitation";

    public string? Path => Secret is null ? null : $"{Address}?link={Secret}";

    public override string ToString() => "NewInvitation (hidden)";
}
