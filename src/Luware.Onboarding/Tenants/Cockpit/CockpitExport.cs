using System.Runtime.CompilerServices;
using Luware.Onboarding.Data;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>
/// All rows that a view asks for: first their ids in its order, 16 bytes a tenant, then the rows behind them, some hundred at once, each time
/// a question of its own. So a server's retried connection keeps no more than these, and whatever changes meanwhile, each tenant that was
/// there at the beginning comes once and in the place that it had then, as it is when it is read; one that was deleted does not.
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
            var rows = await CockpitQuery.Shown(db.Summaries.AcrossTenants().Where(r => part.Contains(r.Id)), idleBefore).ToDictionaryAsync(r => r.Id, cancellationToken);
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
        var search = await searches.PlanAsync(db, view.Search, cancellationToken);
        return await CockpitQuery.Sorted(CockpitQuery.Rows(db, view, idleBefore, search), view.Sort, view.Descending).Select(r => r.Id).ToListAsync(cancellationToken);
    }
}
