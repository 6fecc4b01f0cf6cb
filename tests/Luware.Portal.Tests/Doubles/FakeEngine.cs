using System.Collections.Concurrent;
using Luware.Onboarding.Engine;

namespace Luware.Portal.Tests.Doubles;

/// <summary>Records who resumed it, and shows the view that a test has set.</summary>
internal sealed class FakeEngine : IEngine
{
    public OnboardingView? View { get; set; }

    public ConcurrentQueue<Actor> Resumed { get; } = new();

    /// <summary>Set if the engine finds that the session or the tenant is gone.</summary>
    public bool Refuses { get; set; }

    /// <summary>What scripts wait for.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    public Task<OnboardingView?> ReadAsync(Actor actor, CancellationToken cancellationToken) =>
        Refuses ? Task.FromException<OnboardingView?>(new UnauthorizedAccessException()) : Task.FromResult(View);

    public Task ResumeAsync(Actor actor, CancellationToken cancellationToken)
    {
        Resumed.Enqueue(actor);
        return Refuses ? Task.FromException(new UnauthorizedAccessException()) : Task.CompletedTask;
    }

    public Task<string?> GetUndoScriptAsync(Actor actor, string step, bool withChosen, CancellationToken cancellationToken) =>
        Task.FromResult(step == "grants" ? "# Zurück für Zürich" : null);

    public async Task<string?> GetScriptAsync(Actor actor, string? step, CancellationToken cancellationToken)
    {
        await Held;
        return Refuses ? throw new UnauthorizedAccessException() : step switch { null => "# Alles für Zürich", "policies" => "# Richtlinien", _ => null };
    }

    public Task<Decision> TakeScriptResultAsync(Actor actor, string result, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<OnboardingView> FollowAsync(Actor actor, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task PlanAsync(Actor actor, string? step, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ChooseAsync<T>(Actor actor, string step, T choices, CancellationToken cancellationToken) where T : notnull => throw new NotSupportedException();

    public Task<Decision> ApproveAsync(Actor actor, string digest, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Decision> ConfirmAsync(Actor actor, Guid runId, string step, string actionKey, int people, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Decision> UndoAsync(Actor actor, string step, CancellationToken cancellationToken) => throw new NotSupportedException();
}
