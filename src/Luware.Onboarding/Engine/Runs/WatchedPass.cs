using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Views;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>
/// Cancels a pass's remote call when another pass of the run, or a run that takes back, waits for it. Whether the call took effect is then unknown. The run's
/// row is checked whenever something about its tenant changes, here or on another portal, until the pass is over.
/// </summary>
internal sealed class WatchedPass : IAsyncDisposable
{
    private readonly CancellationTokenSource inHand;
    private readonly CancellationTokenSource over = new();
    private readonly Task watching;

    public WatchedPass(Run run, RunRows rows, RunFeed feed, CancellationToken cancellationToken)
    {
        inHand = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        watching = WatchAsync(run, rows, feed);
    }

    /// <summary>Cancels the remote calls of the pass.</summary>
    public CancellationToken Token => inHand.Token;

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await watching;
        inHand.Dispose();
        over.Dispose();
    }

    private async Task WatchAsync(Run run, RunRows rows, RunFeed feed)
    {
        try
        {
            await foreach (var _ in feed.FollowAsync(run.TenantId, over.Token))
            {
                if (!await IsToEndAsync(run, rows))
                    continue;
                await inHand.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The pass is over.
        }
    }

    private async Task<bool> IsToEndAsync(Run run, RunRows rows)
    {
        try
        {
            return await rows.IsToEndAsync(run, over.Token);
        }
        catch (Exception e) when (StoreFaults.IsPassing(e))
        {
            // The database is out of reach: the pass itself will notice, and the next change asks again.
            return false;
        }
    }
}
