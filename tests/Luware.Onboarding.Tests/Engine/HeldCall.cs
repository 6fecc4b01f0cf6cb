namespace Luware.Onboarding.Tests.Engine;

/// <summary>A call that waits until the test lets it go on.</summary>
internal sealed class HeldCall
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Until the call waits.</summary>
    public Task ReachedAsync() => reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void GoOn() => goOn.SetResult();

    /// <summary>What the step does in a call that nobody can cancel.</summary>
    public Task WaitAsync()
    {
        reached.TrySetResult();
        return goOn.Task;
    }

    /// <summary>What the step does in a call that hangs: it waits until it may go on or is cancelled.</summary>
    public Task HangAsync(CancellationToken cancellationToken) => WaitAsync().WaitAsync(cancellationToken);
}
