using Luware.Onboarding.Data;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>Finds out how many tenants have the words that somebody typed, and so how they are best found.</summary>
internal sealed class SearchPlanner
{
    /// <summary>Put together once: that takes longer than the answer.</summary>
    private readonly Func<PortalDbContext, string, string, CancellationToken, Task<int>> having = EF.CompileAsyncQuery(
        (PortalDbContext db, string from, string to, CancellationToken cancellationToken) =>
            db.Words.IgnoreQueryFilters(new[] { PortalDbContext.TenantFilter })
                .Where(w => w.Text.CompareTo(from) >= 0 && w.Text.CompareTo(to) < 0).OrderBy(w => w.Text).Take(CockpitSearch.Counted + 1).Count());

    /// <returns>Null where nothing was searched for.</returns>
    public async Task<CockpitSearch?> PlanAsync(PortalDbContext db, string typed, CancellationToken cancellationToken)
    {
        var words = new List<((string From, string To) Range, int Tenants)>();
        foreach (var range in SearchWords.Ranges(typed))
            words.Add((range, await having(db, range.From, range.To, cancellationToken)));
        if (words.Count == 0)
            return null;

        words.Sort((a, b) => a.Tenants.CompareTo(b.Tenants));
        return new CockpitSearch([.. words.Select(w => w.Range)], words[0].Tenants > CockpitSearch.Counted);
    }
}
