using System.Runtime.CompilerServices;
using Luware.Onboarding.Data;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>
/// Reads all rows of a view: first their ids in its order (16 bytes per tenant), then the rows, a few hundred per query. Connection retries therefore never
/// buffer more than one such part. Whatever changes meanwhile, each tenant that existed at the beginning appears once, in its original place and with its
/// current data; a deleted one is left out.
/// </summary>
internal static class CockpitExport
{
    private const int AtOnce = 500;

    public static async IAsyncEnumerable<CockpitRow> RowsAsync(
        IDbContextFactory<PortalDbContext> contexts, SearchPlanner searches, CockpitView view, DateTimeOffset idleBefore,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var part in (await IdsAsync(contexts, searches, view, idleBefore, cancellationToken)).Chunk(AtOnce))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var shown = CockpitQuery.Shown(db.Summaries.AcrossTenants().Where(r => part.Contains(r.Id)), idleBefore);
            var rows = await shown.ToDictionaryAsync(r => r.Id, cancellationToken);
            foreach (var id in part)
            {
                if (rows.TryGetValue(id, out var row))
                    yield return row;
            }
        }
    }

    private static async Task<List<Guid>> IdsAsync(
        IDbContextFactory<PortalDbContext> contexts, SearchPlanner searches, CockpitView view, DateTimeOffset idleBefore, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var search = await searches.PlanAsync(db, view, cancellationToken);
        return await CockpitQuery.Sorted(CockpitQuery.Rows(db, view, idleBefore, search), view.Sort, view.Descending)
            .Select(r => r.Id).ToListAsync(cancellationToken);
    }
}
