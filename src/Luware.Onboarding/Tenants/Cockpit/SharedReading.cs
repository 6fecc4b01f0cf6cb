namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>
/// Shares readings between callers, one reading at a time. A caller that arrives during a reading may have changed data that it has passed already, so it
/// waits for the next one together with all others that arrive meanwhile.
/// </summary>
/// <param name="read">Belongs to no single caller and is not cancelled with one.</param>
internal sealed class SharedReading<T>(Func<Task<T>> read)
{
    private readonly Lock gate = new();
    private Task<T>? running, next;

    /// <param name="cancellationToken">Cancels the waiting, not the reading.</param>
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

    /// <summary>Reads after the previous reading. Once it begins it is the current reading, and new callers wait for another one.</summary>
    private async Task<T> AfterAsync(Task before)
    {
        // The failure of the previous reading was reported to its own callers. Never continues synchronously, because the awaited task is assigned only after
        // this method has returned.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (gate)
            (running, next) = (next, null);
        return await read();
    }
}
