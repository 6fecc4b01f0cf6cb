using Luware.Onboarding.Audit;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Carries out one action of a plan made a moment ago, if its conditions are met: approval, role, safety gate.</summary>
internal sealed class ActionRunner(
    StepGraph graph, Journal journal, Gate gate, RemoteCalls calls, RunRows rows, EngineMetrics metrics,
    IOptions<EngineOptions> options, IOptionsMonitor<SafetyOptions> safety, TimeProvider time)
{
    /// <param name="item">The object with the action.</param>
    /// <returns>Null if the action was done and the tenant is to be read again.</returns>
    public async Task<Hold?> RunAsync(RunPass pass, IStep step, PlannedObject item, CancellationToken cancellationToken)
    {
        var action = item.Action!;
        var last = await journal.LastAsync(pass.Run, step.Name, action.Key, cancellationToken);
        return Propagating(last, pass.Run.Kind == RunKind.Apply ? pass.Past.GetValueOrDefault(action.Key) : null)
            ?? NotApproved(pass, step, action)
            ?? RoleMissing(pass, action)
            ?? await gate.HoldAsync(pass, step, action, cancellationToken)
            ?? WritesStopped()
            ?? await ApplyAsync(pass, step, item, last, cancellationToken);
    }

    /// <summary>
    /// The wait for an action that was accepted a while ago, by this run or one it replaced, and does not show yet. Repeating it now could make a
    /// second object. What takes back waits for none of an earlier run: repeating it makes no second object, and what it took may have been made again since.
    /// </summary>
    private Hold? Propagating(JournalEntry? last, PastAction? past)
    {
        var accepted = last?.Kind == JournalKind.ActionDone ? last.At
            : last is null && past is { WasSeen: false } && past.DoneAt >= past.BegunAt ? past.DoneAt
            : null;
        return time.GetUtcNow() - accepted < options.Value.ReapplyAfter
            ? new Hold(new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("Engine.Propagating")))
            : null;
    }

    private Hold? NotApproved(RunPass pass, IStep step, PlannedAction action)
    {
        if (pass.Covers(step.Name, action))
            return null;

        var place = pass.Run.Kind == RunKind.Offboard ? "/offboarding"
            : graph.IsWhole(pass.Scope) ? "/onboarding?show=plan"
            : $"/onboarding/{step.Name}?show=plan";
        return new Hold(new StepOutcome.Waiting(WaitsFor.Customer, new Sentence("Engine.PlanChanged"), new Uri(place, UriKind.Relative)));
    }

    private static Hold? RoleMissing(RunPass pass, PlannedAction action) =>
        action.Roles.Count > 0 && !action.Roles.Any(pass.Roles.Contains)
            ? new Hold(new StepOutcome.Refused(GeneralRefusal.RoleMissing(action.Roles)))
            : null;

    private Hold? WritesStopped() => safety.CurrentValue.WritesStopped ? Hold.WritesStopped : null;

    /// <summary>
    /// Journals an action that writes as begun before every attempt. An action that only waits is begun once, and repeated waits for the same thing make one
    /// line.
    /// </summary>
    private async Task<Hold?> ApplyAsync(RunPass pass, IStep step, PlannedObject item, JournalEntry? last, CancellationToken cancellationToken)
    {
        var action = item.Action!;
        var waited = action.OnlyWaits && last?.Kind == JournalKind.ActionWaiting ? EngineJson.Read<Sentence>(last.TextJson) : null;
        var begun = waited is null ? Line(JournalKind.ActionStarted, action.Title) with { Facts = Sent(pass, item) } : null;
        if (!await rows.MayActAsync(pass, step, begun, cancellationToken))
            return Hold.Interrupted;

        var answer = await TellAsync(pass, step, action, cancellationToken);
        var hold = answer.Trouble ?? (answer.Value is null or StepOutcome.Done ? null : new Hold(answer.Value));
        var line = hold is null
            ? Line(JournalKind.ActionDone, new Sentence("Engine.Accepted"))
            : Line(KindOf(hold.Outcome), hold.Words) with { Answer = hold.Answer };
        line = line with { Said = pass.Said.Take() };
        if (waited is null || line.Kind != JournalKind.ActionWaiting || !waited.Same(line.Text))
            await journal.WriteAsync(line, cancellationToken);
        if (hold is not null)
            return hold with { FromAction = true };

        // The next wait is for something else, so its back-off begins anew.
        await rows.ReleaseAsync(pass.Run, step.Name, cancellationToken);
        return null;

        JournalLine Line(JournalKind kind, Sentence text) => JournalLine.Of(pass.Run, kind, text, step.Name) with { ActionKey = action.Key };
    }

    /// <summary>The command as it was shown, and the person whose rights it uses, for the audit.</summary>
    private static AuditData Sent(RunPass pass, PlannedObject item) => new()
    {
        ["sends"] = item.Action!.Command?.ToPowerShell(PowerShellLayout.Lines) ?? item.Detail, ["rightsOf"] = pass.Access.PersonId,
    };

    private async Task<Answer<StepOutcome>> TellAsync(RunPass pass, IStep step, PlannedAction action, CancellationToken cancellationToken)
    {
        using var activity = EngineTelemetry.StartAction(step.Name);
        var began = time.GetTimestamp();
        var answer = await calls.TellAsync(token => step.ApplyAsync(pass.Context, action, token), pass.Said, step.Explain, cancellationToken);
        var outcome = (answer.Trouble?.Outcome ?? answer.Value ?? new StepOutcome.Done()).GetType().Name;
        activity?.SetTag("outcome", outcome);
        metrics.Acted(step.Name, outcome, time.GetElapsedTime(began));
        return answer;
    }

    private static JournalKind KindOf(StepOutcome outcome) => outcome switch
    {
        StepOutcome.Refused => JournalKind.ActionRefused,
        StepOutcome.Failed => JournalKind.ActionFailed,
        _ => JournalKind.ActionWaiting,
    };
}
