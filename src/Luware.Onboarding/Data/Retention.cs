using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Data;

/// <summary>Lets go of old lines of the journal. Only runs that have ended have old lines: one that waits for a year still needs its own.</summary>
/// <remarks>Each portal looks through all old lines for it: therefore once a day, and in parts that no other writer waits long for.</remarks>
internal sealed class Retention(IOptions<RetentionOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    private DateTimeOffset next;

    /// <summary>Of texts and of lines, in one round.</summary>
    public int Limit { get; init; } = 5_000;

    /// <returns>How many texts and lines went.</returns>
    public async Task<(int Texts, int Lines)> SweepAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now < next)
            return (0, 0);
        var texts = await First(Before(db, now - options.Value.Transcripts).Where(e => e.Raw != null))
            .ExecuteUpdateAsync(entry => entry.SetProperty(e => e.Raw, (string?)null), cancellationToken);
        var lines = await First(Before(db, now - options.Value.Journal).Where(e => !Engine.Runs.Journal.Remembered.Contains(e.Kind))).ExecuteDeleteAsync(cancellationToken);
        if (texts < Limit && lines < Limit)
            next = now + Every;
        return (texts, lines);
    }

    private static IQueryable<JournalEntry> Before(PortalDbContext db, DateTimeOffset moment) =>
        db.Journal.AcrossTenants().Where(e => e.At <= moment && !db.Runs.Any(r => r.Id == e.RunId && r.EndedAt == null));

    /// <summary>In the order of an index, so that nothing is sorted for it and only what is old is looked at.</summary>
    private IQueryable<JournalEntry> First(IQueryable<JournalEntry> entries) => entries.OrderBy(e => e.At).Take(Limit);
}
