using Luware.Onboarding.Colleagues;

namespace Luware.Onboarding.Tenants;

/// <summary>The customers' side of invitations: a link that is good once, for whoever signs in to the invited tenant with it.</summary>
public interface IInvitations
{
    /// <summary>Where a link's holder must sign in. Nothing is used up: mail programs open links before people do.</summary>
    /// <returns>Null where the link leads nowhere, whatever the reason.</returns>
    Task<LinkDoor?> FindAsync(string secret, CancellationToken cancellationToken);

    /// <summary>Uses the link up for this person, who is admitted from then on. Whoever accepted it before comes in again by it; nobody else does.</summary>
    Task<LinkAnswerKind> AcceptAsync(Guid invitationId, LinkHolder holder, CancellationToken cancellationToken);
}
