using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Decides with whose sign-in an approved run continues.</summary>
internal sealed partial class RunCommands
{
    /// <summary>Makes the waiting run check again with a colleague's new sign-in, which replaces only that colleague's earlier one.</summary>
    public Task RenewAsync(Guid tenantId, Actor actor, CancellationToken cancellationToken) =>
        ChangeAsync(tenantId, async db =>
        {
            await RenewColleagueSignInAsync(db, actor.Access, cancellationToken);
            return await NudgeAsync(db, actor: null, cancellationToken);
        }, cancellationToken);

    /// <summary>Makes the run carry out these steps with the colleague's sign-in from now on.</summary>
    /// <returns>False when one of them was taken back since the colleague was admitted.</returns>
    private async Task<bool> UseColleagueSignInAsync(PortalDbContext db, Actor colleague, IReadOnlyList<string> steps, CancellationToken cancellationToken)
    {
        var (access, person, now) = (colleague.Access, colleague.Access.PersonId, time.GetUtcNow());
        var links = await db.ColleagueLinks.Where(l => l.AcceptedBy == person && l.ExpiresAt > now && steps.Contains(l.Step)).ToListAsync(cancellationToken);
        if (links.Count < steps.Count)
            return false;

        links.ForEach(l => l.Carry(access));
        return true;
    }

    /// <summary>
    /// Makes the run carry out the steps that the person carries as a colleague, and what these rest on if the run is their own, with this sign-in.
    /// </summary>
    /// <returns>False when the person carries none, or is admitted to none any more.</returns>
    private async Task<bool> RenewColleagueSignInAsync(PortalDbContext db, TenantAccess access, CancellationToken cancellationToken)
    {
        var links = await ColleagueSignIns.AcceptedLinks(db, time.GetUtcNow()).Where(l => l.AcceptedBy == access.PersonId).ToListAsync(cancellationToken);
        if (links.Count == 0)
            return false;

        links.ForEach(l => l.Carry(access));
        if (await ActiveAsync(db, cancellationToken) is { } run && run.Access.PersonId == access.PersonId)
            run.Access = access;
        return true;
    }

    /// <summary>True when the colleague's present sign-in already carries all of these steps.</summary>
    private async Task<bool> IsWithColleagueSignInAsync(PortalDbContext db, Actor colleague, IReadOnlySet<string> steps, CancellationToken cancellationToken)
    {
        var (links, session) = (ColleagueSignIns.AcceptedLinks(db, time.GetUtcNow()), colleague.Access.SessionId);
        return await links.CountAsync(l => l.SessionId == session && steps.Contains(l.Step), cancellationToken) == steps.Count;
    }

    /// <summary>
    /// After a step was taken back from a colleague, moves the run to the actor's sign-in if it uses that colleague's and they did not approve it themselves.
    /// </summary>
    public async Task TakeOverAsync(PortalDbContext db, Guid colleague, Actor actor, CancellationToken cancellationToken)
    {
        if (await ActiveAsync(db, cancellationToken) is not { } run || run.Access.PersonId != colleague
            || await IsApproverAsync(db, run, colleague, cancellationToken))
            return;

        run.Access = actor.Access;
        journal.Add(db, JournalLine.Of(run, JournalKind.Resumed, new Sentence("Engine.TakenOver", actor.Mention)) with { Person = actor.Access.PersonId });
    }

    /// <summary>
    /// Keeps the current sign-in while it is valid. It is replaced by the returning approver's, or by that of a role holder if the session has ended or lacks
    /// the role that the run waits for. A run that takes back passes no gate, so it uses only its approver's sign-in, and another person has to start their
    /// own.
    /// </summary>
    /// <returns>False when the person neither approved the run nor holds a role that a step needs.</returns>
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
        if (access == actor.Access || (!takes && await sessions.IsAliveAsync(access, cancellationToken)))
            return true;

        run.Access = actor.Access;
        journal.Add(db, JournalLine.Of(run, JournalKind.Resumed, new Sentence("Engine.Resumed", actor.Mention)) with { Person = person });
        return true;
    }

    /// <summary>
    /// True when the actor signed in with a role that the run waits for. A step that a colleague carries waits for that colleague's role instead.
    /// </summary>
    private async Task<bool> HoldsMissingRoleAsync(PortalDbContext db, Run run, Actor actor, CancellationToken cancellationToken)
    {
        var held = RunRows.Waits(run).FindAll(w => actor.Roles.Any(role => GeneralRefusal.Lacks(w.For, role)));
        if (held.Count == 0)
            return false;

        var accepted = await ColleagueSignIns.AcceptedLinks(db, time.GetUtcNow()).Select(l => l.Step).ToListAsync(cancellationToken);
        return held.Exists(w => !accepted.Contains(w.Step));
    }

    /// <summary>True when the person approved the run by a right of their own; approving a handed step does not count.</summary>
    private static Task<bool> IsApproverAsync(PortalDbContext db, Run run, Guid person, CancellationToken cancellationToken) => db.Journal.AnyAsync(
        e => e.RunId == run.Id && e.Person == person && (e.Kind == JournalKind.Approved || e.Kind == JournalKind.UndoAsked), cancellationToken);
}
