using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Takes a run up once: begins a pass, goes through the steps and stores how the pass ended, whatever is thrown.</summary>
internal sealed partial class RunExecutor(
    RunRows rows, PassOpener opener, PassSteps steps, RunFeed feed, QueuePositions positions, Commentary said, EngineMetrics metrics,
    IOptions<EngineOptions> options, ILogger<RunExecutor> logger)
{
    /// <returns>When the run is to be taken up again; null when only an event can wake it, or it has ended.</returns>
    public async Task<DateTimeOffset?> ExecuteAsync(Guid tenantId, Guid runId, CancellationToken cancellationToken)
    {
        if (await rows.BeginAsync(tenantId, runId, cancellationToken) is not { } run)
            return await rows.WakeAtAsync(tenantId, runId, cancellationToken);

        using var observed = new ObservedPass(run, metrics, logger);
        using var position = positions.Follow(tenantId, said);
        await using var watched = new WatchedPass(run, rows, feed, cancellationToken);
        try
        {
            var pass = await opener.OpenAsync(run, watched.Token);
            var interrupted = await steps.RunAsync(pass, watched.Token);
            var end = await rows.EndPassAsync(run, interrupted, [.. pass.Entries.Select(e => e.Step.Name)], watched.Token);
            observed.Outcome = end?.State;
            return end?.WakeAt;
        }
        catch (Exception e) when (e is not WrongIdentityException && watched.Token.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Log.CutOff(logger, e, run.Id);
        }
        catch (WrongIdentityException e)
        {
            Log.WrongIdentity(logger, e, run.Id);
            observed.Outcome = RunState.Failed;
            await rows.FailAsync(run, new Sentence("Engine.WrongIdentity"), cancellationToken);
        }
        catch (Exception e) when (StoreFaults.IsPassing(e) && !cancellationToken.IsCancellationRequested)
        {
            // As after a crash, readings find what was done. If not even this can be written, the reconciler takes the run up.
            Log.StoreOutOfReach(logger, e, run.Id);
            return await rows.PauseAsync(run, options.Value.LastPoll, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e, run.Id);
            observed.Outcome = RunState.Failed;
            await rows.FailAsync(run, new Sentence("Engine.Surprise", e.GetType().Name), cancellationToken);
        }

        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(2211, LogLevel.Error, "Run {RunId}: another tenant or person answered; the run has failed and nothing more was written")]
        public static partial void WrongIdentity(ILogger logger, Exception exception, Guid runId);

        [LoggerMessage(2212, LogLevel.Error, "Run {RunId} has failed")]
        public static partial void Failed(ILogger logger, Exception exception, Guid runId);

        [LoggerMessage(2217, LogLevel.Information,
            "Run {RunId}: what it had in hand was cut off, for another pass or a run that takes back; what it did is read there")]
        public static partial void CutOff(ILogger logger, Exception exception, Guid runId);

        [LoggerMessage(2216, LogLevel.Warning, "Run {RunId}: the portal's database was out of reach; the run goes on by itself")]
        public static partial void StoreOutOfReach(ILogger logger, Exception exception, Guid runId);
    }
}
