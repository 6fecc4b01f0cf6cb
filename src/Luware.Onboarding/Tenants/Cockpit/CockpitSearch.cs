using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>
/// How the tenants with these words are found. A word that few have leads to them: their ids, then their rows. Words that many have are
/// looked for in the rows' own order, page by page, and what fits is not counted. Where those who have them all stand far back in that
/// order, every row before them is looked at.
/// </summary>
/// <param name="Words">The rarest first.</param>
/// <param name="IsBroad">Even the rarest is had by more than <see cref="Counted"/>.</param>
internal sealed record CockpitSearch(IReadOnlyList<(string From, string To)> Words, bool IsBroad)
{
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

    // Not StartsWith: how that compares capitals is each database's own affair, and SQLite would read every word for it.
    private static IQueryable<Guid> Having(PortalDbContext db, (string From, string To) range) =>
        db.Words.AcrossTenants().Where(w => w.Text.CompareTo(range.From) >= 0 && w.Text.CompareTo(range.To) < 0).Select(w => w.TenantId);
}
