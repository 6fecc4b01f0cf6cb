using System.Collections.Concurrent;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Links;

namespace Luware.Portal.Tests.Doubles;

/// <summary>Links in memory that lead to one step of one tenant, each single-use.</summary>
internal sealed class MemoryColleagueLinks : IColleagueLinks
{
    private readonly ConcurrentDictionary<string, LinkTarget> _doors = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<Guid, Guid> _accepted = new();

    public Task<NewLink> HandAsync(Actor actor, string step, CancellationToken cancellationToken)
    {
        var secret = $"secret-{Guid.NewGuid():N}";
        var door = new LinkTarget(Guid.NewGuid(), actor.Access.TenantId);
        _doors[secret] = door;
        return Task.FromResult(new NewLink(door.LinkId, secret, DateTimeOffset.UtcNow.AddDays(1), null));
    }

    public Task RevokeAsync(Actor actor, string step, CancellationToken cancellationToken)
    {
        _doors.Clear();
        return Task.CompletedTask;
    }

    public Task<LinkTarget?> FindAsync(string secret, CancellationToken cancellationToken) => Task.FromResult(_doors.GetValueOrDefault(secret));

    public Task<LinkAnswer> AcceptAsync(Guid linkId, LinkHolder holder, CancellationToken cancellationToken) => Task.FromResult(
        _doors.Values.FirstOrDefault(d => d.LinkId == linkId)?.EntraTenantId != holder.EntraTenantId ? new LinkAnswer(LinkAnswerKind.OtherTenant)
        : _accepted.GetOrAdd(linkId, holder.PersonId) == holder.PersonId ? new LinkAnswer(LinkAnswerKind.Accepted, "consent")
        : new LinkAnswer(LinkAnswerKind.Refused));
}
