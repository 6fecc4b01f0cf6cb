using System.Globalization;
using Luware.TeamsPowerShell.Worker;
using Microsoft.Extensions.Options;

namespace Luware.TeamsPowerShell;

/// <summary>
/// Retries with growing, randomised pauses, so that callers that failed together do not return together. Retries as often as the settings allow and reports
/// each retry in the transcript. The caller decides what may be retried.
/// </summary>
public sealed class TeamsRetry
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly TeamsWorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;

    public TeamsRetry(IOptions<TeamsWorkerOptions> options, TimeProvider time)
        : this(options, time, Random.Shared.NextDouble)
    {
    }

    /// <param name="random">Returns a number from 0 (inclusive) to 1 (exclusive).</param>
    internal TeamsRetry(IOptions<TeamsWorkerOptions> options, TimeProvider time, Func<double> random)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _time, _random) = (options.Value, time, random);
    }

    /// <param name="what">Names the operation in the transcript.</param>
    /// <param name="mayRepeat">Whether another try is harmless and may help.</param>
    public async Task<T> RunAsync<T>(
        string what, Func<CancellationToken, Task<T>> attempt, Func<TeamsWorkerException, bool> mayRepeat, Action<TeamsOutput>? output,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        for (var retry = 1; ; retry++)
        {
            TimeSpan pause;
            try
            {
                return await attempt(cancellationToken);
            }
            catch (TeamsWorkerException failure) when (retry <= _options.Retries && mayRepeat(failure))
            {
                pause = Pause(retry);
                output?.Invoke(Tell(what, failure, pause, retry));
            }
            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    internal Task RunAsync(
        string what, Func<CancellationToken, Task> attempt, Func<TeamsWorkerException, bool> mayRepeat, Action<TeamsOutput>? output,
        CancellationToken cancellationToken) =>
        RunAsync<object?>(what, async token =>
        {
            await attempt(token);
            return null;
        }, mayRepeat, output, cancellationToken);

    /// <summary>
    /// Doubles with every retry up to a limit, then is scaled by a random factor between half and one and a half. The factor is applied after the limit,
    /// because otherwise all callers with long waits would return together.
    /// </summary>
    private TimeSpan Pause(int retry)
    {
        var pause = _options.RetryPause * Math.Pow(2, retry - 1);
        return (pause < LongestPause ? pause : LongestPause) * (0.5 + _random());
    }

    private TeamsOutput Tell(string what, TeamsWorkerException failure, TimeSpan pause, int retry) => new(
        TeamsOutput.Retry,
        string.Create(CultureInfo.InvariantCulture,
            $"{Secrets.Hide($"{what}: {failure.Message}")} Next try in {pause.TotalSeconds:F0} s ({retry} of {_options.Retries})."));
}
