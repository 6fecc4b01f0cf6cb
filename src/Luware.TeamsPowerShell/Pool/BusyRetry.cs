using Luware.TeamsPowerShell.Worker;
using Polly;
using Polly.Retry;

namespace Luware.TeamsPowerShell.Pool;

/// <summary>
/// Tries again while the service says that it is busy, and says so in the transcript. A write is tried again only where the service
/// turned it away unread; after a 503 it may have been done all the same. That, every other refusal, and a lost worker, is the caller's to judge.
/// </summary>
internal sealed class BusyRetry(TeamsWorkerOptions options, TimeProvider time)
{
    private static readonly ResiliencePropertyKey<Action<TeamsOutput>?> Transcript = new("transcript");

    private readonly ResiliencePipeline _pipeline = options.BusyRetries == 0 ? ResiliencePipeline.Empty : Build(options, time);

    public Task RunAsync(Func<CancellationToken, Task> exchange, Action<TeamsOutput>? output, CancellationToken cancellationToken) =>
        RunAsync<object?>(async token =>
        {
            await exchange(token);
            return null;
        }, output, cancellationToken);

    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> exchange, Action<TeamsOutput>? output, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Transcript, output);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (c, run) => await run(c.CancellationToken), context, exchange);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static ResiliencePipeline Build(TeamsWorkerOptions options, TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<CommandRefusedException>(MayRepeat),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.BusyPause,
                MaxRetryAttempts = options.BusyRetries,
                OnRetry = retry => Tell(retry, options.BusyRetries),
            })
            .Build();

    private static bool MayRepeat(CommandRefusedException refused) =>
        refused.Error.IsThrottled || (refused.Error.IsBusy && ChangesNothing(refused.Command));

    private static bool ChangesNothing(string cmdlet) =>
        cmdlet.StartsWith("Get-", StringComparison.Ordinal) || cmdlet.StartsWith("Connect-", StringComparison.Ordinal);

    private static ValueTask Tell(OnRetryArguments<object> retry, int budget)
    {
        var output = retry.Context.Properties.GetValue(Transcript, defaultValue: null);
        output?.Invoke(new TeamsOutput(
            TeamsOutput.Retry,
            $"{Secrets.Hide(retry.Outcome.Exception?.Message ?? "")} Next try in {retry.RetryDelay.TotalSeconds:F0} s ({retry.AttemptNumber + 1} of {budget})."));
        return ValueTask.CompletedTask;
    }
}
