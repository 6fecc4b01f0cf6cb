using System.Runtime.CompilerServices;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Views;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants.Cockpit;

internal sealed class CockpitReader(
    StaffAdmission admission, IDbContextFactory<PortalDbContext> contexts, SearchPlanner searches, RunFeed feed, IOptions<CockpitOptions> options, TimeProvider time) : ICockpit
{
    /// <summary>A hundred runs change a hundred times a second; nobody reads faster than this.</summary>
    private static readonly TimeSpan PulseInterval = TimeSpan.FromSeconds(1);

    private DateTimeOffset IdleBefore => time.GetUtcNow().AddDays(-options.Value.IdleDays);

    public async Task<CockpitPage> ReadAsync(Actor actor, CockpitView view, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await admission.AdmitAsync(actor, db, cancellationToken);
        var search = await searches.PlanAsync(db, view.Search, cancellationToken);
        var rows = CockpitQuery.Rows(db, view, IdleBefore, search);
        if (search is { IsBroad: true })
            return await ReadBroadAsync(rows, view, cancellationToken);

        // A first page that is not full says itself how many there are.
        var first = view.Page == 1 ? await TakeAsync(CockpitQuery.Sorted(rows, view.Sort, view.Descending), 0, CockpitView.PageSize, cancellationToken) : null;
        if (first is { Count: < CockpitView.PageSize })
            return new CockpitPage(first, first.Count, IsMore: false);

        var total = await rows.CountAsync(cancellationToken);
        return new CockpitPage(first ?? await PageAsync(rows, view, total, cancellationToken), total, IsMore: false);
    }

    public async Task<CockpitFilters> ReadFiltersAsync(Actor actor, CancellationToken cancellationToken)
    {
        await admission.AdmitAsync(actor, cancellationToken);
        var idleBefore = IdleBefore;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = db.Summaries.AcrossTenants();
        return new CockpitFilters(
            await all.CountAsync(cancellationToken), await all.CountAsync(s => s.IsStuck, cancellationToken), await all.CountAsync(s => s.IdleSince < idleBefore, cancellationToken),
            options.Value.IdleDays, await OwnersAsync(all, cancellationToken));
    }

    public async IAsyncEnumerable<CockpitRow> ExportAsync(Actor actor, CockpitView view, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await admission.AdmitAsync(actor, cancellationToken);
        await foreach (var row in CockpitExport.RowsAsync(contexts, searches, view, IdleBefore, cancellationToken))
            yield return row;
    }

    public async IAsyncEnumerable<DateTimeOffset> FollowAsync(Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var _ in feed.FollowAsync(null, cancellationToken))
        {
            await admission.AdmitAsync(actor, cancellationToken);
            yield return time.GetUtcNow();
            await Task.Delay(PulseInterval, time, cancellationToken);
        }
    }

    /// <summary>The page from whichever end is nearer, so that the last is as quick as the first.</summary>
    private async Task<List<CockpitRow>> PageAsync(IQueryable<TenantSummary> rows, CockpitView view, int total, CancellationToken cancellationToken)
    {
        var skip = Math.Min(view.Page - 1, Math.Max(0, total - 1) / CockpitView.PageSize) * CockpitView.PageSize;
        var take = Math.Min(CockpitView.PageSize, total - skip);
        var isNearEnd = skip > total / 2;
        var found = await TakeAsync(CockpitQuery.Sorted(rows, view.Sort, view.Descending != isNearEnd), isNearEnd ? total - skip - take : skip, take, cancellationToken);
        if (isNearEnd)
            found.Reverse();
        return found;
    }

    private async Task<CockpitPage> ReadBroadAsync(IQueryable<TenantSummary> rows, CockpitView view, CancellationToken cancellationToken)
    {
        var skip = Math.Min(view.Page - 1, (CockpitSearch.Counted - 1) / CockpitView.PageSize) * CockpitView.PageSize;
        var found = await TakeAsync(CockpitQuery.Sorted(rows, view.Sort, view.Descending), skip, CockpitView.PageSize, cancellationToken);
        var isMore = found.Count == CockpitView.PageSize;
        return new CockpitPage(found, isMore ? CockpitSearch.Counted : skip + found.Count, isMore);
    }

    /// <summary>One look into the index for each owner: few people have many tenants.</summary>
    private static async Task<List<string>> OwnersAsync(IQueryable<TenantSummary> all, CancellationToken cancellationToken)
    {
        var owners = new List<string>();
        var last = "";
        while (await all.Where(s => s.OwnerName!.CompareTo(last) > 0).MinAsync(s => s.OwnerName, cancellationToken) is { } next)
            owners.Add(last = next);
        return owners;
    }

    private Task<List<CockpitRow>> TakeAsync(IQueryable<TenantSummary> rows, int skip, int take, CancellationToken cancellationToken) =>
        CockpitQuery.Shown(rows.Skip(skip).Take(take), IdleBefore).ToListAsync(cancellationToken);
}
