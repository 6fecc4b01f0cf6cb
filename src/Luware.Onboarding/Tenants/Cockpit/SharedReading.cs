namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>
/// Reads for all who ask at about the same time: one reading at once. Who asks while one goes on may have changed what it has passed already,
/// and waits for the next, with everybody else who came meanwhile.
/// </summary>
/// <param name="read">Belongs to nobody in particular, and ends with nobody.</param>
internal sealed class SharedReading<T>(Func<Task<T>> read)
{
    private readonly Lock gate = new();
    private Task<T>? running, next;

    /// <param name="cancellationToken">Ends the waiting, not the reading.</param>
    public Task<T> ReadAsync(CancellationToken cancellationToken)
    {
        Task<T> mine;
        lock (gate)
        {
            if (next is not null)
                mine = next;
            else if (running is { IsCompleted: false })
                mine = next = AfterAsync(running);
            else
                mine = running = Task.Run(read, CancellationToken.None);
        }

        return mine.WaitAsync(cancellationToken);
    }

    /// <summary>From the moment in which it begins, it is the one that goes on, and whoever asks then waits for another.</summary>
    private async Task<T> AfterAsync(Task before)
    {
        // Whatever became of that one was said to those who had waited for it. Never at once: the task that is waited for has no name before this has returned.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (gate)
            (running, next) = (next, null);
        return await read();
    }
}
