using System.Linq.Expressions;
using Luware.Onboarding.Audit;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>What people make of runs: start, confirm, take back, look again. The row first, then the trigger.</summary>
internal sealed partial class RunCommands(
    IDbContextFactory<PortalDbContext> contexts, StepGraph graph, Journal journal, LinkRevocation revocation, RunScheduler scheduler, RunFeed feed,
    ISessions sessions, CustomerTenants tenants, TimeProvider time)
{
    /// <param name="right">For a colleague that of the one step: it is carried out with their sign-in, and what else is on its way goes on with its own.</param>
    public async Task<Decision> ApproveAsync(Right right, Actor actor, string digest, CancellationToken cancellationToken)
    {
        var tenantId = right.Customer.Id;
        Decision? refused = null;
        Run? started = null;
        await contexts.ChangeAsync(tenantId, async db =>
        {
            (refused, started) = (null, null);
            var (tenant, active) = await StandingAsync(db, tenantId, actor, cancellationToken);
            var stored = await Readings.LoadAsync(db, cancellationToken);
            var atWork = active.Find(r => r.Kind == RunKind.Apply);
            if (active.Exists(r => r.Kind != RunKind.Apply))
                refused = Refuse("Engine.UndoFirst");
            else if (active.Exists(r => r.PlanDigest == digest && r.State != RunState.Waiting))
                return;
            else if (new Approvable(graph, stored, atWork).Covered(digest) is { } covered && covered.All(right.Covers))
            {
                if (right.IsColleague && !await TakeOnAsync(db, actor, covered, cancellationToken))
                {
                    refused = Refuse("Engine.PlanOutdated");
                    return;
                }

                var run = NewApply(tenantId, actor, stored, covered, digest, atWork);
                if (right.IsColleague && atWork is not null)
                    run.Access = atWork.Access;
                started = await ApplyAsync(db, tenant, active, run, covered, (actor, right.IsColleague ? JournalKind.StepApproved : JournalKind.Approved), cancellationToken);
            }
            else
                refused = Refuse("Engine.PlanOutdated");
        }, cancellationToken);
        return refused ?? await WakeAsync(started, cancellationToken);
    }

    public async Task<Decision> ConfirmAsync(Guid tenantId, Actor actor, Gated action, int people, CancellationToken cancellationToken)
    {
        Decision? refused = null;
        Run? run = null;
        await contexts.ChangeAsync(tenantId, async db =>
        {
            (refused, run) = (null, await db.Runs.Where(Run.Active).SingleOrDefaultAsync(r => r.Id == action.RunId, cancellationToken));
            var stored = await Readings.LoadAsync(db, cancellationToken);
            var planned = stored.Plan(action.Step)?.Actions.FirstOrDefault(a => a.Key == action.ActionKey);
            refused = run is null || planned is not { Impact.CanStopCalls: true } || !StandsBefore(run, action) ? Refuse("Engine.NothingToConfirm")
                : planned.Impact.FollowsTrial && await TestCalls.HaveFailedAsync(db, cancellationToken) ? new Decision(TestCalls.Stand)
                : planned.Impact.People != people ? Refuse("Engine.WrongNumber", $"{planned.Impact.People}")
                : await tenants.IsReadyAsync(db, tenantId, cancellationToken) ? null
                : new Decision(Gate.NotReady(people));
            if (refused is not null)
                return;

            db.Confirmations.Add(new GateConfirmation
            {
                TenantId = tenantId, RunId = action.RunId, Step = action.Step, ActionKey = action.ActionKey, People = people,
                ConfirmedBy = actor.Access.PersonId, ConfirmedAt = time.GetUtcNow(),
            });
            journal.Add(db, JournalLine.Of(run!, JournalKind.Confirmed, Confirmed(actor.Mention, people), action.Step)
                with { Person = actor.Access.PersonId, Facts = new AuditData { ["action"] = action.ActionKey, ["people"] = people } });
            run!.Nudge(time.GetUtcNow());
        }, cancellationToken);
        return refused ?? await WakeAsync(run, cancellationToken);
    }

    /// <param name="actor">Whose sign-in takes over where the run's own has ended; null for an event without a person.</param>
    public async Task NudgeAsync(Guid tenantId, Actor? actor, CancellationToken cancellationToken)
    {
        IReadOnlyList<Run> woken = [];
        await contexts.ChangeAsync(tenantId, async db => woken = await NudgeAsync(db, actor, cancellationToken), cancellationToken);
        await WakeAsync(woken, cancellationToken);
    }

    /// <summary>Somebody came back from where an action is settled: said in the transcript of the run that waits for it, in a change that is about to be saved.</summary>
    /// <inheritdoc cref="NudgeAsync(PortalDbContext, Actor, CancellationToken)"/>
    public async Task<IReadOnlyList<Run>> ReturnAsync(PortalDbContext db, string step, string actionKey, CancellationToken cancellationToken)
    {
        var woken = await NudgeAsync(db, actor: null, cancellationToken);
        if (woken.FirstOrDefault(r => r.Kind == RunKind.Apply) is { } run)
            journal.Add(db, JournalLine.Of(run, JournalKind.PersonReturned, new Sentence("Engine.CameBack"), step) with { ActionKey = actionKey });
        return woken;
    }

    /// <returns>What is to be woken once the change is saved.</returns>
    public async Task<IReadOnlyList<Run>> NudgeAsync(PortalDbContext db, Actor? actor, CancellationToken cancellationToken)
    {
        var woken = new List<Run>();
        foreach (var run in await db.Runs.Where(Run.Active).ToListAsync(cancellationToken))
        {
            if (actor is not null && !await ResumeAsync(db, run, actor, cancellationToken))
                continue;
            run.Nudge(time.GetUtcNow());
            woken.Add(run);
        }

        return woken;
    }

    public async Task WakeAsync(IEnumerable<Run> runs, CancellationToken cancellationToken)
    {
        foreach (var run in runs)
            await WakeAsync(run, cancellationToken);
    }

    /// <summary>
    /// A run that waits in a step which is not wanted any more looks again: nothing else would tell it. So does one that has asked a question
    /// where its approval covers all that follows from the answer, as that something may stay as it was found: it goes on with what is chosen by now.
    /// </summary>
    public async Task LetGoAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        Run? woken = null;
        await contexts.ChangeAsync(tenantId, async db =>
        {
            woken = null;
            var run = await db.Runs.Where(Run.Active).SingleOrDefaultAsync(r => r.Kind == RunKind.Apply, cancellationToken);
            if (run is null || RunRows.Waits(run) is not { Count: > 0 } waits)
                return;

            var stored = await Readings.LoadAsync(db, cancellationToken);
            var answered = waits.Where(w => w.AsksForChoice).Select(w => w.Step).Where(step => RunScope.TakesUp(graph, stored, run, step)).ToList();
            if (answered.Count == 0 && !waits.Exists(w => stored.IsSkipped(w.Step)))
                return;
            run.ChoicesJson = RunChoices.Write(RunChoices.Read(run.ChoicesJson).With(stored.Choices, answered));
            run.Nudge(time.GetUtcNow());
            woken = run;
        }, cancellationToken);
        await WakeAsync(woken, cancellationToken);
    }

    private async Task<Run> ApplyAsync(
        PortalDbContext db, CustomerTenant tenant, List<Run> replaced, Run run, IReadOnlyList<string> covered, (Actor By, JournalKind Kind) approval, CancellationToken cancellationToken)
    {
        var text = graph.IsWhole(covered)
            ? new Sentence("Engine.Approved", run.ApprovedBy)
            : new Sentence("Engine.ApprovedSteps", run.ApprovedBy, Sentence.KeyArgument(covered.Select(s => $"Step.{s}")));
        if (!RunScope.Steps(run).All(covered.Contains))
            await CarryAsync(db, replaced, run, cancellationToken);
        Start(db, tenant, replaced, run, approval.By.Access.PersonId, approval.Kind, text);
        await QueueAsync(db, run, s => s.Status != StepStatus.Verified && s.Status != StepStatus.VerifiedByHand, cancellationToken);
        return run;
    }

    /// <summary>From now on runs carry out these steps with the colleague's sign-in.</summary>
    /// <returns>False where one of them is theirs no more: it was taken back since they were admitted.</returns>
    private async Task<bool> TakeOnAsync(PortalDbContext db, Actor colleague, IReadOnlyList<string> steps, CancellationToken cancellationToken)
    {
        var (access, person, now) = (colleague.Access, colleague.Access.PersonId, time.GetUtcNow());
        var links = await db.ColleagueLinks.Where(l => l.AcceptedBy == person && l.ExpiresAt > now && steps.Contains(l.Step)).ToListAsync(cancellationToken);
        if (links.Count < steps.Count)
            return false;

        links.ForEach(l => l.Carry(access));
        return true;
    }

    /// <summary>Whoever approved what goes on in the new run is one of its approvers too, of as much as before.</summary>
    private async Task CarryAsync(PortalDbContext db, List<Run> replaced, Run run, CancellationToken cancellationToken)
    {
        var ids = replaced.ConvertAll(r => r.Id);
        var approvals = await db.Journal.AsNoTracking()
            .Where(e => e.RunId != null && ids.Contains(e.RunId.Value) && (e.Kind == JournalKind.Approved || e.Kind == JournalKind.StepApproved)).OrderBy(e => e.At).ToListAsync(cancellationToken);
        foreach (var approval in approvals.DistinctBy(a => (a.Person, a.Kind)))
        {
            var name = EngineJson.Read<Sentence>(approval.TextJson).Arguments[0];
            journal.Add(db, JournalLine.Of(run, approval.Kind, new Sentence("Engine.ApprovedBefore", name)) with { Person = approval.Person });
        }
    }

    /// <summary>What a new run would come beside. The tenant is read first: whoever starts a run from then on changes it, and of two only one is saved.</summary>
    private async Task<(CustomerTenant Tenant, List<Run> Active)> StandingAsync(PortalDbContext db, Guid tenantId, Actor actor, CancellationToken cancellationToken)
    {
        var (tenant, access) = (await db.Tenants.SingleAsync(t => t.Id == tenantId, cancellationToken), actor.Access);
        // Ending the portal's access updates the tenant's row as well: who asks again after it has no session any more.
        if (!await sessions.IsAliveAsync(db, access.SessionId, access.TenantId, access.PersonId, cancellationToken))
            throw new UnauthorizedAccessException("The session has ended.");
        return (tenant, await db.Runs.Where(Run.Active).ToListAsync(cancellationToken));
    }

    private void Start(PortalDbContext db, CustomerTenant tenant, List<Run> replaced, Run run, Guid person, JournalKind kind, Sentence text)
    {
        tenant.CurrentRunId = run.Id;
        foreach (var other in replaced)
        {
            other.End(RunState.Replaced, time.GetUtcNow());
            journal.Add(db, JournalLine.Of(other, JournalKind.Replaced, new Sentence("Engine.Replaced")));
        }

        db.Runs.Add(run);
        journal.Add(db, JournalLine.Of(run, kind, text, run.Step ?? "") with { Person = person, Facts = Approved(run) });
    }

    private static AuditData Approved(Run run) => new()
    {
        ["digest"] = run.PlanDigest, ["steps"] = RunScope.Steps(run).Order(StringComparer.Ordinal),
        ["actions"] = run.Kind == RunKind.Undo ? null : RunScope.Plans(run).SelectMany(p => p.Actions.Select(a => $"{p.Step}/{a.Key}")),
    };

    private Run NewApply(Guid tenantId, Actor actor, StoredSteps stored, IReadOnlyList<string> covered, string digest, Run? atWork)
    {
        var now = time.GetUtcNow();
        var (plans, choices) = RunScope.Merge(graph, stored, covered, atWork);
        return new Run
        {
            TenantId = tenantId, Kind = RunKind.Apply, ApprovedAt = now, ApprovedBy = actor.Mention, Access = actor.Access, WakeAt = now,
            PlanJson = EngineJson.Write(plans), PlanDigest = digest, ChoicesJson = RunChoices.Write(choices), WaitsJson = "[]",
        };
    }

    /// <summary>The run's own steps; its plan may do without some of them.</summary>
    private static async Task QueueAsync(PortalDbContext db, Run run, Expression<Func<StepRecord, bool>> which, CancellationToken cancellationToken)
    {
        var approved = RunScope.Plans(run).ToDictionary(p => p.Step, StringComparer.Ordinal);
        foreach (var record in await db.Steps.Where(which).ToListAsync(cancellationToken))
        {
            if (approved.GetValueOrDefault(record.Step) is not { } plan)
                continue;
            if (plan.IsSkipped)
                ReadingStatus.Settle(record, plan);
            else
                record.Move(StepStatus.Queued, null);
        }
    }

    private async Task<Decision> WakeAsync(Run? run, CancellationToken cancellationToken)
    {
        if (run is not null)
        {
            feed.Publish(run.TenantId);
            if (run.State != RunState.Running)
                await scheduler.ScheduleAsync(Wake.Of(run, time.GetUtcNow()), cancellationToken);
        }

        return Decision.Accepted;
    }

    private static Sentence Confirmed(string name, int people) =>
        people == 0 ? new Sentence("Engine.ConfirmedUncounted", name) : new Sentence("Engine.Confirmed", name, $"{people}");

    /// <summary>The run itself asks for it: an action that another one comes before cannot be confirmed in advance.</summary>
    private static bool StandsBefore(Run run, Gated action) => RunRows.Waits(run).Exists(w => w.Step == action.Step && w.Gate?.ActionKey == action.ActionKey);

    private static Decision Refuse(string key, params string[] arguments) => new(new Sentence(key, arguments));
}

/// <summary>An action of a run that stands before the safety gate.</summary>
internal sealed record Gated(Guid RunId, string Step, string ActionKey);
