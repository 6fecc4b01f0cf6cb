using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Goes through the steps of a pass in their order, and decides for each whether it is run, left alone or queued behind another.</summary>
internal sealed class PassSteps(
    PassAdmission admission, StepGraph graph, StepRunner steps, Holds holds, RunRows rows, IOptions<EngineOptions> options, TimeProvider time)
{
    /// <returns>True when the pass was ended from outside.</returns>
    public async Task<bool> RunAsync(RunPass pass, CancellationToken cancellationToken)
    {
        var entries = pass.Entries;
        // A problem with the run's own sign-in does not hold steps that colleagues carry, unless nothing may be done for anybody.
        IReadOnlyList<StepEntry> own = admission.IsClosed(pass) ? entries : [.. entries.Where(e => pass.ColleagueOf(e.Step.Name) is null)];
        if (own.Count == 0)
            return await RunAsync(pass, entries, [], cancellationToken);

        var roles = await admission.EnterAsync(pass, cancellationToken);
        if (roles.Trouble is not { } closed)
            return await RunAsync(pass, entries, roles.Value ?? [], cancellationToken);

        if (FirstToHold(pass, own) is { } first)
        {
            await holds.HoldAsync(pass, first.Step.Name, closed with { IsUnread = true }, cancellationToken);
            foreach (var other in own.Where(e => e != first))
                await ParkAsync(pass, other.Step.Name, behind: null, cancellationToken);
        }

        return await RunAsync(pass, [.. entries.Except(own)], [], cancellationToken);
    }

    /// <param name="roles">The active roles of the run's own person.</param>
    /// <inheritdoc cref="RunAsync(RunPass, CancellationToken)"/>
    private async Task<bool> RunAsync(RunPass pass, IReadOnlyList<StepEntry> entries, IReadOnlyList<Guid> roles, CancellationToken cancellationToken)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (!await rows.IsOursAsync(pass.Run, cancellationToken))
                return true;
            pass.Use(pass.Run.Access, roles);
            // In off-boarding a step is taken back only after those that depend on it, so any hold ends the pass.
            if (await RunStepAsync(pass, entries[i], cancellationToken) is not { } hold
                || (hold.Reach == HoldReach.Step && pass.Run.Kind != RunKind.Offboard))
                continue;
            if (hold.IsInterruption)
                return true;
            // As where the pass cannot begin, the steps that colleagues carry go on, unless nothing may be done for anybody.
            var rest = entries.Skip(i + 1).ToLookup(e => hold.Reach != HoldReach.Everything && pass.ColleagueOf(e.Step.Name) is not null);
            foreach (var other in rest[false])
                await ParkAsync(pass, other.Step.Name, behind: null, cancellationToken);
            return await RunAsync(pass, [.. rest[true]], roles, cancellationToken);
        }

        return false;
    }

    /// <summary>
    /// The step to show the run's wait on: the first unfinished step of the run, else its last finished one, if possible one that is read again afterwards.
    /// Steps that it only depends on count when none of its own is among these. Failed steps are left out.
    /// </summary>
    /// <returns>Null when all have failed.</returns>
    private static StepEntry? FirstToHold(RunPass pass, IReadOnlyList<StepEntry> entries)
    {
        if (pass.Run.Kind != RunKind.Apply)
            return entries.Count > 0 ? entries[0] : null;
        var open = entries.Where(e => pass.Stored(e.Step.Name)?.Status != StepStatus.Failed).ToList();
        if (open.Exists(e => pass.Scope.Contains(e.Step.Name)))
            open.RemoveAll(e => !pass.Scope.Contains(e.Step.Name));
        return open.Find(e => pass.Stored(e.Step.Name)?.Status.IsFinished() != true)
            ?? open.FindLast(e => pass.Stored(e.Step.Name)?.Status == StepStatus.Verified) ?? open.LastOrDefault();
    }

    private async Task<Hold?> RunStepAsync(RunPass pass, StepEntry entry, CancellationToken cancellationToken)
    {
        var step = entry.Step;
        if (pass.Run.Kind != RunKind.Apply)
            return await steps.UndoAsync(pass, step, cancellationToken);

        var stored = pass.Stored(step.Name);
        if (stored?.Status == StepStatus.Failed)
            return null;

        if (pass.Skips(graph, step.Name))
            return await steps.SkipAsync(pass, step, cancellationToken);

        if (pass.Missing(entry) is { } dependency)
        {
            await ParkAsync(pass, step.Name, new Sentence("Engine.After", Sentence.KeyArgument($"Step.{dependency}")), cancellationToken);
            return null;
        }

        if (stored is { Status: StepStatus.Verified } && IsTrusted(stored, step, pass))
        {
            // A page may have read the step as fulfilled while the run waited in it.
            if (RunRows.Waits(pass.Run).Exists(w => w.Step == step.Name))
                await rows.ReleaseAsync(pass.Run, step.Name, cancellationToken);
            pass.Finish(step.Name);
            return null;
        }

        if (pass.ColleagueOf(step.Name) is not { } colleague)
            return await steps.RunAsync(pass, step, cancellationToken);

        if (await admission.EnterAsync(pass, colleague, step, cancellationToken) is { } closed)
        {
            await steps.HoldUnreadAsync(pass, step, closed, cancellationToken);
            return null;
        }

        // A colleague's sign-in that has ended holds their step and no other.
        var hold = await steps.RunAsync(pass, step, cancellationToken);
        return hold?.Reach == HoldReach.Everything ? hold : null;
    }

    /// <summary>
    /// True when the step was read back a moment ago for this run, with its choices and its region's data; a page may have read it with others since.
    /// </summary>
    private bool IsTrusted(StepRecord stored, IStep step, RunPass pass) =>
        stored.VerifiedAt >= pass.Run.ApprovedAt && stored.VerifiedAt >= time.GetUtcNow() - options.Value.TrustReadingFor
        && ChoicesDigest.IsOf(stored, graph, pass.Choices) && stored.RegionDigest == RegionDigests.Of(step, pass.Region);

    /// <summary>
    /// Ends the wait of a step that this pass does not reach; a wait that stays would be due again at once after every pass. A step of the run is queued
    /// unless it is finished or failed; another step keeps the status of its reading.
    /// </summary>
    /// <param name="behind">What the step is queued behind; null when nothing but the run itself.</param>
    private async Task ParkAsync(RunPass pass, string step, Sentence? behind, CancellationToken cancellationToken)
    {
        var isOver = pass.Stored(step)?.Status is { } status && (status.IsFinished() || status == StepStatus.Failed);
        if (!isOver && pass.Scope.Contains(step))
            await rows.QueueAsync(pass.Run, step, behind, cancellationToken);
        else if (RunRows.Waits(pass.Run).Exists(w => w.Step == step))
            await rows.ReleaseAsync(pass.Run, step, cancellationToken);
    }
}
