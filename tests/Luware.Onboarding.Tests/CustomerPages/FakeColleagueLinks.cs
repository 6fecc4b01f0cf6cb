using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Links;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>Always creates the same link and records its calls.</summary>
internal sealed class FakeColleagueLinks : IColleagueLinks
{
    /// <summary>The id of the link that it makes.</summary>
    public Guid Made { get; } = Guid.NewGuid();

    public List<string> Asked { get; } = [];

    public bool SessionEnded { get; set; }

    /// <inheritdoc cref="FakeEngine.Fault"/>
    public Exception? Fault { get; set; }

    public Sentence? Problem { get; set; }

    /// <summary>Creating a link waits for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<NewLink> HandAsync(Actor actor, string step, CancellationToken cancellationToken)
    {
        Ask($"hand {step}");
        await Gate;
        return new NewLink(Made, Problem is null ? "s3cr3t" : null, Scenes.Now.AddDays(7), Problem);
    }

    public Task RevokeAsync(Actor actor, string step, CancellationToken cancellationToken)
    {
        Ask($"revoke {step}");
        return Task.CompletedTask;
    }

    public Task<LinkTarget?> FindAsync(string secret, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<LinkAnswer> AcceptAsync(Guid linkId, LinkHolder holder, CancellationToken cancellationToken) => throw new NotSupportedException();

    private void Ask(string what)
    {
        if (SessionEnded)
            throw new UnauthorizedAccessException();
        Asked.Add(what);
        if (Fault is not null)
            throw Fault;
    }
}
