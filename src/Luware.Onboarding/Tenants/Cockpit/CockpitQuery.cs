using System.Linq.Expressions;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>The cockpit's database queries: one table, with one index for each filter and each order.</summary>
internal static class CockpitQuery
{
    /// <param name="search">How to find the words that were searched for; null without a search.</param>
    public static IQueryable<TenantSummary> Rows(PortalDbContext db, CockpitView view, DateTimeOffset idleBefore, CockpitSearch? search)
    {
        var rows = Of(db, view.Closed);
        if (view.Status is { } status)
            rows = rows.Where(r => r.Status == status);
        if (view.Waits is { } waits)
            rows = rows.Where(r => r.Waits == waits);
        if (view.Region is { } region)
            rows = rows.Where(r => r.Region == region);
        if (view.Owner is { } owner)
            rows = rows.Where(r => r.OwnerName == owner);
        if (view.Stuck)
            rows = rows.Where(r => r.IsStuck);
        if (view.Idle)
            rows = rows.Where(r => r.IdleSince < idleBefore);
        return search is null ? rows : search.Of(db, rows);
    }

    /// <param name="closed">Compared as a parameter and not as a constant, which SQLite would not look up in an index.</param>
    public static IQueryable<TenantSummary> Of(PortalDbContext db, bool closed) => db.Summaries.AcrossTenants().Where(r => r.IsClosed == closed);

    /// <summary>
    /// Counts open and closed tenants. The open ones are all less the few closed ones: a database counts all rows several times faster than those with a value.
    /// </summary>
    public static async Task<(int Open, int Closed)> CountAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var closed = await Of(db, closed: true).CountAsync(cancellationToken);
        return (await db.Summaries.AcrossTenants().CountAsync(cancellationToken) - closed, closed);
    }

    /// <summary>Names, then ids, break every tie in the same direction, so that each order is one index read from either end.</summary>
    public static IOrderedQueryable<TenantSummary> Sorted(IQueryable<TenantSummary> rows, CockpitSort sort, bool descending) => sort switch
    {
        CockpitSort.Region => By(rows, r => r.Region, descending),
        CockpitSort.Verified => By(rows, r => r.Verified, descending),
        CockpitSort.Status => By(rows, r => r.Status, descending),
        CockpitSort.Waits => By(rows, r => r.Waits, descending),
        CockpitSort.Since => By(rows, r => r.Since, descending),
        CockpitSort.LastActivityAt => By(rows, r => r.LastActivityAt, descending),
        CockpitSort.IdleSince => By(rows, r => r.IdleSince, descending),
        CockpitSort.Ready => By(rows, r => r.Ready, descending),
        CockpitSort.OwnerName => By(rows, r => r.OwnerName, descending),
        _ => descending ? rows.OrderByDescending(r => r.NameKey).ThenByDescending(r => r.Id) : rows.OrderBy(r => r.NameKey).ThenBy(r => r.Id),
    };

    /// <summary>Reads only the columns that are shown, because whole rows would take half as long again.</summary>
    public static IQueryable<CockpitRow> Shown(IQueryable<TenantSummary> rows, DateTimeOffset idleBefore) => rows.Select(r =>
        new CockpitRow(r.Id, r.EntraTenantId, r.Name, r.Domain, r.Region, r.Language, r.OwnerName, r.Ready)
        {
            Status = r.Status, Waits = r.Waits, Who = r.Who,
            Why = EngineJson.ReadSentence(r.WhyJson), Next = EngineJson.ReadSentence(r.NextJson), IsStuck = r.IsStuck,
            AtStep = r.AtStep, Verified = r.Verified, Steps = r.Steps, Since = r.Since, LastActivityAt = r.LastActivityAt, IdleSince = r.IdleSince,
            IsIdle = r.IdleSince != null && r.IdleSince < idleBefore,
        });

    private static IOrderedQueryable<TenantSummary> By<TKey>(
        IQueryable<TenantSummary> rows, Expression<Func<TenantSummary, TKey>> key, bool descending) => descending
        ? rows.OrderByDescending(key).ThenByDescending(r => r.NameKey).ThenByDescending(r => r.Id)
        : rows.OrderBy(key).ThenBy(r => r.NameKey).ThenBy(r => r.Id);
}
