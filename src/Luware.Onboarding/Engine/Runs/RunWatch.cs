using Luware.Onboarding.Data;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Cancels the job of a run that another portal has replaced, because that portal cannot interrupt it here.</summary>
internal sealed class RunWatch(RunRows rows, IOptions<DatabaseOptions> database, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <param name="hand">Is cancelled when the run was replaced.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    public async Task WatchAsync(Guid tenantId, Guid runId, CancellationTokenSource hand, CancellationToken cancellationToken)
    {
        if (!database.Value.IsServer)
            return;

        try
        {
            using var timer = new PeriodicTimer(Every, time);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (await WasReplacedAsync(tenantId, runId, cancellationToken))
                {
                    await hand.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The job is done.
        }
    }

    private async Task<bool> WasReplacedAsync(Guid tenantId, Guid runId, CancellationToken cancellationToken)
    {
        try
        {
            return await rows.IsReplacedAsync(tenantId, runId, cancellationToken);
        }
        catch (Exception e) when (StoreFaults.IsPassing(e))
        {
            // The database is out of reach: the pass itself will notice, and the next round asks again.
            return false;
        }
    }
}
