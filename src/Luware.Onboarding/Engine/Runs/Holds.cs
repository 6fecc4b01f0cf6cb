using Luware.Onboarding.Data.Entities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Stores what holds a step, for pages to show and for the run to know when to check again.</summary>
internal sealed partial class Holds(RunRows rows, IOptions<EngineOptions> options, TimeProvider time, ILogger<Holds> logger)
{
    private static readonly TimeSpan LastPollForPerson = TimeSpan.FromMinutes(10);

    public async Task HoldAsync(RunPass pass, string step, Hold hold, CancellationToken cancellationToken)
    {
        if (hold.IsInterruption)
            return;

        if (pass.ColleagueOf(step) is { } colleague)
            hold = hold.ForColleague(colleague.Access.PersonId, colleague.Until - time.GetUtcNow());
        var wait = hold.ToWait(step, time.GetUtcNow());
        var kind = wait is null ? JournalKind.StepFailed : JournalKind.StepHeld;
        var line = hold.FromAction ? null : JournalLine.Of(pass.Run, kind, hold.Words, step) with { Answer = hold.Answer, Said = pass.Said.Take() };
        // Only the key is logged: the sentence's arguments may be names.
        if (await rows.HoldAsync(pass.Run, step, hold, wait, w => BackOff(w, hold.IsBusy), line, cancellationToken) && wait is null)
            Log.StepFailed(logger, pass.Run.Id, step, hold.Words.Key);
    }

    /// <summary>
    /// Sets the next reading of a wait. Microsoft is asked again after as long as it has already taken: 2 s, 4 s, 8 s, at most a minute; a busy service not
    /// before the time that it named. Waits for a person back off in the same way, beginning with the step's own pace.
    /// </summary>
    private WaitView BackOff(WaitView wait, bool isBusy)
    {
        var now = time.GetUtcNow();
        return wait switch
        {
            { On: WaitsFor.Microsoft, NextReading: var named } when named is null || isBusy =>
                wait with { NextReading = Later(named, now + Pause(wait, options.Value.FirstPoll, options.Value.LastPoll)) },
            { On: WaitsFor.Customer, NextReading: { } next } => wait with { NextReading = now + Pause(wait, next - now, LastPollForPerson) },
            _ => wait,
        };

        TimeSpan Pause(WaitView waits, TimeSpan first, TimeSpan last) =>
            TimeSpan.FromTicks(Math.Max(first.Ticks, Math.Min((now - waits.Since).Ticks, last.Ticks)));

        static DateTimeOffset Later(DateTimeOffset? named, DateTimeOffset paced) => named > paced ? named.Value : paced;
    }

    private static partial class Log
    {
        [LoggerMessage(2215, LogLevel.Warning, "Run {RunId}: the step {Step} has failed: {Sentence}")]
        public static partial void StepFailed(ILogger logger, Guid runId, string step, string sentence);
    }
}
