using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>
/// Reads what the cockpit's filters offer. It is the same for all of Luware's own people, whom the caller has admitted, and every open cockpit asks at every
/// change.
/// </summary>
internal sealed class FilterReader
{
    private readonly IDbContextFactory<PortalDbContext> contexts;
    private readonly CockpitOptions options;
    private readonly TimeProvider time;
    private readonly SharedReading<CockpitFilters> reading;

    // Per instance, because a compiled query belongs to one EF model.
    private readonly Func<PortalDbContext, bool, string, Task<string?>> ownerAfter = EF.CompileAsyncQuery(
        (PortalDbContext db, bool closed, string last) =>
            db.Summaries.AcrossTenants().Where(s => s.IsClosed == closed && s.OwnerName!.CompareTo(last) > 0).Min(s => s.OwnerName));

    public FilterReader(IDbContextFactory<PortalDbContext> contexts, IOptions<CockpitOptions> options, TimeProvider time)
    {
        (this.contexts, this.options, this.time) = (contexts, options.Value, time);
        reading = new SharedReading<CockpitFilters>(ReadAsync);
    }

    public Task<CockpitFilters> ReadAsync(CancellationToken cancellationToken) => reading.ReadAsync(cancellationToken);

    private async Task<CockpitFilters> ReadAsync()
    {
        var idleBefore = time.GetUtcNow().AddDays(-options.IdleDays);
        await using var db = await contexts.CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        var (open, closed) = await CockpitQuery.CountAsync(db, default);
        var ofOpen = CockpitQuery.Of(db, closed: false);
        return new CockpitFilters(
            open, await ofOpen.CountAsync(s => s.IsStuck), await ofOpen.CountAsync(s => s.IdleSince < idleBefore), closed, options.IdleDays,
            await OwnersAsync(db));
    }

    /// <summary>Finds each owner with one index lookup: few people own many tenants, and grouping would read every index entry.</summary>
    private async Task<List<string>> OwnersAsync(PortalDbContext db)
    {
        var owners = new List<string>();
        var last = "";
        while (await ownerAfter(db, false, last) is { } next)
            owners.Add(last = next);
        return owners;
    }
}
