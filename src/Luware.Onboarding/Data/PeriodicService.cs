using Microsoft.Extensions.Hosting;

namespace Luware.Onboarding.Data;

/// <summary>Background work in rounds: one at the start, and one after each interval. A round that fails is logged, and the next one tries again.</summary>
internal abstract class PeriodicService(TimeProvider time) : BackgroundService
{
    protected TimeProvider Time => time;

    /// <summary>Read when the rounds begin, because settings are validated only after the service was created.</summary>
    protected abstract TimeSpan Every { get; }

    public abstract Task RunOnceAsync(CancellationToken cancellationToken);

    protected abstract void Failed(Exception exception);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends without an exception: a host that ends because it could not start would report that as the failure of this service.
        using var timer = new PeriodicTimer(Every, time);
        await using var end = stoppingToken.Register(timer.Dispose);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // A round that was cancelled by anything other than the stop must not end the service, and with it the portal.
            catch (Exception e)
            {
                Failed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(CancellationToken.None));
    }
}
