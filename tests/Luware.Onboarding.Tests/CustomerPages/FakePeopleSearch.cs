using Luware.Onboarding.Engine;
using Luware.Onboarding.CustomerPages;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>A directory in which everybody is called Nina.</summary>
internal sealed class FakePeopleSearch : IPeopleSearch
{
    public List<string> Asked { get; } = [];

    public Exception? Fault { get; init; }

    public Task<IReadOnlyList<ChoiceOption>?> FindAsync(Actor actor, string text, CancellationToken cancellationToken)
    {
        Asked.Add(text);
        if (Fault is not null)
            throw Fault;
        return Task.FromResult<IReadOnlyList<ChoiceOption>?>([new ChoiceOption("aaaaaaaa-0000-4000-8000-000000000009", "Nina Graf")]);
    }
}
