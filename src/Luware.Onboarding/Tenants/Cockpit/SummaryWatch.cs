using Luware.Onboarding.Data;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>
/// Creates missing and outdated summaries while the portal already serves, and renews those that become due: when an invitation or a link expires nothing is
/// saved, but the cockpit must show it.
/// </summary>
internal sealed partial class SummaryWatch(Summaries summaries, TimeProvider time, ILogger<SummaryWatch> logger) : PeriodicService(time)
{
    private bool isFilled;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // This scans every tenant, so it runs once; afterwards each save keeps its own tenant's summary up to date.
        isFilled = isFilled || await summaries.FillAsync(cancellationToken);
        if (await summaries.RenewAsync(cancellationToken) is > 0 and var renewed)
            Log.Renewed(logger, renewed);
    }

    protected override TimeSpan Every => TimeSpan.FromMinutes(1);

    protected override void Failed(Exception exception) => Log.Failed(logger, exception);

    private static partial class Log
    {
        [LoggerMessage(2244, LogLevel.Information, "Made the summaries of {Count} tenants anew: an invitation or a link of theirs has expired")]
        public static partial void Renewed(ILogger logger, int count);

        [LoggerMessage(2245, LogLevel.Warning, "Looking for summaries that are due has failed; the next round tries again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
