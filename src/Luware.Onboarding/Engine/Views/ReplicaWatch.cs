using Luware.Onboarding.Data;
using Luware.Onboarding.Tenants.Cockpit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Engine.Views;

/// <summary>Detects changes by other portals on the same database to the tenants that pages of this portal follow.</summary>
/// <remarks>It polls, so that nothing is missed if a portal dies between its change and a notification.</remarks>
internal sealed partial class ReplicaWatch(IDbContextFactory<PortalDbContext> contexts, RunFeed feed, TimeProvider time, ILogger<ReplicaWatch> logger)
    : PeriodicService(time)
{
    /// <summary>Longer than a change takes, from its first line to its save, and than the clocks of two portals differ.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private Dictionary<Guid, Print> known = [];
    private (Latest Open, Latest Closed)? latest;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var followed = feed.Followed;
        var now = followed.Count == 0 ? [] : await ReadAsync(followed, cancellationToken);
        foreach (var (tenant, print) in now)
        {
            // Also for a tenant that is newly followed: it may have changed between the page's reading and this one.
            if (!known.TryGetValue(tenant, out var before) || before != print)
                feed.Publish(tenant);
        }

        known = now;
        if (feed.HasOverviews)
            await LookOverAllAsync(cancellationToken);
    }

    protected override TimeSpan Every => TimeSpan.FromSeconds(1);

    protected override void Failed(Exception exception) => Log.Failed(logger, exception);

    private async Task LookOverAllAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // One after the other, because the indexes begin with what is closed.
        var recent = Time.GetUtcNow() - Recent;
        var now = (await LatestAsync(db, closed: false, recent, cancellationToken), await LatestAsync(db, closed: true, recent, cancellationToken));
        if (now != latest)
            feed.PublishToOverviews();
        latest = now;
    }

    private static async Task<Latest> LatestAsync(PortalDbContext db, bool closed, DateTimeOffset recent, CancellationToken cancellationToken)
    {
        var rows = CockpitQuery.Of(db, closed);
        return new Latest(
            await rows.MaxAsync(s => (DateTimeOffset?)s.LastActivityAt, cancellationToken),
            await rows.MaxAsync(s => (DateTimeOffset?)s.Since, cancellationToken),
            await rows.Where(s => s.LastActivityAt > recent).SumAsync(s => s.Version + 1, cancellationToken));
    }

    private async Task<Dictionary<Guid, Print>> ReadAsync(IReadOnlyCollection<Guid> tenants, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Tenants.Where(t => tenants.Contains(t.Id)).Select(t => new
        {
            t.Id,
            Print = new Print(
                t.Version,
                db.Summaries.AcrossTenants().Where(s => s.TenantId == t.Id).Sum(s => s.Version + 1),
                db.Steps.AcrossTenants().Where(s => s.TenantId == t.Id).Sum(s => s.Version + 1),
                db.Runs.AcrossTenants().Where(r => r.Id == t.CurrentRunId).Sum(r => r.Version + 1),
                db.Choices.AcrossTenants().Where(c => c.TenantId == t.Id).Sum(c => c.Version + 1),
                db.ColleagueLinks.AcrossTenants().Where(l => l.TenantId == t.Id).Max(l => (DateTimeOffset?)l.SentAt),
                db.ColleagueLinks.AcrossTenants().Where(l => l.TenantId == t.Id).Sum(l => l.Version + 1),
                db.Journal.AcrossTenants().Where(e => e.TenantId == t.Id).Max(e => (DateTimeOffset?)e.At)),
        }).ToDictionaryAsync(t => t.Id, t => t.Print, cancellationToken);
    }

    /// <param name="Status">A status also changes without a line in any journal, when an invitation or a link expires.</param>
    /// <param name="Saves">
    /// A line is as old as its change: one that is saved after a younger one, or by a portal whose clock is behind, is not the latest. Ages, too, so that what
    /// has happened is read a second time, a minute later.
    /// </param>
    private sealed record Latest(DateTimeOffset? Activity, DateTimeOffset? Status, int Saves);

    /// <summary>A value that changes whenever something that a page shows has changed.</summary>
    private sealed record Print(int Tenant, int Summary, int Steps, int Run, int Choices, DateTimeOffset? LastLink, int Links, DateTimeOffset? LastLine);

    private static partial class Log
    {
        [LoggerMessage(2251, LogLevel.Warning, "Looking for changes of other portals has failed; the next round tries again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
