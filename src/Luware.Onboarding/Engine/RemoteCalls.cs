using Luware.Onboarding.Data;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine;

/// <summary>
/// Calls remote services with a time limit and quick retries for readings, and turns every failure into a value; the engine catches nowhere else.
/// </summary>
internal sealed partial class RemoteCalls(IOptions<EngineOptions> options, TimeProvider time, ILogger<RemoteCalls> logger)
{
    /// <summary>The longest retry pause for which a worker is kept; a longer one becomes a wait of the run.</summary>
    private static readonly TimeSpan LongestQuickRetry = TimeSpan.FromSeconds(5);

    /// <summary>Reads, and asks a busy service again at once.</summary>
    /// <param name="said">Receives messages about retries, and tells when the call waits for a worker; null if nobody listens.</param>
    /// <param name="explain">The step's own explanation of an expected answer; null if it has none.</param>
    /// <exception cref="WrongIdentityException">Not caught: nothing more may run.</exception>
    /// <remarks>Faults of the portal's own database, from which gateways read tokens, are not caught either, because they say nothing about the step.</remarks>
    public Task<Answer<T>> AskAsync<T>(
        Func<CancellationToken, Task<T>> call, Commentary? said, Func<RemoteAnswer, Refusal?>? explain, CancellationToken cancellationToken) =>
        CallAsync(call, options.Value.QuickRetries, options.Value.ReadLimit, said, explain, cancellationToken);

    /// <summary>Reads for a person who waits for it.</summary>
    /// <exception cref="UnauthorizedAccessException">Another tenant or person answered than the one signed in.</exception>
    /// <inheritdoc cref="AskAsync{T}"/>
    public async Task<Answer<T>> AskForPersonAsync<T>(
        Func<CancellationToken, Task<T>> call, Commentary? said, Func<RemoteAnswer, Refusal?>? explain, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(call, said, explain, cancellationToken);
        }
        catch (WrongIdentityException e)
        {
            throw new UnauthorizedAccessException("Another tenant or person answered than the one signed in.", e);
        }
    }

    /// <summary>Writes once. A busy service may have carried it out nevertheless, so a reading comes before another try.</summary>
    /// <inheritdoc cref="AskAsync{T}"/>
    public Task<Answer<T>> TellAsync<T>(
        Func<CancellationToken, Task<T>> call, Commentary? said, Func<RemoteAnswer, Refusal?>? explain, CancellationToken cancellationToken) =>
        CallAsync(call, retries: 0, options.Value.ActionLimit, said, explain, cancellationToken);

    /// <param name="limit">How long the call may take. Waiting for a worker is excluded: giving up would only send the caller to the end of the queue.</param>
    private async Task<Answer<T>> CallAsync<T>(
        Func<CancellationToken, Task<T>> call, int retries, TimeSpan limit, Commentary? said, Func<RemoteAnswer, Refusal?>? explain,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return new Answer<T>(await LimitedAsync(call, limit, said, cancellationToken), null, null);
            }
            catch (TransientException e) when (attempt < retries && (e.RetryAfter ?? TimeSpan.Zero) <= LongestQuickRetry)
            {
                Log.Retrying(logger, attempt + 1, e.Answer?.Code ?? "no code");
                said?.Add("retry", $"{e.Message} It is asked again ({attempt + 1} of {retries}).");
                await Task.Delay(Pause(attempt, e.RetryAfter), time, cancellationToken);
            }
            catch (Exception e) when (e is not WrongIdentityException && !StoreFaults.IsPassing(e) && !cancellationToken.IsCancellationRequested)
            {
                return new Answer<T>(default, Explain(e, explain), e as GatewayException);
            }
        }
    }

    private async Task<T> LimitedAsync<T>(Func<CancellationToken, Task<T>> call, TimeSpan limit, Commentary? said, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        said?.QueueMoved += Wait;
        try
        {
            return await call(either.Token);
        }
        finally
        {
            said?.QueueMoved -= Wait;
        }

        void Wait(int position) => timeout.CancelAfter(position > 0 ? Timeout.InfiniteTimeSpan : limit);
    }

    private TimeSpan Pause(int attempt, TimeSpan? wanted)
    {
        var backOff = options.Value.QuickRetryDelay * (1 << attempt) * (0.5 + Random.Shared.NextDouble());
        return wanted > backOff ? wanted.Value : backOff;
    }

    private Hold Explain(Exception exception, Func<RemoteAnswer, Refusal?>? explain) => exception switch
    {
        SignInRequiredException e => Hold.SignInAgain(e.Answer),
        ScopesMissingException e => Hold.ScopesMissing(e.Answer),
        TransientException e => Hold.Busy(e.Answer, e.RetryAfter),
        // This is about the person's sign-in, so no step can explain it better.
        RefusedException { Answer: { Code: ProofCodes.NotAccepted } answer } => Hold.Refused(ErrorCatalogue.Of(answer), answer),
        RefusedException { Answer: { } answer } => Hold.Refused(explain?.Invoke(answer) ?? ErrorCatalogue.Of(answer), answer),
        OperationCanceledException => new Hold(new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("Engine.NoAnswer"))),
        _ => Surprise(exception),
    };

    private Hold Surprise(Exception exception)
    {
        Log.Surprised(logger, exception);
        return new Hold(new StepOutcome.Failed(new Sentence("Engine.Surprise", exception.GetType().Name)));
    }

    private static partial class Log
    {
        [LoggerMessage(2201, LogLevel.Information, "Busy, attempt {Attempt}: {Code}")]
        public static partial void Retrying(ILogger logger, int attempt, string code);

        [LoggerMessage(2202, LogLevel.Error, "An unexpected exception was thrown during a remote call")]
        public static partial void Surprised(ILogger logger, Exception exception);
    }
}

/// <summary>The result of a call, or what holds the step instead.</summary>
/// <param name="Exception">The gateway's exception behind the trouble, for callers that answer a person at once.</param>
internal sealed record Answer<T>(T? Value, Hold? Trouble, GatewayException? Exception);
