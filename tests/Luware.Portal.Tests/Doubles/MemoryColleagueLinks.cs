using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Links;

namespace Luware.Portal.Tests.Doubles;

/// <summary>Links in memory, with the rules of the real ones, except that none expires.</summary>
internal sealed class MemoryColleagueLinks : IColleagueLinks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid Tenant, string Step), Link> _links = [];

    public Task<NewLink> HandAsync(Actor actor, string step, CancellationToken cancellationToken)
    {
        var link = new Link(Guid.NewGuid(), $"secret-{Guid.NewGuid():N}", actor.Access.TenantId, step, actor.Access.PersonId);
        lock (_gate)
            _links[(link.TenantId, step)] = link;
        return Task.FromResult(new NewLink(link.Id, link.Secret, DateTimeOffset.UtcNow.AddDays(1), null));
    }

    public Task RevokeAsync(Actor actor, string step, CancellationToken cancellationToken)
    {
        lock (_gate)
            _links.Remove((actor.Access.TenantId, step));
        return Task.CompletedTask;
    }

    public Task<LinkTarget?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_links.Values.Where(l => l.Secret == secret).Select(l => new LinkTarget(l.Id, l.TenantId)).SingleOrDefault());
    }

    public Task<LinkAnswer> AcceptAsync(Guid linkId, LinkHolder holder, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(Accept(_links.Values.SingleOrDefault(l => l.Id == linkId), holder));
    }

    private static LinkAnswer Accept(Link? link, LinkHolder holder)
    {
        if (link is null)
            return new LinkAnswer(LinkAnswerKind.Refused);
        if (link.TenantId != holder.EntraTenantId)
            return new LinkAnswer(LinkAnswerKind.OtherTenant);
        if (link.SentBy == holder.PersonId)
            return new LinkAnswer(LinkAnswerKind.Own, link.Step);
        var before = link.AcceptedBy;
        link.AcceptedBy ??= holder.PersonId;
        return before is null ? new LinkAnswer(LinkAnswerKind.Accepted, link.Step)
            : before == holder.PersonId ? new LinkAnswer(LinkAnswerKind.CameAgain, link.Step)
            : new LinkAnswer(LinkAnswerKind.Refused);
    }

    private sealed record Link(Guid Id, string Secret, Guid TenantId, string Step, Guid SentBy)
    {
        public Guid? AcceptedBy { get; set; }
    }
}
