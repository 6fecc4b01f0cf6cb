using Luware.Onboarding.Data;

namespace Luware.Onboarding.Parts;

/// <summary>Shows something for as long as it changes. While the portal's database is out of reach it says so, waits a moment and begins anew.</summary>
/// <param name="noticed">Told of every fault.</param>
/// <param name="fellBehind">What is shown is out of date from now on, until it is shown anew.</param>
internal sealed class Rounds(TimeProvider time, Action<Exception> noticed, Action fellBehind)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private CancellationTokenSource? showing;

    public async Task ShowAsync(Func<CancellationToken, Task> show, CancellationToken left)
    {
        while (true)
        {
            using var round = CancellationTokenSource.CreateLinkedTokenSource(left);
            showing = round;
            try
            {
                await show(round.Token);
                return;
            }
            catch (OperationCanceledException) when (round.IsCancellationRequested && !left.IsCancellationRequested)
            {
                // Something else on the page has noticed the outage.
            }
            catch (Exception fault) when (StoreFaults.IsPassing(fault) && !left.IsCancellationRequested)
            {
                await LookAgainAsync(fault);
            }
            finally
            {
                showing = null;
            }

            await Task.Delay(Pause, time, left);
        }
    }

    /// <summary>What follows the changes may have noticed nothing: it begins anew. What has shown all it has to show goes on with that.</summary>
    public async Task LookAgainAsync(Exception fault)
    {
        noticed(fault);
        if (showing is not { } round)
            return;

        fellBehind();
        await round.CancelAsync();
    }
}
