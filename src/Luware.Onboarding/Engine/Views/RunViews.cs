using Luware.Onboarding.Audit;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine.Views;

/// <summary>Builds the view of a run from its row and its journal.</summary>
internal static class RunViews
{
    /// <param name="readings">The run's readings; a wait that none of them wants any more is left out.</param>
    public static RunView Of(Run run, IReadOnlyList<JournalEntry> journal, IReadOnlyList<StepPlan> readings, PersonNames names)
    {
        var approved = RunScope.Plans(run);
        var waits = RunRows.Waits(run).ConvertAll(w => w with { For = names.In(w.For) });
        return new RunView(
            run.Id, run.Kind, run.State, run.ApprovedAt, names.In(run.ApprovedBy),
            Actions(run, approved, waits, journal, readings), waits, [.. journal.Select(e => Line(e, names))])
        {
            Steps = RunScope.Steps(run),
            EndedAt = run.EndedAt,
            Before = run.Kind == RunKind.Apply ? [.. approved.SelectMany(Before)] : [],
            Offboarding = run.Kind == RunKind.Offboard ? approved : [],
        };
    }

    public static IEnumerable<ObjectBefore> Before(StepPlan approved) => 
        approved.Objects.Select(o => new ObjectBefore(approved.Step, o.Key, o.State, o.Action is { OnlyWaits: false } own ? own.Key : null));

    private static TranscriptLine Line(JournalEntry entry, PersonNames names) =>
        new(entry.At, entry.Step, names.In(EngineJson.Read<Sentence>(entry.TextJson))) { Raw = entry.Raw };

    /// <summary>The approved actions in their order; for a run that plans for itself, the actions it has begun.</summary>
    private static List<ActionView> Actions(
        Run run, List<StepPlan> approved, IReadOnlyList<WaitView> waits, IReadOnlyList<JournalEntry> journal, IReadOnlyList<StepPlan> readings)
    {
        var begun = journal.Where(e => e.ActionKey is not null && e.Kind != JournalKind.PersonReturned).ToLookup(e => (e.Step, Key: e.ActionKey!));
        var verified = journal.Where(e => e.Kind == JournalKind.StepVerified).Select(e => e.Step).ToHashSet(StringComparer.Ordinal);
        var takenBack = journal.Where(e => e.Kind == JournalKind.StepTakenBack).Select(e => e.Step).ToHashSet(StringComparer.Ordinal);
        List<ActionView> actions = run.Kind != RunKind.Undo
            ? [.. approved.SelectMany(p => p.Actions.Select(a => Action(p.Step, a.Key, a.Title, begun[(p.Step, a.Key)], IsThere(p.Step, a.Key))))]
            : [.. begun.Select(b => Action(b.Key.Step, b.Key.Key, EngineJson.Read<Sentence>(b.First().TextJson), b, isThere: false))];
        foreach (var wait in waits)
            Hold(actions, wait);
        return run.IsActive ? actions : [.. actions.Select(a => a.State == ActionState.Running ? a with { State = ActionState.Failed } : a)];

        bool IsThere(string step, string key) =>
            run.Kind == RunKind.Offboard ? takenBack.Contains(step) : verified.Contains(step) || IsOver(step, key);

        bool IsOver(string step, string key) => begun[(step, key)].LastOrDefault()?.Kind == JournalKind.ActionWaiting
            && readings.FirstOrDefault(r => r.Step == step) is { Questions.Count: 0 } reading
            && reading.Objects.All(o => o.State != ObjectState.Unknown) && reading.Actions.All(a => a.Key != key);
    }

    /// <param name="isThere">True when it was read back: what was wanted is there, whoever made it.</param>
    private static ActionView Action(string step, string key, Sentence title, IEnumerable<JournalEntry> lines, bool isThere)
    {
        var started = lines.LastOrDefault(l => l.Kind == JournalKind.ActionStarted);
        var last = lines.LastOrDefault();
        var state = isThere ? ActionState.Done : last?.Kind switch
        {
            null => ActionState.Later,
            JournalKind.ActionDone => ActionState.Done,
            JournalKind.ActionWaiting => ActionState.Waiting,
            JournalKind.ActionRefused => ActionState.Refused,
            JournalKind.ActionFailed => ActionState.Failed,
            _ => ActionState.Running,
        };
        return new ActionView(step, key, title, state, last?.Kind == JournalKind.ActionDone ? last.At - started?.At : null);
    }

    /// <summary>Shows the wait of a step on the action that could not begin.</summary>
    private static void Hold(List<ActionView> actions, WaitView wait)
    {
        var next = actions.FindIndex(a => a.Step == wait.Step && a.State != ActionState.Done);
        if (next >= 0)
            actions[next] = actions[next] with { State = wait.Refusal is null ? ActionState.Waiting : ActionState.Refused };
    }
}
