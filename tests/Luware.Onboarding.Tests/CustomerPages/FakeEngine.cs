using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Tests.CustomerPages;

/// <summary>Shows the given view and records its calls.</summary>
internal sealed class FakeEngine(OnboardingView? view) : IEngine
{
    private readonly Channel<OnboardingView> changes = Channel.CreateUnbounded<OnboardingView>();

    public OnboardingView? View { get; private set; } = view;

    /// <summary>The calls in order: approve 7f3c, confirm grants/grant 40.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The run whose gate was confirmed.</summary>
    public Guid Confirmed { get; private set; }

    public Func<Task> OnPlan { get; set; } = () => Task.CompletedTask;

    /// <summary>Storing a choice waits for this.</summary>
    public Func<Task> OnChoose { get; set; } = () => Task.CompletedTask;

    public Decision Answer { get; set; } = Decision.Accepted;

    public bool SessionEnded { get; set; }

    /// <summary>The database's exception, thrown instead of an answer; the call is recorded all the same.</summary>
    public Exception? Fault { get; set; }

    public string? UndoScript { get; set; } =
        "Remove-CsGroupPolicyAssignment `\n  -GroupId 085fd5ee-756a-4284-b81d-a62549f12293 `\n  -PolicyType TeamsComplianceRecordingPolicy";

    public Func<Task> OnUndoScript { get; set; } = () => Task.CompletedTask;

    public string? Script { get; set; } = "# A script";

    public Func<string?, Task> OnScript { get; set; } = _ => Task.CompletedTask;

    public void Show(OnboardingView next)
    {
        View = next;
        changes.Writer.TryWrite(next);
    }

    public Task<OnboardingView?> ReadAsync(Actor actor, CancellationToken cancellationToken) => Fault is null ? Task.FromResult(View) : throw Fault;

    public async IAsyncEnumerable<OnboardingView> FollowAsync(Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return View!;
        await foreach (var next in changes.Reader.ReadAllAsync(cancellationToken))
            yield return Fault is null ? next : throw Fault;
    }

    public Task PlanAsync(Actor actor, string? step, CancellationToken cancellationToken)
    {
        Ask($"plan {step ?? "all"}");
        return OnPlan().WaitAsync(cancellationToken);
    }

    public async Task ChooseAsync<T>(Actor actor, string step, T choices, CancellationToken cancellationToken) where T : notnull
    {
        Ask($"choose {step} {choices}");
        await OnChoose();
        Show(View! with { Choices = View!.Choices.With(step, choices) });
    }

    public Task<Decision> ApproveAsync(Actor actor, string digest, CancellationToken cancellationToken) => Decide($"approve {digest}");

    public Task<Decision> ConfirmAsync(Actor actor, Guid runId, string step, string actionKey, int people, CancellationToken cancellationToken)
    {
        Confirmed = runId;
        return Decide($"confirm {step}/{actionKey} {people}");
    }

    public Task<Decision> UndoAsync(Actor actor, string step, CancellationToken cancellationToken) => Decide($"undo {step}");

    public Task ResumeAsync(Actor actor, CancellationToken cancellationToken) => Decide("resume");

    public async Task<string?> GetUndoScriptAsync(Actor actor, string step, bool withChosen, CancellationToken cancellationToken)
    {
        if (SessionEnded)
            throw new UnauthorizedAccessException();
        await OnUndoScript();
        return step == "grants" ? UndoScript : null;
    }

    public async Task<string?> GetScriptAsync(Actor actor, string? step, CancellationToken cancellationToken)
    {
        var script = Fault is null ? Script : throw Fault;
        await OnScript(step);
        return script;
    }

    public Task<Decision> TakeScriptResultAsync(Actor actor, string result, CancellationToken cancellationToken) => Decide($"result {result}");

    private Task<Decision> Decide(string what)
    {
        Ask(what);
        return Task.FromResult(Answer);
    }

    private void Ask(string what)
    {
        if (SessionEnded)
            throw new UnauthorizedAccessException();
        Asked.Add(what);
        if (Fault is not null)
            throw Fault;
    }
}
