using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;

namespace Luware.Portal.Tests.Doubles;

/// <summary>Nobody was invited.</summary>
internal sealed class NoInvitations : IInvitations
{
    public Task<LinkDoor?> FindAsync(string secret, CancellationToken cancellationToken) => Task.FromResult<LinkDoor?>(null);

    public Task<LinkAnswerKind> AcceptAsync(Guid invitationId, LinkHolder holder, CancellationToken cancellationToken) => Task.FromResult(LinkAnswerKind.Refused);
}

/// <summary>Nobody loses a role.</summary>
internal sealed class LastingRoles : IStanding
{
    public bool HasLost(Actor actor, IReadOnlyList<Guid> roles, IReadOnlyList<string> appRoles) => false;
}
