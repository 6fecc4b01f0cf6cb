using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Luware.Onboarding.Parts;

/// <summary>
/// A component that makes requests in its person's name: busy until they are answered, cancelled when it is disposed, and notified when the person may not.
/// </summary>
public abstract class AskingComponent : FocusingComponent, IAsyncDisposable
{
    // Created for the first request: an open page has many such components, most of which never make one.
    private CancellationTokenSource? leaving;
    private bool hasLeft;
    private int asked;

    [Inject] public required TimeProvider Time { get; init; }

    /// <summary>Null if nobody is signed in.</summary>
    public abstract Actor? Who { get; }

    protected bool IsBusy => asked > 0;

    /// <summary>Why the last request was refused.</summary>
    protected Sentence? Problem { get; set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        hasLeft = true;
        if (leaving is not null)
            await leaving.CancelAsync();
        await LeaveAsync();
        leaving?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected Task AskAsync(Func<Actor, CancellationToken, Task> ask) => AskAsync<object>(async (who, token) =>
    {
        await ask(who, token);
        return null;
    });

    /// <summary>
    /// Makes a request. If the database is temporarily unavailable, shows a sentence and keeps what was typed; unexpected exceptions are left to the
    /// surrounding panel.
    /// </summary>
    /// <returns>Null if there is no answer.</returns>
    protected async Task<T?> AskAsync<T>(Func<Actor, CancellationToken, Task<T?>> ask) where T : class
    {
        asked++;
        var left = hasLeft ? new CancellationToken(canceled: true) : (leaving ??= new CancellationTokenSource()).Token;
        try
        {
            return await ask(Who ?? throw new UnauthorizedAccessException("Nobody is signed in."), left);
        }
        catch (UnauthorizedAccessException)
        {
            Refuse();
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // The component was disposed.
        }
        catch (JSDisconnectedException)
        {
            // The browser disconnected.
        }
        catch (Exception fault) when (StoreFaults.IsPassing(fault))
        {
            // Perhaps only the answer was lost, so repeating the request automatically might carry it out twice.
            Problem = new Sentence("Outage.Uncertain");
            await FallBehindAsync(fault);
        }
        finally
        {
            asked--;
            StateHasChanged();
        }

        return null;
    }

    /// <returns>True if it was accepted; otherwise <see cref="Problem"/> says why not.</returns>
    protected async Task<bool> DecideAsync(Func<Actor, CancellationToken, Task<Decision>> ask)
    {
        Problem = null;
        var decision = await AskAsync<Decision>(async (who, token) => await ask(who, token));
        Problem ??= decision?.Problem;
        return decision is { IsAccepted: true };
    }

    /// <summary>Makes a request that changes nothing, and repeats it while the portal's database is unavailable.</summary>
    protected Task AskUntilAnsweredAsync(Func<Actor, CancellationToken, Task> look) => AskUntilAnsweredAsync<object>(async (who, token) =>
    {
        await look(who, token);
        return null;
    });

    /// <inheritdoc cref="AskUntilAnsweredAsync(Func{Actor, CancellationToken, Task})"/>
    protected Task<T?> AskUntilAnsweredAsync<T>(Func<Actor, CancellationToken, Task<T?>> look) where T : class => AskAsync(async (who, left) =>
    {
        while (true)
        {
            try
            {
                return await look(who, left);
            }
            catch (Exception fault) when (StoreFaults.IsPassing(fault) && !left.IsCancellationRequested)
            {
                await FallBehindAsync(fault);
            }

            await Task.Delay(Rounds.Pause, Time, left);
        }
    });

    /// <summary>Reports that the portal's database is unavailable, and ensures that the page is updated once it is back.</summary>
    protected abstract Task FallBehindAsync(Exception fault);

    /// <summary>Reports that the person may not do this: the session has ended, or the object is not theirs.</summary>
    protected abstract void Refuse();

    /// <summary>Ends other work that the component has begun.</summary>
    protected virtual Task LeaveAsync() => Task.CompletedTask;
}
