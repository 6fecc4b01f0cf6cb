using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>
/// How the tenants with these words are found. A word that few have leads to them: their ids, then their rows. Words that many have are
/// looked for in the rows' own order, page by page, and what fits is not counted. In the order of names an index of words leads to them;
/// in another, under a filter, or where very many words begin so, every row that stands before them is looked at.
/// </summary>
/// <param name="Words">The rarest first.</param>
/// <param name="IsBroad">Even the rarest is had by more than <see cref="Counted"/>.</param>
internal sealed record CockpitSearch(IReadOnlyList<(string From, string To)> Words, bool IsBroad)
{
    /// <summary>The whole words that begin as the rarest does, where it is broad; none where they are more than <see cref="Followed"/>.</summary>
    public IReadOnlyList<string> Whole { get; init; } = [];

    /// <summary>So many words are followed side by side.</summary>
    public const int Followed = 8;

    /// <summary>So many are counted, and so many are shown where there are more.</summary>
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

    /// <summary>A page of those who have a broad word, in the order of their names: from each whole word as many as reach to its end, and of these together the page.</summary>
    public IQueryable<TenantSummary> PageByName(PortalDbContext db, bool descending, int skip, int take)
    {
        var page = InOrder(Whole.Select(word => InOrder(Having(db, word), descending).Take(skip + take)).Aggregate((one, other) => one.Union(other)), descending)
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

    // Not StartsWith: how that compares capitals is each database's own affair, and SQLite would read every word for it.
    private static IQueryable<Guid> Having(PortalDbContext db, (string From, string To) range) =>
        db.Words.AcrossTenants().Where(w => w.Text.CompareTo(range.From) >= 0 && w.Text.CompareTo(range.To) < 0).Select(w => w.TenantId);

    private sealed class Named
    {
        public required string NameKey { get; init; }

        public required Guid TenantId { get; init; }
    }
}
