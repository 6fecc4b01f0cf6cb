using Luware.Onboarding.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Data;

/// <summary>Lets go of old lines of the journal. Only runs that have ended have old lines: one that waits for a year still needs its own.</summary>
internal sealed class Retention(IOptions<RetentionOptions> options, TimeProvider time)
{
    /// <returns>How many texts and lines went.</returns>
    public async Task<(int Texts, int Lines)> SweepAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var texts = await Before(db, now - options.Value.Transcripts).Where(e => e.Raw != null)
            .ExecuteUpdateAsync(entry => entry.SetProperty(e => e.Raw, (string?)null), cancellationToken);
        var lines = await Before(db, now - options.Value.Journal).Where(e => !Engine.Runs.Journal.Remembered.Contains(e.Kind)).ExecuteDeleteAsync(cancellationToken);
        return (texts, lines);
    }

    private static IQueryable<JournalEntry> Before(PortalDbContext db, DateTimeOffset moment) =>
        db.Journal.AcrossTenants().Where(e => e.At <= moment && !db.Runs.Any(r => r.Id == e.RunId && r.EndedAt == null));
}
