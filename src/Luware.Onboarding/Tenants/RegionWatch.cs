using Luware.Onboarding.Data;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Tenants;

/// <summary>
/// Looks for changed regions once more, an hour after the start. During an upgrade, portals with the settings of before still read, and with that undo what
/// the start has marked; an hour later they are gone.
/// </summary>
/// <remarks>
/// Only once, unless a tenant could not be checked: looking every hour, a portal of before would mark what a new one has verified.
/// </remarks>
internal sealed partial class RegionWatch(RegionChanges regions, TimeProvider time, ILogger<RegionWatch> logger) : PeriodicService(time)
{
    private static readonly TimeSpan LongestUpgrade = TimeSpan.FromHours(1);

    /// <summary>Null once it has looked.</summary>
    private DateTimeOffset? due = time.GetUtcNow() + LongestUpgrade;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (due is null || Time.GetUtcNow() < due)
            return;
        if (await regions.CheckAsync(cancellationToken))
            due = null;
    }

    protected override TimeSpan Every => LongestUpgrade;

    protected override void Failed(Exception exception) => Log.Failed(logger, exception);

    private static partial class Log
    {
        [LoggerMessage(2248, LogLevel.Warning, "Looking for changed regions once more has failed; the next round tries again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
