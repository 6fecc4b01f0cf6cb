using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine;

/// <summary>Test calls as journal lines: who reported what, and when. They belong to no run, because they are also made long after one.</summary>
internal static class TestCalls
{
    /// <summary>The reason for holding further assignments after a failed test call.</summary>
    public static readonly Sentence Stand = new("Engine.TestCallStands");

    /// <summary>Said of a run that had taken back all but what its successor decides: what was tried before is gone.</summary>
    public static readonly Sentence TakenBack = new("Engine.ReplacedTakenBack");

    /// <summary>The kinds of lines that tell whether the latest test calls worked.</summary>
    public static readonly IReadOnlyList<JournalKind> Told =
        [JournalKind.TestCallWorked, JournalKind.TestCallFailed, JournalKind.StepTakenBack, JournalKind.Replaced];

    public static JournalLine Line(Guid tenantId, Actor actor, TestCallKind kind, string policy, bool worked)
    {
        var (told, words) = worked ? (JournalKind.TestCallWorked, "Engine.TestCallWorked") : (JournalKind.TestCallFailed, "Engine.TestCallFailed");
        return new JournalLine(tenantId, null, told, new Sentence(words, actor.Mention, policy)) { ActionKey = $"{kind}", Person = actor.Access.PersonId };
    }

    public static async Task<IReadOnlyList<TestCallView>> ReadAsync(PortalDbContext db, PersonNames names, CancellationToken cancellationToken) =>
        [.. (await LatestAsync(db, cancellationToken)).Select(e => View(e, names)).OrderBy(v => v.Kind)];

    /// <summary>True while, for some kind of call and some policy, the latest test call did not work.</summary>
    public static async Task<bool> HaveFailedAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        (await LatestAsync(db, cancellationToken)).Any(e => e.Kind == JournalKind.TestCallFailed);

    /// <summary>
    /// The latest call of each kind with each policy since something was last taken back, including lines that the context is about to save. Earlier calls
    /// prove nothing about later grants, and a call with one policy proves nothing about another.
    /// </summary>
    private static async Task<IEnumerable<JournalEntry>> LatestAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var stored = await db.Journal.AsNoTracking().Where(e => Told.Contains(e.Kind)).ToListAsync(cancellationToken);
        var added = db.ChangeTracker.Entries<JournalEntry>().Where(e => e.State == EntityState.Added && Told.Contains(e.Entity.Kind)).Select(e => e.Entity);
        var lines = stored.Concat(added).OrderBy(e => e.At).ToList();
        return lines.Skip(lines.FindLastIndex(IsTakenBack) + 1).Where(e => e.Kind != JournalKind.Replaced)
            .GroupBy(e => (e.ActionKey, Policy: ArgumentsOf(e)[1].ToUpperInvariant())).Select(g => g.Last());
    }

    private static bool IsTakenBack(JournalEntry line) => line.Kind == JournalKind.StepTakenBack
        || (line.Kind == JournalKind.Replaced && EngineJson.Read<Sentence>(line.TextJson).Key == TakenBack.Key);

    private static TestCallView View(JournalEntry line, PersonNames names) =>
        new(Enum.Parse<TestCallKind>(line.ActionKey!), ArgumentsOf(line)[1], line.Kind == JournalKind.TestCallWorked, names.In(ArgumentsOf(line)[0]), line.At);

    private static IReadOnlyList<string> ArgumentsOf(JournalEntry line) => EngineJson.Read<Sentence>(line.TextJson).Arguments;
}
