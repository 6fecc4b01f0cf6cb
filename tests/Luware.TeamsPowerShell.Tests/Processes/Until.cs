namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>Waits for what another thread or process brings about.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            if (limit.IsCancellationRequested)
                Assert.Fail($"Still not so after {Patience}: {what}");
            await Task.Delay(10, CancellationToken.None);
        }
    }
}
