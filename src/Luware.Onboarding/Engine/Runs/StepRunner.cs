using Luware.Onboarding.Audit;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Advances one step as far as possible: read, act, read again, until nothing is left to do or something holds it.</summary>
internal sealed class StepRunner(
    RemoteCalls calls, ActionRunner actions, Readings readings, RunRows rows, Holds holds, Journal journal, TimeProvider time)
{
    // Teams and Entra do not tell the portal when a person has resolved what a question or an obstacle is about.
    private static readonly TimeSpan QuestionPoll = TimeSpan.FromMinutes(5);

    /// <returns>Null when the step is as it should be.</returns>
    public async Task<Hold?> RunAsync(RunPass pass, IStep step, CancellationToken cancellationToken)
    {
        // A person's word counts until a reading sees the step.
        for (var isByHand = IsByHand(pass, step); ; isByHand = false)
        {
            var reading = await ReadAsync(pass, step, cancellationToken);
            if (reading.Value is not { } plan)
            {
                return isByHand
                    ? await LeaveByHandAsync(pass, step, cancellationToken)
                    : await HeldAsync(pass, step, WhyNotRead(pass, step, reading), cancellationToken);
            }

            pass.Learn(plan);
            await readings.StoreInRunAsync(pass.TenantId, new ReadStep(step, plan, pass.Choices, pass.Region), cancellationToken);
            if (plan.IsSkipped)
                return await SkipAsync(pass, step, cancellationToken);
            if (plan.IsFulfilled)
            {
                return plan.Word is { } word
                    ? await AnsweredForAsync(pass, step, word, cancellationToken)
                    : await VerifiedAsync(pass, step, plan, cancellationToken);
            }

            if (await NextAsync(pass, step, plan, cancellationToken) is { } hold)
                return await HeldAsync(pass, step, hold, cancellationToken);
        }
    }

    /// <summary>Leaves out a step that the customer skips, without reading anything. If the plan was to do it, the transcript says so.</summary>
    public async Task<Hold?> SkipAsync(RunPass pass, IStep step, CancellationToken cancellationToken)
    {
        pass.Finish(step.Name);
        var line = pass.WasSkipped(step.Name) ? null : JournalLine.Of(pass.Run, JournalKind.StepSkipped, new Sentence("Engine.NotWanted"), step.Name);
        return await SettleAsync(pass, step, Readings.SettleByReading, line, cancellationToken);
    }

    /// <summary>Holds a step that nobody can read now, unless a person answers for it.</summary>
    public async Task<Hold?> HoldUnreadAsync(RunPass pass, IStep step, Hold why, CancellationToken cancellationToken) =>
        IsByHand(pass, step)
            ? await LeaveByHandAsync(pass, step, cancellationToken)
            : await HeldAsync(pass, step, why with { IsUnread = true }, cancellationToken);

    /// <summary>Takes the step back, and then reads its new state.</summary>
    /// <returns>Null when nothing is left to take back.</returns>
    public async Task<Hold?> UndoAsync(RunPass pass, IStep step, CancellationToken cancellationToken)
    {
        while (true)
        {
            pass.Past = await journal.PastAsync(pass.TenantId, step.Name, cancellationToken);
            var reading = await calls.AskAsync(token => step.PlanUndoAsync(pass.Context, token), pass.Said, step.Explain, cancellationToken);
            if (reading.Trouble is not null)
                return await HeldAsync(pass, step, WhyNotRead(pass, step, reading), cancellationToken);

            if (reading.Value is not { } plan || Left(pass, plan) is not { } left)
                return await TakenBackAsync(pass, step, cancellationToken);

            if (!plan.Actions.Any())
                return await HeldAsync(pass, step, NotTakenBack(left), cancellationToken);

            if (await NextAsync(pass, step, plan, cancellationToken) is { } hold)
            {
                if (hold.Outcome is StepOutcome.Waiting { YieldsToApproval: true })
                    await ReadForApprovalAsync(pass, step, cancellationToken);
                return await HeldAsync(pass, step, hold, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Reads what can be approved while the taking back still waits, until a reading has seen that something is gone: the plan that was stored before it says
    /// that all of it is there.
    /// </summary>
    private async Task ReadForApprovalAsync(RunPass pass, IStep step, CancellationToken cancellationToken)
    {
        var isRead = pass.Stored(step.Name)?.ReadAt > pass.Run.ApprovedAt && pass.Plan(step.Name)?.IsFulfilled == false;
        if (pass.Run.Kind == RunKind.Undo && !isRead && (await ReadAsync(pass, step, cancellationToken)).Value is { } plan)
            await readings.StoreInRunAsync(pass.TenantId, new ReadStep(step, plan, pass.Choices, pass.Region), cancellationToken);
    }

    private async Task<Answer<StepPlan>> ReadAsync(RunPass pass, IStep step, CancellationToken cancellationToken)
    {
        pass.Past = await journal.PastAsync(pass.TenantId, step.Name, cancellationToken);
        var begun = time.GetUtcNow();
        var answer = await calls.AskAsync(token => step.PlanAsync(pass.Context, token), pass.Said, step.Explain, cancellationToken);
        return answer.Value is { } plan
            ? answer with { Value = plan with { ReadAt = begun, RegionDigest = RegionDigests.Of(step, pass.Region) } }
            : answer;
    }

    private async Task<Hold?> NextAsync(RunPass pass, IStep step, StepPlan plan, CancellationToken cancellationToken) =>
        plan.Objects.FirstOrDefault(o => o.Action is not null) is { } next && !(next.Action!.Impact.CanStopCalls && plan.Questions.Count > 0)
            ? await actions.RunAsync(pass, step, next, cancellationToken)
            : NothingToDo(step, plan);

    /// <summary>The hold of a step that is not fulfilled although no action is left, or while a question forbids the next one.</summary>
    private static Hold NothingToDo(IStep step, StepPlan plan) => new(plan switch
    {
        { Obstacle: { } obstacle } => new StepOutcome.Waiting(WaitsFor.Luware, obstacle, PollAfter: QuestionPoll),
        { Questions: [var first, ..] } => new StepOutcome.Waiting(WaitsFor.Customer, first, StepOutcome.Waiting.ChoicesOf(step.Name), QuestionPoll),
        _ => new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("Engine.NotThereYet")),
    });

    /// <summary>
    /// What holds a step that could not be read. If a service denies access and the person holds none of the step's roles, the missing role is taken as the
    /// cause, whatever the service says: the run then checks again by itself, and anyone who holds the role can resume it.
    /// </summary>
    private static Hold WhyNotRead<T>(RunPass pass, IStep step, Answer<T> reading) => (
        reading.Exception is RefusedException { Answer: { Code: not ProofCodes.NotAccepted } answer }
        && (answer.MeansAccessDenied() || answer.MeansCmdletNotOffered())
        && step.Roles.Count > 0 && !step.Roles.Any(pass.Roles.Contains)
            ? Hold.Refused(GeneralRefusal.RoleMissing(step.Roles), answer)
            : reading.Trouble!) with { IsUnread = true };

    private static PlannedObject? Left(RunPass pass, StepPlan plan) =>
        plan.Objects.FirstOrDefault(o => o.State != ObjectState.Found && !pass.Stays(plan.Step, o));

    /// <summary>The hold of an object that cannot be read, so that its removal cannot be confirmed.</summary>
    private static Hold NotTakenBack(PlannedObject left) => new(new StepOutcome.Waiting(WaitsFor.Customer, left.What, PollAfter: QuestionPoll));

    /// <summary>True if a person answers for the step with the choices of this run; a word about others may be one that nobody gives any more.</summary>
    private bool IsByHand(RunPass pass, IStep step) =>
        pass.Stored(step.Name) is { Status: StepStatus.VerifiedByHand } stored && (stored.ChoicesDigest is null || readings.IsWith(stored, pass.Choices));

    private async Task<Hold> HeldAsync(RunPass pass, IStep step, Hold hold, CancellationToken cancellationToken)
    {
        await holds.HoldAsync(pass, step.Name, hold, cancellationToken);
        return hold;
    }

    private async Task<Hold?> VerifiedAsync(RunPass pass, IStep step, StepPlan plan, CancellationToken cancellationToken)
    {
        pass.Finish(step.Name);
        var line = JournalLine.Of(pass.Run, JournalKind.StepVerified, new Sentence("Engine.ReadBack"), step.Name) with { Said = pass.Said.Take() };
        return await SettleAsync(pass, step, record => readings.Verify(record, plan, pass.Choices), line, cancellationToken);
    }

    /// <summary>Stores a step that was not read: the person who made that choice vouches for it, not the plan's approver.</summary>
    private async Task<Hold?> AnsweredForAsync(RunPass pass, IStep step, Chosen word, CancellationToken cancellationToken)
    {
        var begun = await journal.HasAsync(pass.Run, step.Name, JournalKind.ActionStarted, cancellationToken);
        if (!begun && pass.Stored(step.Name)?.Status == StepStatus.VerifiedByHand)
            return await LeaveByHandAsync(pass, step, cancellationToken);

        pass.Finish(step.Name);
        var says = ReadingStatus.AnsweredFor(word);
        var line = JournalLine.Of(pass.Run, JournalKind.StepVerifiedByHand, says, step.Name) with
        {
            Person = word.By, Facts = new AuditData { ["givenAt"] = word.At },
        };
        return await SettleAsync(pass, step, record => record.Move(StepStatus.VerifiedByHand, EngineJson.Write(says)), line, cancellationToken);
    }

    /// <summary>Leaves a step as it is, because a person has vouched for it.</summary>
    private async Task<Hold?> LeaveByHandAsync(RunPass pass, IStep step, CancellationToken cancellationToken)
    {
        pass.Finish(step.Name);
        await rows.ReleaseAsync(pass.Run, step.Name, cancellationToken);
        return null;
    }

    private async Task<Hold?> TakenBackAsync(RunPass pass, IStep step, CancellationToken cancellationToken)
    {
        var reading = await ReadAsync(pass, step, cancellationToken);
        if (reading.Trouble is not null)
            return await HeldAsync(pass, step, WhyNotRead(pass, step, reading), cancellationToken);

        var line = JournalLine.Of(pass.Run, JournalKind.StepTakenBack, new Sentence("Engine.TakenBack"), step.Name) with { Said = pass.Said.Take() };
        return await SettleAsync(pass, step, record => readings.TakeBack(record, reading.Value!, pass.Choices), line, cancellationToken);
    }

    private async Task<Hold?> SettleAsync(RunPass pass, IStep step, Action<StepRecord> change, JournalLine? line, CancellationToken cancellationToken) =>
        await rows.SettleAsync(pass, step, change, line, cancellationToken) ? null : Hold.Interrupted;
}
