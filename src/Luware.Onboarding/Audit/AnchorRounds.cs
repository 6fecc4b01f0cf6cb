using Luware.Onboarding.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Audit;

/// <summary>
/// Anchors, at a fixed interval, every chain that has grown since the last time; also at start and at stop, so that a short-lived process anchors too.
/// </summary>
internal sealed partial class AnchorRounds(
    IDbContextFactory<PortalDbContext> contexts, AuditAnchors anchors, IOptions<AuditOptions> options, TimeProvider time, ILogger<AnchorRounds> logger)
    : BackgroundService
{
    /// <summary>
    /// An entry has the time at which its change began, not when it was saved. Rounds therefore overlap: a chain may be anchored twice but is never left out.
    /// </summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The first round looks back this far, over a long weekend, so that it also anchors what a process added after its last round before it died.
    /// </summary>
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromDays(4);

    private DateTimeOffset since = time.GetUtcNow() - options.Value.AnchorEvery - LongestStandstill;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RoundAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await RoundAsync(cancellationToken);
    }

    /// <returns>The moment from which the next round searches.</returns>
    public async Task<DateTimeOffset> AnchorAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var next = time.GetUtcNow() - Overlap;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await foreach (var head in db.AuditHeads.AsNoTracking().Where(h => h.At > since).AsAsyncEnumerable().WithCancellation(cancellationToken))
            anchors.Write(head);
        return next;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Ends without an exception: a host that ends because it could not start would report that as the failure of this service.
        using var timer = new PeriodicTimer(options.Value.AnchorEvery, time);
        await using var end = stoppingToken.Register(timer.Dispose);
        try
        {
            while (await timer.WaitForNextTickAsync(CancellationToken.None))
                await RoundAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The last round follows in StopAsync.
        }
    }

    private async Task RoundAsync(CancellationToken cancellationToken)
    {
        try
        {
            since = await AnchorAsync(since, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2402, LogLevel.Warning, "The ends of the audit's chains could not be read; the next round tries again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
