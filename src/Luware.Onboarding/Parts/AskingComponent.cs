using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Luware.Onboarding.Parts;

/// <summary>A component that asks for something in its person's name: busy until it is answered, cancelled when it is left, and told when the person may not.</summary>
public abstract class AskingComponent : FocusingComponent, IAsyncDisposable
{
    // Made for the first question: an open page has many such components, and most of them never ask.
    private CancellationTokenSource? leaving;
    private bool hasLeft;
    private int asked;

    [Inject] public required TimeProvider Time { get; init; }

    /// <summary>Null where nobody is signed in.</summary>
    public abstract Actor? Who { get; }

    protected bool IsBusy => asked > 0;

    /// <summary>What spoke against what was asked for last.</summary>
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
    /// A database that is out of reach for a while is said in a sentence, and what was typed stays; what goes wrong beyond the expected is for the
    /// panel around.
    /// </summary>
    /// <returns>Null where there is no answer.</returns>
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
            // The person has left.
        }
        catch (JSDisconnectedException)
        {
            // The browser went meanwhile.
        }
        catch (Exception fault) when (StoreFaults.IsPassing(fault))
        {
            // Perhaps the answer alone was lost: asked again by itself it might be done twice.
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

    /// <returns>True where it was accepted; else <see cref="Problem"/> says why not.</returns>
    protected async Task<bool> DecideAsync(Func<Actor, CancellationToken, Task<Decision>> ask)
    {
        Problem = null;
        var decision = await AskAsync<Decision>(async (who, token) => await ask(who, token));
        Problem ??= decision?.Problem;
        return decision is { IsAccepted: true };
    }

    /// <summary>Asks for what changes nothing: while the portal's database is out of reach it is asked again, until there is an answer.</summary>
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

    /// <summary>Says that the portal's database is out of reach, and sees to it that what is shown is brought up to date once it is back.</summary>
    protected abstract Task FallBehindAsync(Exception fault);

    /// <summary>Says that the person may not ask: the session has ended, or it is not theirs.</summary>
    protected abstract void Refuse();

    /// <summary>Ends what the component has begun besides.</summary>
    protected virtual Task LeaveAsync() => Task.CompletedTask;
}
