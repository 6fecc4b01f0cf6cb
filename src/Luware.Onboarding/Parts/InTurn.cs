namespace Luware.Onboarding.Parts;

/// <summary>Stores one choice after the other: side by side, the older of two could be the one that stays.</summary>
public sealed class InTurn
{
    private Task last = Task.CompletedTask;

    /// <summary>Waits for what was begun before, whatever its end.</summary>
    public Task DoAsync(Func<Task> next) => last = AfterAsync(last, next);

    private static async Task AfterAsync(Task before, Func<Task> next)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        await next();
    }
}
