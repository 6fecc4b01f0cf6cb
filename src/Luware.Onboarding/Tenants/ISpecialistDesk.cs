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
    Task<Decision> ChangeAsync(Actor actor, Guid tenantId, TenantDetails details, CancellationToken cancellationToken);

    /// <summary>Makes the tenant's one open invitation; an older one that nobody has accepted is good no more.</summary>
    Task<NewInvitation> InviteAsync(Actor actor, Guid tenantId, CancellationToken cancellationToken);

    /// <summary>The link is good no more; whoever accepted it is admitted no more.</summary>
    Task RevokeInvitationAsync(Actor actor, Guid tenantId, Guid invitationId, CancellationToken cancellationToken);

    /// <summary>Asserts, or no longer asserts, that Luware's recorders answer for the tenant.</summary>
    Task<Decision> SetReadyAsync(Actor actor, Guid tenantId, bool ready, CancellationToken cancellationToken);

    /// <summary>Stores what specialists write down for each other.</summary>
    Task<Decision> WriteNoteAsync(Actor actor, Guid tenantId, string note, CancellationToken cancellationToken);
}

/// <summary>What Luware decides about a tenant; texts as a person typed them.</summary>
/// <param name="TenantOrDomain">The Entra tenant's id, or one of its domains.</param>
/// <param name="Region">Key of a configured region.</param>
public sealed record TenantDetails(string Name, string TenantOrDomain, string Region)
{
    /// <summary>Key of a configured package; empty where it is not known.</summary>
    public string Package { get; init; } = "";

    /// <summary>Two letters.</summary>
    public string Language { get; init; } = "en";

    public string OwnerName { get; init; } = "";

    public string OwnerMail { get; init; } = "";

    /// <summary>Application ids where they are not those of the region, by the application's key within it; an empty text is the region's own.</summary>
    public IReadOnlyDictionary<string, string> ApplicationIds { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <param name="TenantId">The portal's own id of the tenant that was added, or that is there already.</param>
/// <param name="Problem">Why it was not added.</param>
public sealed record Added(Guid? TenantId, Sentence? Problem);

/// <param name="Secret">What the link ends with: shown once, because only its hash is stored. Null where there is no such tenant.</param>
public sealed record NewInvitation(string? Secret, DateTimeOffset ExpiresAt)
{
    /// <summary>The address of the door, to which every link leads. The secret is its query: a path would stand in the scope of every line that is logged meanwhile.</summary>
    public const string Door = "/invitation";

    public string? Path => Secret is null ? null : $"{Door}?link={Secret}";

    public override string ToString() => "NewInvitation (hidden)";
}
