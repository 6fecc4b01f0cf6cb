using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Parts;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Onboarding;

/// <summary>Reads the customer's tenant for a page: one reading at a time, a new one replaces the one that runs.</summary>
public sealed partial class TenantReading(
    Func<Actor, CancellationToken, Task> read, TimeProvider time, ILogger<TenantReading> logger, Action<Exception> fellBehind, Action changed) : IAsyncDisposable
{
    private CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;
    private int asked;

    /// <summary>Set while a reading runs or is about to: plans read after it are new.</summary>
    public DateTimeOffset? Since { get; private set; }

    public ReadingProblem Problem { get; private set; }

    /// <summary>What the remote system said, where the problem is a surprise.</summary>
    public RemoteAnswer? Answer { get; private set; }

    /// <param name="pause">Waits for it first, so that a person may choose several things in a row.</param>
    public async Task StartAsync(Actor actor, TimeSpan pause)
    {
        var mine = ++asked;
        await StopAsync();
        // Somebody asked again, or left, while the one before took its time to end.
        if (mine != asked)
            return;

        stop.Dispose();
        stop = new CancellationTokenSource();
        (Since, Problem, Answer) = (time.GetUtcNow(), ReadingProblem.None, null);
        running = RunAsync(actor, pause, stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        asked++;
        await StopAsync();
        stop.Dispose();
    }

    private async Task StopAsync()
    {
        await stop.CancelAsync();
        await running;
    }

    private async Task RunAsync(Actor actor, TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, time, cancellationToken);
            await ReadAsync(actor, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (UnauthorizedAccessException)
        {
            Problem = ReadingProblem.SignedOut;
        }
        catch (GatewayException fault)
        {
            Answer = fault.Answer;
            Problem = fault switch
            {
                ScopesMissingException => ReadingProblem.ScopesMissing,
                SignInRequiredException { Claims: not null } => ReadingProblem.ProofWanted,
                SignInRequiredException => ReadingProblem.SignInRequired,
                _ => ReadingProblem.Unreadable,
            };
        }
        catch (Exception fault)
        {
            Log.Surprised(logger, fault);
            Problem = ReadingProblem.Surprise;
        }

        Since = null;
        changed();
    }

    /// <summary>Read anew once the portal's database is back.</summary>
    private async Task ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await read(actor, cancellationToken);
                return;
            }
            catch (Exception fault) when (StoreFaults.IsPassing(fault) && !cancellationToken.IsCancellationRequested)
            {
                fellBehind(fault);
            }

            await Task.Delay(Rounds.Pause, time, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2301, LogLevel.Error, "Reading a tenant for a page has failed")]
        public static partial void Surprised(ILogger logger, Exception exception);
    }
}

public enum ReadingProblem
{
    None,
    ScopesMissing,
    SignInRequired,

    /// <summary>So it is here, and it has to prove more than the last one.</summary>
    ProofWanted,
    SignedOut,
    Unreadable,

    /// <summary>A fault of the portal's own.</summary>
    Surprise,
}
