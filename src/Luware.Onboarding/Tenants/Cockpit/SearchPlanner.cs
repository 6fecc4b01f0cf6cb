using Luware.Onboarding.Data;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>Finds out how many tenants have the typed words, and thus how to search for them.</summary>
/// <remarks>The queries are compiled once, because composing them takes longer than running them.</remarks>
internal sealed class SearchPlanner
{
    private readonly Func<PortalDbContext, string, string, CancellationToken, Task<int>> having = EF.CompileAsyncQuery(
        (PortalDbContext db, string from, string to, CancellationToken cancellationToken) =>
            db.Words.IgnoreQueryFilters(new[] { PortalDbContext.TenantFilter })
                .Where(w => w.Text.CompareTo(from) >= 0 && w.Text.CompareTo(to) < 0).OrderBy(w => w.Text).Take(CockpitSearch.Counted + 1).Count());

    private readonly Func<PortalDbContext, string, string, CancellationToken, Task<string?>> first = EF.CompileAsyncQuery(
        (PortalDbContext db, string from, string to, CancellationToken cancellationToken) =>
            db.Words.IgnoreQueryFilters(new[] { PortalDbContext.TenantFilter })
                .Where(w => w.Text.CompareTo(from) >= 0 && w.Text.CompareTo(to) < 0).OrderBy(w => w.Text).Select(w => w.Text).FirstOrDefault());

    // Not one query with both prefixes: SQLite would use the index for one of them only and scan from there to the other.
    private readonly Func<PortalDbContext, string, string, CancellationToken, Task<string?>> next = EF.CompileAsyncQuery(
        (PortalDbContext db, string after, string to, CancellationToken cancellationToken) =>
            db.Words.IgnoreQueryFilters(new[] { PortalDbContext.TenantFilter })
                .Where(w => w.Text.CompareTo(after) > 0 && w.Text.CompareTo(to) < 0).OrderBy(w => w.Text).Select(w => w.Text).FirstOrDefault());

    /// <returns>Null if nothing was searched for.</returns>
    public async Task<CockpitSearch?> PlanAsync(PortalDbContext db, CockpitView view, CancellationToken cancellationToken)
    {
        var words = new List<((string From, string To) Range, int Tenants)>();
        foreach (var range in SearchWords.Ranges(view.Search, view.Closed))
            words.Add((range, await having(db, range.From, range.To, cancellationToken)));
        if (words.Count == 0)
            return null;

        words.Sort((a, b) => a.Tenants.CompareTo(b.Tenants));
        var (rarest, tenants) = words[0];
        var isBroad = tenants > CockpitSearch.Counted;
        return new CockpitSearch([.. words.Select(w => w.Range)], isBroad) { Whole = isBroad ? await WholeAsync(db, rarest, cancellationToken) : [] };
    }

    private async Task<IReadOnlyList<string>> WholeAsync(PortalDbContext db, (string From, string To) range, CancellationToken cancellationToken)
    {
        var words = new List<string>();
        for (var word = await first(db, range.From, range.To, cancellationToken); word is not null; word = await next(db, word, range.To, cancellationToken))
        {
            if (words.Count == CockpitSearch.Followed)
                return [];
            words.Add(word);
        }

        return words;
    }
}
