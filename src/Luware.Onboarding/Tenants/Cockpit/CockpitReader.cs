using System.Runtime.CompilerServices;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Views;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants.Cockpit;

internal sealed class CockpitReader(
    StaffAdmission admission, IDbContextFactory<PortalDbContext> contexts, SearchPlanner searches, FilterReader filters, RunFeed feed,
    IOptions<CockpitOptions> options, TimeProvider time) : ICockpit
{
    /// <summary>The shortest time between two pulses: a hundred runs change a hundred times a second, and nobody reads faster than this.</summary>
    private static readonly TimeSpan PulseInterval = TimeSpan.FromSeconds(1);

    private DateTimeOffset IdleBefore => time.GetUtcNow().AddDays(-options.Value.IdleDays);

    public async Task<CockpitPage> ReadAsync(Actor actor, CockpitView view, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await admission.AdmitAsync(actor, db, cancellationToken);
        var search = await searches.PlanAsync(db, view, cancellationToken);
        if (search is { IsBroad: true })
            return await ReadBroadAsync(db, view, search, cancellationToken);

        var rows = CockpitQuery.Rows(db, view, IdleBefore, search);

        // If the first page is not full, its length is the total.
        var first = view.Page == 1 ? await TakeAsync(CockpitQuery.Sorted(rows, view.Sort, view.Descending), 0, CockpitView.PageSize, cancellationToken) : null;
        if (first is { Count: < CockpitView.PageSize })
            return new CockpitPage(first, first.Count, IsMore: false);

        var total = view.IsFiltered ? await rows.CountAsync(cancellationToken) : (await CockpitQuery.CountAsync(db, cancellationToken)).Open;
        return new CockpitPage(first ?? await PageAsync(db, rows, view, total, cancellationToken), total, IsMore: false);
    }

    public async Task<CockpitFilters> ReadFiltersAsync(Actor actor, CancellationToken cancellationToken)
    {
        await admission.AdmitAsync(actor, cancellationToken);
        return await filters.ReadAsync(cancellationToken);
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

    /// <summary>
    /// Reads the page from the nearer end, so that the last page is as fast as the first. Preceding rows are skipped by their ids alone, which the index
    /// contains.
    /// </summary>
    private async Task<List<CockpitRow>> PageAsync(
        PortalDbContext db, IQueryable<TenantSummary> rows, CockpitView view, int total, CancellationToken cancellationToken)
    {
        var skip = Math.Min(view.Page - 1, Math.Max(0, total - 1) / CockpitView.PageSize) * CockpitView.PageSize;
        var take = Math.Min(CockpitView.PageSize, total - skip);
        var isNearEnd = skip > total / 2;
        var ids = CockpitQuery.Sorted(rows, view.Sort, view.Descending != isNearEnd).Skip(isNearEnd ? total - skip - take : skip).Take(take).Select(r => r.Id);
        var page = db.Summaries.AcrossTenants().Where(r => ids.Contains(r.Id));
        return await CockpitQuery.Shown(CockpitQuery.Sorted(page, view.Sort, view.Descending), IdleBefore).ToListAsync(cancellationToken);
    }

    private async Task<CockpitPage> ReadBroadAsync(PortalDbContext db, CockpitView view, CockpitSearch search, CancellationToken cancellationToken)
    {
        var skip = Math.Min(view.Page - 1, (CockpitSearch.Counted - 1) / CockpitView.PageSize) * CockpitView.PageSize;
        var found = await TakeBroadAsync(db, view, search, skip, cancellationToken);
        if (found.Count == 0 && skip > 0)
        {
            // Counted only to find the last page, where the address is of a page behind the end.
            var total = await CockpitQuery.Rows(db, view, IdleBefore, search).Take(skip).CountAsync(cancellationToken);
            found = await TakeBroadAsync(db, view, search, Math.Max(0, total - 1) / CockpitView.PageSize * CockpitView.PageSize, cancellationToken);
            return new CockpitPage(found, total, IsMore: false);
        }

        var isMore = found.Count == CockpitView.PageSize;
        return new CockpitPage(found, isMore ? CockpitSearch.Counted : skip + found.Count, isMore);
    }

    private async Task<List<CockpitRow>> TakeBroadAsync(
        PortalDbContext db, CockpitView view, CockpitSearch search, int skip, CancellationToken cancellationToken)
    {
        var isByName = search.Whole.Count > 0 && view is { Sort: CockpitSort.Name, IsOnlySearched: true };
        var rows = isByName ? search.PageByName(db, view.Descending, skip, CockpitView.PageSize) : CockpitQuery.Rows(db, view, IdleBefore, search);
        return await TakeAsync(CockpitQuery.Sorted(rows, view.Sort, view.Descending), isByName ? 0 : skip, CockpitView.PageSize, cancellationToken);
    }

    private Task<List<CockpitRow>> TakeAsync(IQueryable<TenantSummary> rows, int skip, int take, CancellationToken cancellationToken) =>
        CockpitQuery.Shown(rows.Skip(skip).Take(take), IdleBefore).ToListAsync(cancellationToken);
}
