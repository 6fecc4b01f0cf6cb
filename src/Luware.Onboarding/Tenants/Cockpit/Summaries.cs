using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Views;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>Renews summaries that no save of other data renews: missing ones, those made by an older rule, and those that are due.</summary>
internal sealed partial class Summaries(IDbContextFactory<PortalDbContext> contexts, RunFeed feed, TimeProvider time, ILogger<Summaries> logger)
{
    private const int AtOnce = 500;

    /// <summary>Creates missing and outdated summaries. A tenant whose summary fails does not hold up the others; it is tried again at the next call.</summary>
    /// <returns>False if there is such a tenant.</returns>
    public async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        var (missing, made, last) = (0, 0, Guid.Empty);
        while (await OpenAsync(last, cancellationToken) is { Count: > 0 } open)
        {
            made += await MakeAsync(open, cancellationToken);
            missing += open.Count;
            last = open[^1];
        }

        if (made > 0)
            Log.Made(logger, made);
        return made == missing;
    }

    /// <summary>Renews the summaries of tenants for which an invitation or a link has expired meanwhile.</summary>
    /// <returns>The number of renewed summaries.</returns>
    public async Task<int> RenewAsync(CancellationToken cancellationToken) =>
        await MakeAsync(await DueAsync(time.GetUtcNow(), cancellationToken), cancellationToken);

    private async Task<int> MakeAsync(IReadOnlyList<Guid> tenants, CancellationToken cancellationToken)
    {
        var made = 0;
        foreach (var id in tenants)
        {
            try
            {
                await MakeAsync(id, cancellationToken);
                feed.Publish(id);
                made++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.Failed(logger, id, e);
            }
        }

        return made;
    }

    private async Task<List<Guid>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Summaries.AcrossTenants().Where(s => s.DueAt <= now).Select(s => s.Id).ToListAsync(cancellationToken);
    }

    private async Task<List<Guid>> OpenAsync(Guid after, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var good = db.Summaries.AcrossTenants().Where(s => s.Rule == SummaryKeeper.Rule);
        return await db.Tenants.Where(t => t.Id > after && !good.Any(s => s.Id == t.Id))
            .OrderBy(t => t.Id).Select(t => t.Id).Take(AtOnce).ToListAsync(cancellationToken);
    }

    private Task MakeAsync(Guid tenantId, CancellationToken cancellationToken) => contexts.ChangeAsync(tenantId, async db =>
    {
        var tenant = await db.Tenants.SingleAsync(t => t.Id == tenantId, cancellationToken);
        var last = await db.Journal.OrderByDescending(e => e.At).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync(cancellationToken);
        if (await db.Summaries.SingleOrDefaultAsync(s => s.Id == tenantId, cancellationToken) is null && last is { } at)
            db.Summaries.Add(SummaryKeeper.New(tenant, at));
        // Marking its source as modified makes the save write the summary.
        db.Entry(tenant).State = EntityState.Modified;
    }, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(2241, LogLevel.Information, "Made the summaries of {Count} tenants, which were missing or made by an older rule")]
        public static partial void Made(ILogger logger, int count);

        [LoggerMessage(2246, LogLevel.Warning, "The summary of the tenant {TenantId} could not be made; the next look tries again")]
        public static partial void Failed(ILogger logger, Guid tenantId, Exception exception);
    }
}
