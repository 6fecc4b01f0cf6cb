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
    /// <summary>The sentence that holds further assignments of the policy while a test call has failed.</summary>
    public static readonly Sentence Stand = new("Engine.TestCallStands");

    public static JournalLine Line(Guid tenantId, Actor actor, TestCallKind kind, bool worked) =>
        new(tenantId, null, worked ? JournalKind.TestCallWorked : JournalKind.TestCallFailed, new Sentence(worked ? "Engine.TestCallWorked" : "Engine.TestCallFailed", actor.Mention))
        {
            ActionKey = $"{kind}", Person = actor.Access.PersonId,
        };

    public static async Task<IReadOnlyList<TestCallView>> ReadAsync(PortalDbContext db, PersonNames names, CancellationToken cancellationToken) =>
        [.. (await LatestAsync(db, cancellationToken)).Select(e => View(e, names)).OrderBy(v => v.Kind)];

    /// <summary>True while the latest test call of any kind did not work.</summary>
    public static async Task<bool> HaveFailedAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        (await LatestAsync(db, cancellationToken)).Any(e => e.Kind == JournalKind.TestCallFailed);

    /// <summary>The latest call of each kind since something was last taken back; earlier calls prove nothing about later grants.</summary>
    private static async Task<IEnumerable<JournalEntry>> LatestAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var takenBack = await db.Journal.Where(e => e.Kind == JournalKind.StepTakenBack).MaxAsync(e => (DateTimeOffset?)e.At, cancellationToken) ?? DateTimeOffset.MinValue;
        var lines = await db.Journal.AsNoTracking()
            .Where(e => (e.Kind == JournalKind.TestCallWorked || e.Kind == JournalKind.TestCallFailed) && e.At > takenBack)
            .OrderBy(e => e.At).ToListAsync(cancellationToken);
        return lines.GroupBy(e => e.ActionKey, StringComparer.Ordinal).Select(g => g.Last());
    }

    private static TestCallView View(JournalEntry line, PersonNames names) =>
        new(Enum.Parse<TestCallKind>(line.ActionKey!), line.Kind == JournalKind.TestCallWorked, names.In(EngineJson.Read<Sentence>(line.TextJson).Arguments[0]), line.At);
}
