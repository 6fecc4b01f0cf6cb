using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Parts;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Reads the customer's tenant for a page, one reading at a time; a new reading replaces the running one.</summary>
public sealed partial class TenantReading(
    Func<Actor, CancellationToken, Task> read, TimeProvider time, ILogger<TenantReading> logger,
    Action<Exception> fellBehind, Action changed) : IAsyncDisposable
{
    private CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;
    private int asked;

    /// <summary>Set while a reading is running or about to start; plans read after this moment are new.</summary>
    public DateTimeOffset? Since { get; private set; }

    public ReadingProblem Problem { get; private set; }

    /// <summary>The remote system's answer, if the problem is unexpected.</summary>
    public RemoteAnswer? Answer { get; private set; }

    /// <param name="pause">Waits this long first, so that a person may make several choices in a row.</param>
    public async Task StartAsync(Actor actor, TimeSpan pause)
    {
        var mine = ++asked;
        await StopAsync();
        // The page asked again or was closed while the previous reading was ending.
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

    /// <summary>Reads the tenant; reads again once the portal's database is back.</summary>
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

    /// <summary>The sign-in is required here, and it must prove more than the last one.</summary>
    ProofWanted,
    SignedOut,
    Unreadable,

    /// <summary>A defect of the portal.</summary>
    Surprise,
}
