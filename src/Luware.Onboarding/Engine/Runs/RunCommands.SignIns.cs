using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>With whose sign-in a run goes on that was approved before.</summary>
internal sealed partial class RunCommands
{
    /// <summary>Makes waiting runs look again for a colleague, who takes over nothing: only what runs with their own sign-in goes on with the new one.</summary>
    public async Task RenewAsync(Guid tenantId, Actor actor, CancellationToken cancellationToken)
    {
        var access = actor.Access;
        var woken = await contexts.ChangeAsync(tenantId, async db =>
        {
            foreach (var link in await db.ColleagueLinks.Where(l => l.AcceptedBy == access.PersonId && l.SessionId != null).ToListAsync(cancellationToken))
                link.Carry(access);
            foreach (var run in (await db.Runs.Where(Run.Active).ToListAsync(cancellationToken)).Where(r => r.Access.PersonId == access.PersonId))
                run.Access = access;
            return await NudgeAsync(db, actor: null, cancellationToken);
        }, cancellationToken);
        await WakeAsync(woken, cancellationToken);
    }

    /// <summary>A step was taken back from a colleague: what goes on with their sign-in alone goes on with that of whoever took it back.</summary>
    public async Task TakeOverAsync(PortalDbContext db, Guid colleague, Actor actor, CancellationToken cancellationToken)
    {
        foreach (var run in (await db.Runs.Where(Run.Active).ToListAsync(cancellationToken)).Where(r => r.Access.PersonId == colleague))
        {
            if (await IsApproverAsync(db, run, colleague, cancellationToken))
                continue;
            run.Access = actor.Access;
            journal.Add(db, JournalLine.Of(run, JournalKind.Resumed, new Sentence("Engine.TakenOver", actor.Mention)) with { Person = actor.Access.PersonId });
        }
    }

    /// <summary>
    /// The run keeps the sign-in that it has for as long as that is good for something: it goes to its approver who is back, and to whoever
    /// holds a role where that one has ended, or its person no longer holds the role that the run waits for. A run that takes back goes to nobody
    /// but its approver: it passes no gate, so another person has to ask for it themselves.
    /// </summary>
    /// <returns>False where the run is none of the person's: they neither approved it nor hold a role that a step needs.</returns>
    private async Task<bool> ResumeAsync(PortalDbContext db, Run run, Actor actor, CancellationToken cancellationToken)
    {
        var (access, person) = (run.Access, actor.Access.PersonId);
        var isApprover = await IsApproverAsync(db, run, person, cancellationToken);
        if (!isApprover && !graph.NeedsAnyOf(actor.Roles))
            return false;

        await QueueAsync(db, run, s => s.Status == StepStatus.Failed, cancellationToken);
        if (!isApprover && run.Kind != RunKind.Apply)
            return true;
        var takes = (isApprover && access.PersonId != person) || await HoldsMissingRoleAsync(db, run, actor, cancellationToken);
        if (access == actor.Access || (!takes && await sessions.IsAliveAsync(access.SessionId, access.TenantId, access.PersonId, cancellationToken)))
            return true;

        run.Access = actor.Access;
        journal.Add(db, JournalLine.Of(run, JournalKind.Resumed, new Sentence("Engine.Resumed", actor.Mention)) with { Person = person });
        return true;
    }

    /// <summary>What the run lacks, the person had at their sign-in. A step that a colleague carries waits for that colleague's role.</summary>
    private async Task<bool> HoldsMissingRoleAsync(PortalDbContext db, Run run, Actor actor, CancellationToken cancellationToken)
    {
        var held = RunRows.Waits(run).FindAll(w => actor.Roles.Any(role => GeneralRefusal.Lacks(w.For, role)));
        if (held.Count == 0)
            return false;

        var carried = await Carriers.Carrying(db, time.GetUtcNow()).Select(l => l.Step).ToListAsync(cancellationToken);
        return held.Exists(w => !carried.Contains(w.Step));
    }

    /// <summary>By a right of their own: a step that was handed to somebody makes the run none of theirs.</summary>
    private static Task<bool> IsApproverAsync(PortalDbContext db, Run run, Guid person, CancellationToken cancellationToken) => db.Journal.AnyAsync(
        e => e.RunId == run.Id && e.Person == person && (e.Kind == JournalKind.Approved || e.Kind == JournalKind.UndoAsked), cancellationToken);
}
