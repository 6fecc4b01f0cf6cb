using Luware.Onboarding.Links;

namespace Luware.Onboarding.Tenants;

/// <summary>The customers' side of invitations: a single-use link for a person who signs in to the invited tenant.</summary>
public interface IInvitations
{
    /// <summary>
    /// Returns the tenant at which a link's holder must sign in. Does not use the link up, because mail programs open links before people do.
    /// </summary>
    /// <returns>Null if the link is not valid, whatever the reason.</returns>
    Task<LinkTarget?> FindAsync(string secret, CancellationToken cancellationToken);

    /// <summary>Uses the link up and admits this person. The person who accepted it before is admitted again; nobody else is by a used one.</summary>
    Task<LinkAnswerKind> AcceptAsync(Guid invitationId, LinkHolder holder, CancellationToken cancellationToken);
}
