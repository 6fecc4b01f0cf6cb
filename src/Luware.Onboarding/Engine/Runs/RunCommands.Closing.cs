using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Ends the runs of an onboarding that is closed.</summary>
internal sealed partial class RunCommands
{
    /// <summary>Ends what only waits, because the onboarding is closed: going on needs a new approval.</summary>
    /// <param name="withTakingBack">True to end also what waits to be taken back; whoever asks has read what that leaves in the tenant.</param>
    /// <returns>Why nothing ends; null if nothing is active any more.</returns>
    public async Task<Sentence?> EndWaitingAsync(PortalDbContext db, bool withTakingBack, CancellationToken cancellationToken)
    {
        var active = await db.Runs.Where(Run.Active).ToListAsync(cancellationToken);
        if (active.Exists(r => r.State != RunState.Waiting))
            return new Sentence("Tenants.Fault.AtWork");
        if (!withTakingBack && active.FindAll(r => r.Kind != RunKind.Apply) is { Count: > 0 } takingBack)
            return new Sentence(ISpecialistDesk.TakingBackWaits, Sentence.KeyArgument(takingBack.SelectMany(RunScope.Steps).Select(s => $"Step.{s}").Distinct(StringComparer.Ordinal)));

        foreach (var run in active)
        {
            run.WaitsJson = "[]";
            run.End(RunState.Replaced, time.GetUtcNow());
            journal.Add(db, JournalLine.Of(run, JournalKind.RunEnded, new Sentence("Engine.EndedByClosing")));
            ReadingStatus.Settle(await db.Steps.ToListAsync(cancellationToken));
        }

        return null;
    }
}
