using Luware.Onboarding.Engine;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;

namespace Luware.Portal.Tests.Doubles;

/// <summary>One invitation in memory, whatever its link says; nobody is invited before the test creates it.</summary>
internal sealed class MemoryInvitations : IInvitations
{
    public LinkTarget? Target { get; set; }

    public Task<LinkTarget?> FindAsync(string secret, CancellationToken cancellationToken) => Task.FromResult(Target);

    public Task<LinkAnswerKind> AcceptAsync(Guid invitationId, LinkHolder holder, CancellationToken cancellationToken) =>
        Task.FromResult(Target == new LinkTarget(invitationId, holder.EntraTenantId) ? LinkAnswerKind.Accepted : LinkAnswerKind.Refused);
}

/// <summary>Nobody loses a role.</summary>
internal sealed class LastingRoles : IRoleLoss
{
    public bool HasLost(Actor actor, IReadOnlyList<Guid> roles, IReadOnlyList<string> appRoles) => false;
}
