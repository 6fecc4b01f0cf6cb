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

    public static JournalLine Line(Guid tenantId, Actor actor, TestCallKind kind, string policy, bool worked)
    {
        var (told, words) = worked ? (JournalKind.TestCallWorked, "Engine.TestCallWorkedWith") : (JournalKind.TestCallFailed, "Engine.TestCallFailedWith");
        return new JournalLine(tenantId, null, told, new Sentence(words, actor.Mention, policy)) { ActionKey = $"{kind}", Person = actor.Access.PersonId };
    }

    public static async Task<IReadOnlyList<TestCallView>> ReadAsync(PortalDbContext db, PersonNames names, CancellationToken cancellationToken) =>
        [.. (await LatestAsync(db, cancellationToken)).Select(c => View(c, names)).OrderBy(v => v.Kind)];

    /// <summary>True while the latest test call of any kind did not work with any of the policies.</summary>
    public static async Task<bool> HaveFailedAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        (await LatestAsync(db, cancellationToken)).Any(c => !c.Worked);

    /// <summary>
    /// The latest call of each kind with each policy since something was last taken back: earlier calls prove nothing about later grants, and a call with one
    /// policy nothing about another.
    /// </summary>
    private static async Task<IEnumerable<ToldCall>> LatestAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var takenBack = await db.Journal.Where(e => e.Kind == JournalKind.StepTakenBack).MaxAsync(e => (DateTimeOffset?)e.At, cancellationToken) ?? DateTimeOffset.MinValue;
        var lines = await db.Journal.AsNoTracking()
            .Where(e => (e.Kind == JournalKind.TestCallWorked || e.Kind == JournalKind.TestCallFailed) && e.At > takenBack)
            .OrderBy(e => e.At).ToListAsync(cancellationToken);
        return lines.Select(ToldCall.From).GroupBy(c => c.Kind).SelectMany(Latest);
    }

    /// <summary>A line without a policy is from a version that did not ask for it, and stands until a call of its kind is told of again.</summary>
    private static IEnumerable<ToldCall> Latest(IGrouping<TestCallKind, ToldCall> ofKind) => ofKind
        .Where(c => c.Policy is not null || c == ofKind.Last()).GroupBy(c => c.Policy, StringComparer.OrdinalIgnoreCase).Select(ofPolicy => ofPolicy.Last());

    private static TestCallView View(ToldCall call, PersonNames names) => new(call.Kind, call.Policy, call.Worked, names.In(call.By), call.At);

    private sealed record ToldCall(TestCallKind Kind, string? Policy, bool Worked, string By, DateTimeOffset At)
    {
        public static ToldCall From(JournalEntry line)
        {
            var said = EngineJson.Read<Sentence>(line.TextJson).Arguments;
            return new ToldCall(Enum.Parse<TestCallKind>(line.ActionKey!), said.ElementAtOrDefault(1), line.Kind == JournalKind.TestCallWorked, said[0], line.At);
        }
    }
}
