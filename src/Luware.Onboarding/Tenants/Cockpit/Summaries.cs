using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Views;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>Makes summaries anew where nobody changes what they follow from: at start those that are missing or that an older rule has made, later those that are due.</summary>
internal sealed partial class Summaries(IDbContextFactory<PortalDbContext> contexts, RunFeed feed, TimeProvider time, ILogger<Summaries> logger)
{
    private const int AtOnce = 500;

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var made = 0;
        while (await OpenAsync(cancellationToken) is { Count: > 0 } open)
        {
            foreach (var id in open)
                await MakeAsync(id, cancellationToken);
            made += open.Count;
        }

        if (made > 0)
            Log.Made(logger, made);
    }

    /// <summary>Those of tenants of whom an invitation or a link has expired meanwhile.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RenewAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(time.GetUtcNow(), cancellationToken);
        foreach (var id in due)
        {
            await MakeAsync(id, cancellationToken);
            feed.Publish(id);
        }

        return due.Count;
    }

    private async Task<List<Guid>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Summaries.AcrossTenants().Where(s => s.DueAt <= now).Select(s => s.Id).ToListAsync(cancellationToken);
    }

    private async Task<List<Guid>> OpenAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var good = db.Summaries.AcrossTenants().Where(s => s.Rule == SummaryKeeper.Rule);
        return await db.Tenants.Where(t => !good.Any(s => s.Id == t.Id)).OrderBy(t => t.Id).Select(t => t.Id).Take(AtOnce).ToListAsync(cancellationToken);
    }

    private Task MakeAsync(Guid tenantId, CancellationToken cancellationToken) => contexts.ChangeAsync(tenantId, async db =>
    {
        var tenant = await db.Tenants.SingleAsync(t => t.Id == tenantId, cancellationToken);
        var last = await db.Journal.OrderByDescending(e => e.At).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync(cancellationToken);
        if (await db.Summaries.SingleOrDefaultAsync(s => s.Id == tenantId, cancellationToken) is null && last is { } at)
            db.Summaries.Add(SummaryKeeper.New(tenant, at));
        // What the summary follows from is what brings it about.
        db.Entry(tenant).State = EntityState.Modified;
    }, cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(2241, LogLevel.Information, "Made the summaries of {Count} tenants, which were missing or made by an older rule")]
        public static partial void Made(ILogger logger, int count);
    }
}
