using Luware.Onboarding.Data;

namespace Luware.Onboarding.Parts;

/// <summary>Keeps showing something that changes. While the portal's database is unavailable it says so, waits a moment and starts again.</summary>
/// <param name="noticed">Receives every exception.</param>
/// <param name="fellBehind">Called when what is shown may be out of date.</param>
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
                // Another part of the page has noticed the outage.
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

    /// <summary>
    /// Starts again after an outage that the followed stream may not have noticed. Something that has been shown completely is left as it is.
    /// </summary>
    public async Task LookAgainAsync(Exception fault)
    {
        noticed(fault);
        if (showing is not { } round)
            return;

        fellBehind();
        await round.CancelAsync();
    }
}
