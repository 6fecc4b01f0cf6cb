using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Audit;

/// <summary>What the journal says in words about entries of the audit.</summary>
internal sealed class Told
{
    // Two portals may write in the same microsecond, so the moment alone does not identify a line.
    private readonly ILookup<(DateTimeOffset At, string Kind, string Subject), string> lines;

    private Told(ILookup<(DateTimeOffset At, string Kind, string Subject), string> lines) => this.lines = lines;

    /// <param name="journal">The lines that may be about the entries.</param>
    public static async Task<Told> ReadAsync(IQueryable<JournalEntry> journal, CancellationToken cancellationToken)
    {
        var read = await journal.Select(e => new { e.At, e.Kind, e.Step, e.ActionKey, e.TextJson }).ToListAsync(cancellationToken);
        return new Told(read.ToLookup(e => (e.At, e.Kind.ToString(), JournalLine.SubjectOf(e.Step, e.ActionKey)), e => e.TextJson));
    }

    /// <returns>Null if the journal has no line about it.</returns>
    public Sentence? About(AuditEntry entry) =>
        lines[(entry.At, entry.Kind, entry.Subject)].FirstOrDefault() is { } json ? EngineJson.Read<Sentence>(json) : null;
}
