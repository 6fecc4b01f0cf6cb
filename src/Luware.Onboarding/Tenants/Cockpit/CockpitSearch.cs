using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>
/// How to find the tenants with certain words. For a rare word, the ids of its tenants are read first, then their rows. Common words are checked on the rows in
/// the requested order, page by page, and the matches are not counted. In the order of names an index on words finds them; in another order, with a filter, or
/// with very many words of the same prefix, all preceding rows are scanned.
/// </summary>
/// <param name="Words">The rarest first.</param>
/// <param name="IsBroad">True if more than <see cref="Counted"/> tenants have even the rarest word.</param>
internal sealed record CockpitSearch(IReadOnlyList<(string From, string To)> Words, bool IsBroad)
{
    /// <summary>If the search is broad, the whole words that begin with the rarest one; empty if there are more than <see cref="Followed"/>.</summary>
    public IReadOnlyList<string> Whole { get; init; } = [];

    /// <summary>The largest number of words that are followed in parallel.</summary>
    public const int Followed = 8;

    /// <summary>The largest number of matches that are counted; shown as the total if there are more.</summary>
    public const int Counted = 1000;

    public IQueryable<TenantSummary> Of(PortalDbContext db, IQueryable<TenantSummary> rows)
    {
        if (!IsBroad)
        {
            var few = Having(db, Words[0]);
            rows = rows.Where(r => few.Contains(r.Id));
        }

        foreach (var (from, to) in IsBroad ? Words : Words.Skip(1))
            rows = rows.Where(r => db.Words.AcrossTenants().Any(w => w.TenantId == r.Id && w.Text.CompareTo(from) >= 0 && w.Text.CompareTo(to) < 0));
        return rows;
    }

    /// <summary>
    /// A page of tenants with a broad word, in the order of their names: reads enough rows for each whole word to reach the end of the page, and takes the
    /// page from their union.
    /// </summary>
    public IQueryable<TenantSummary> PageByName(PortalDbContext db, bool descending, int skip, int take)
    {
        var firsts = Whole.Select(word => InOrder(Having(db, word), descending).Take(skip + take));
        var page = InOrder(firsts.Aggregate((one, other) => one.Union(other)), descending)
            .Skip(skip).Take(take).Select(n => n.TenantId);
        return db.Summaries.AcrossTenants().Where(r => page.Contains(r.Id));
    }

    private IQueryable<Named> Having(PortalDbContext db, string word)
    {
        var having = db.Words.AcrossTenants().Where(w => w.Text == word);
        foreach (var (from, to) in Words.Skip(1))
            having = having.Where(w => db.Words.AcrossTenants().Any(o => o.TenantId == w.TenantId && o.Text.CompareTo(from) >= 0 && o.Text.CompareTo(to) < 0));
        return having.Select(w => new Named { NameKey = w.NameKey, TenantId = w.TenantId });
    }

    private static IQueryable<Named> InOrder(IQueryable<Named> tenants, bool descending) => descending
        ? tenants.OrderByDescending(n => n.NameKey).ThenByDescending(n => n.TenantId)
        : tenants.OrderBy(n => n.NameKey).ThenBy(n => n.TenantId);

    // Not StartsWith: its case sensitivity differs between databases, and SQLite would scan every word for it.
    private static IQueryable<Guid> Having(PortalDbContext db, (string From, string To) range) =>
        db.Words.AcrossTenants().Where(w => w.Text.CompareTo(range.From) >= 0 && w.Text.CompareTo(range.To) < 0).Select(w => w.TenantId);

    private sealed class Named
    {
        public required string NameKey { get; init; }

        public required Guid TenantId { get; init; }
    }
}
