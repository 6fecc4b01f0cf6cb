using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Writes down who holds a step, for the page to show and for the run to know when to look again.</summary>
internal sealed class Holds(RunRows rows, Readings readings, Journal journal, IOptions<EngineOptions> options, TimeProvider time)
{
    public async Task HoldAsync(RunPass pass, string step, Hold hold, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(hold, Hold.Interrupted))
            return;

        var wait = hold.ToWait(step, time.GetUtcNow());
        var held = await rows.HoldAsync(pass.Run, step, wait, BackOff, cancellationToken);
        if (held == Held.NotOurs)
            return;

        if (held == Held.Anew && !hold.FromAction)
        {
            var kind = wait is null ? JournalKind.StepFailed : JournalKind.StepHeld;
            await journal.WriteAsync(JournalLine.Of(pass.Run, kind, hold.Words, step) with { Answer = hold.Answer }, cancellationToken);
        }

        await readings.MoveAsync(pass.TenantId, step, hold.Status, hold.Words, cancellationToken);
    }

    /// <summary>Nobody holds the step yet: another one comes first.</summary>
    public async Task AfterAsync(RunPass pass, string step, string dependency, CancellationToken cancellationToken)
    {
        await rows.ReleaseAsync(pass.Run, step, cancellationToken);
        await readings.MoveAsync(pass.TenantId, step, StepStatus.Queued, new Sentence("Engine.After", Sentence.KeyArgument($"Step.{dependency}")), cancellationToken);
    }

    /// <summary>Microsoft is asked again after as long as it has already taken: 2 s, 4 s, 8 s, at most a minute.</summary>
    private WaitView BackOff(WaitView wait)
    {
        if (wait.On != WaitsFor.Microsoft || wait.NextReading is not null)
            return wait;

        var now = time.GetUtcNow();
        var pause = TimeSpan.FromTicks(Math.Clamp((now - wait.Since).Ticks, options.Value.FirstPoll.Ticks, options.Value.LastPoll.Ticks));
        return wait with { NextReading = now + pause };
    }
}
