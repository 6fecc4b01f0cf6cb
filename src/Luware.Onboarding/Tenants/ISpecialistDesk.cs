using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants;

/// <summary>The specialists' door: what Luware's own people do to tenants. Every call checks the actor's session, tenant and app role again.</summary>
/// <remarks>
/// Throws <see cref="UnauthorizedAccessException"/> where the session has ended or the role is missing; what can be expected comes back as a value.
/// No customer's token is ever used here.
/// </remarks>
public interface ISpecialistDesk
{
    /// <summary>Adds a customer. A domain is resolved to its tenant's id through Entra at once.</summary>
    Task<Added> AddAsync(Actor actor, TenantDetails details, CancellationToken cancellationToken);

    /// <summary>Changes what Luware decides about a tenant. The tenant's id stays what it is, whatever the details say.</summary>
    /// <param name="seen">What the details were made from. Where somebody has changed it since nothing is changed, and the answer says what is there now.</param>
    Task<Changed> ChangeAsync(Actor actor, Guid tenantId, TenantDetails seen, TenantDetails details, CancellationToken cancellationToken);

    /// <summary>Makes the tenant's one open invitation; an older one that nobody has accepted is good no more.</summary>
    Task<NewInvitation> InviteAsync(Actor actor, Guid tenantId, CancellationToken cancellationToken);

    /// <summary>The link is good no more; whoever accepted it is admitted no more.</summary>
    Task RevokeInvitationAsync(Actor actor, Guid tenantId, Guid invitationId, CancellationToken cancellationToken);

    /// <summary>Asserts, or no longer asserts, that Luware's recorders answer for the tenant.</summary>
    Task<Decision> SetReadyAsync(Actor actor, Guid tenantId, bool ready, CancellationToken cancellationToken);

    /// <summary>Stores what specialists write down for each other.</summary>
    /// <param name="seen">The note that it was made from: one that somebody has changed since is not written over.</param>
    Task<Decision> WriteNoteAsync(Actor actor, Guid tenantId, string seen, string note, CancellationToken cancellationToken);
}

/// <param name="Problem">Why nothing was changed.</param>
/// <param name="Meanwhile">Set where it was changed by somebody else since it was read.</param>
public sealed record Changed(Sentence? Problem, Meanwhile? Meanwhile = null)
{
    public bool IsAccepted => Problem is null && Meanwhile is null;
}

/// <summary>What somebody else has saved while a form was open.</summary>
/// <param name="By">Who saved last; null where nobody can say any more.</param>
public sealed record Meanwhile(string? By, TenantDetails Now);

/// <param name="TenantId">The portal's own id of the tenant that was added, or that is there already.</param>
/// <param name="Problem">Why it was not added.</param>
public sealed record Added(Guid? TenantId, Sentence? Problem);

/// <param name="Id">By it the invitation is found again: a database may round its times.</param>
/// <param name="Secret">What the link ends with: shown once, because only its hash is stored. Null where there is no such tenant.</param>
public sealed record NewInvitation(Guid Id, string? Secret, DateTimeOffset ExpiresAt)
{
    /// <summary>The address of the door, to which every link leads. The secret is its query: a path would stand in the scope of every line that is logged meanwhile.</summary>
    public const string Door = "/invitation";

    public string? Path => Secret is null ? null : $"{Door}?link={Secret}";

    public override string ToString() => "NewInvitation (hidden)";
}
