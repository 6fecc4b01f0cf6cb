using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Ends the run of an onboarding that is closed.</summary>
internal sealed partial class RunCommands
{
    /// <summary>Ends what only waits, because the onboarding is closed: going on needs a new approval.</summary>
    /// <param name="read">What waits to be taken back, as whoever asks has read it; it ends only if that is still what waits.</param>
    /// <returns>Why nothing ends; null if nothing is active any more.</returns>
    public async Task<Sentence?> EndWaitingAsync(PortalDbContext db, Sentence? read, CancellationToken cancellationToken)
    {
        if (await ActiveAsync(db, cancellationToken) is not { } run)
            return null;
        if (run.State != RunState.Waiting)
            return new Sentence("Tenants.Fault.AtWork");
        if (TakingBackWaits(run) is { } waits && read?.Same(waits) != true)
            return waits;

        var records = await db.Steps.ToListAsync(cancellationToken);
        ReadingStatus.Settle(records);
        run.WaitsJson = "[]";
        run.End(RunState.Replaced, time.GetUtcNow());
        journal.Add(db, JournalLine.Of(run, JournalKind.RunEnded, new Sentence("Engine.EndedByClosing")));
        if (run.Kind != RunKind.Apply)
            await LeaveUnknownAsync(db, run, records, cancellationToken);
        return null;
    }

    /// <returns>Names every step that is still to be taken back, in the plan's order; null if there is none.</returns>
    private Sentence? TakingBackWaits(Run run)
    {
        var steps = RunScope.Steps(run);
        return run.Kind == RunKind.Apply ? null
            : new Sentence(ISpecialistDesk.TakingBackWaits, Sentence.KeyArgument(graph.Nodes.Where(n => steps.Contains(n.Name)).Select(n => $"Step.{n.Name}")));
    }

    /// <summary>Of a step that a run has begun to take back, its reading says what was there before; how much is left is not known.</summary>
    private static async Task LeaveUnknownAsync(PortalDbContext db, Run run, List<StepRecord> records, CancellationToken cancellationToken)
    {
        var lines = await db.Journal.AsNoTracking()
            .Where(e => e.RunId == run.Id && (e.Kind == JournalKind.ActionStarted || e.Kind == JournalKind.StepTakenBack))
            .Select(e => new { e.Step, e.Kind }).ToListAsync(cancellationToken);
        var steps = lines.ToLookup(l => l.Step, l => l.Kind, StringComparer.Ordinal);
        foreach (var record in records.Where(r => steps.Contains(r.Step) && !steps[r.Step].Contains(JournalKind.StepTakenBack)))
            record.Move(StepStatus.Unknown, null);
    }
}
