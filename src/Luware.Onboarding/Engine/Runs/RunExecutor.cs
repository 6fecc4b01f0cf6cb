using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine.Runs;

/// <summary>Takes a run up once: every step as far as it will go, then the run is done, has failed, or waits as a row and nothing else.</summary>
internal sealed partial class RunExecutor(
    IStepCatalog catalog, StepGraph graph, StepRunner steps, Carriers carriers, Holds holds, RunRows rows, Readings readings, Journal journal, CustomerTenants tenants,
    ISessions sessions, IDirectory directory, Commentary said, Places places, RemoteCalls calls, EngineMetrics metrics, IOptions<EngineOptions> options,
    IOptionsMonitor<SafetyOptions> safety, TimeProvider time, ILogger<RunExecutor> logger)
{
    /// <returns>When the run wants to be taken up again; null where only an event can wake it, or it has ended.</returns>
    public async Task<DateTimeOffset?> ExecuteAsync(Guid tenantId, Guid runId, CancellationToken cancellationToken)
    {
        if (await rows.BeginAsync(tenantId, runId, cancellationToken) is not { } run)
            return await rows.WakeAtAsync(tenantId, runId, cancellationToken);

        using var observed = new ObservedPass(run, metrics, logger);
        using var place = places.Follow(tenantId, said);
        try
        {
            var pass = await OpenAsync(run, cancellationToken);
            var entries = await EntriesAsync(pass, cancellationToken);
            var interrupted = await PassAsync(pass, entries, cancellationToken);
            var end = await rows.EndPassAsync(run, interrupted, [.. entries.Select(e => e.Step.Name)], cancellationToken);
            observed.Outcome = end?.State;
            return end?.WakeAt;
        }
        catch (WrongIdentityException e)
        {
            Log.WrongIdentity(logger, e, run.Id);
            observed.Outcome = RunState.Failed;
            await rows.FailAsync(run, new Sentence("Engine.WrongIdentity"), cancellationToken);
        }
        catch (Exception e) when (StoreFaults.IsPassing(e) && !cancellationToken.IsCancellationRequested)
        {
            // As after a crash: what was done is found by reading. Where not even this can be written the reconciler takes the run up.
            Log.StoreOutOfReach(logger, e, run.Id);
            return await rows.PauseAsync(run, options.Value.LastPoll, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, e, run.Id);
            observed.Outcome = RunState.Failed;
            await rows.FailAsync(run, new Sentence("Engine.Surprise", e.GetType().Name), cancellationToken);
        }

        return null;
    }

    private async Task<RunPass> OpenAsync(Run run, CancellationToken cancellationToken)
    {
        var (tenant, region) = await tenants.ShowAsync(run.TenantId, cancellationToken);
        return new RunPass(run, tenant, region, await readings.LoadAsync(run.TenantId, cancellationToken), said)
        {
            Carriers = await carriers.LoadAsync(run.TenantId, tenant.EntraTenantId, cancellationToken),
        };
    }

    /// <summary>The steps of the run, and for what was approved also those that they rest on: they must still be there.</summary>
    private async Task<List<StepEntry>> EntriesAsync(RunPass pass, CancellationToken cancellationToken)
    {
        if (pass.Run.Kind != RunKind.Apply)
            return await ToTakeBackAsync(pass, cancellationToken);
        var wanted = pass.Scope.SelectMany(graph.Upstream).ToHashSet(StringComparer.Ordinal);
        return [.. catalog.Entries.Where(e => wanted.Contains(e.Step.Name))];
    }

    /// <returns>True where the pass was ended from outside.</returns>
    private async Task<bool> PassAsync(RunPass pass, List<StepEntry> entries, CancellationToken cancellationToken)
    {
        // Who holds the run holds nothing of what colleagues carry, unless nobody may write at all or there is no region to work for.
        var own = safety.CurrentValue.WritesStopped || !pass.Region.IsConfigured ? entries : [.. entries.Where(e => pass.CarrierOf(e.Step.Name) is null)];
        var roles = new Answer<IReadOnlyList<Guid>>([], null, null);
        if (own.Count > 0 && (roles = await EnterAsync(pass, cancellationToken)) is { Trouble: { } closed })
        {
            if (FirstToHold(pass, own) is { } first)
            {
                await holds.HoldAsync(pass, first.Step.Name, closed, cancellationToken);
                await ParkAsync(pass, own.Where(e => e != first), cancellationToken);
            }

            entries = [.. entries.Except(own)];
        }

        return await StepsAsync(pass, entries, roles.Value ?? [], cancellationToken);
    }

    /// <param name="roles">Of the run's own person.</param>
    /// <inheritdoc cref="PassAsync"/>
    private async Task<bool> StepsAsync(RunPass pass, List<StepEntry> entries, IReadOnlyList<Guid> roles, CancellationToken cancellationToken)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (!await rows.IsOursAsync(pass.Run, cancellationToken))
                return true;
            pass.Use(pass.Run.Access, roles);
            // What others rest on is taken back only after them.
            if (await RunStepAsync(pass, entries[i], cancellationToken) is not { } hold || !(hold.EndsPass || pass.Run.Kind == RunKind.Offboard))
                continue;
            if (ReferenceEquals(hold, Hold.Interrupted))
                return true;
            await ParkAsync(pass, entries.Skip(i + 1), cancellationToken);
            return false;
        }

        return false;
    }

    /// <summary>The step that rests on others first; without those that this run has taken back already.</summary>
    private async Task<List<StepEntry>> ToTakeBackAsync(RunPass pass, CancellationToken cancellationToken)
    {
        var done = await journal.StepsAsync(pass.Run, JournalKind.StepTakenBack, cancellationToken);
        return [.. catalog.Entries.Reverse().Where(e => pass.Scope.Contains(e.Step.Name) && !done.Contains(e.Step.Name))];
    }

    /// <summary>
    /// The first step that is not finished, or the last that is: of the run's own, and only where it has none here of those that they rest on.
    /// One that has failed waits for nobody; null where all have.
    /// </summary>
    private static StepEntry? FirstToHold(RunPass pass, List<StepEntry> entries)
    {
        if (pass.Run.Kind != RunKind.Apply)
            return entries.FirstOrDefault();
        var open = entries.FindAll(e => pass.Stored(e.Step.Name)?.Status != StepStatus.Failed);
        if (open.Exists(e => pass.Scope.Contains(e.Step.Name)))
            open.RemoveAll(e => !pass.Scope.Contains(e.Step.Name));
        return open.Find(e => pass.Stored(e.Step.Name)?.Status.IsFinished() != true) ?? open.LastOrDefault();
    }

    /// <summary>What must be so before any step is looked at.</summary>
    /// <returns>The directory roles of the run's own person, or what holds the run.</returns>
    private async Task<Answer<IReadOnlyList<Guid>>> EnterAsync(RunPass pass, CancellationToken cancellationToken)
    {
        var access = pass.Run.Access;
        if (safety.CurrentValue.WritesStopped)
            return new Answer<IReadOnlyList<Guid>>(null, Hold.WritesStopped, null);
        if (!pass.Region.IsConfigured)
            return new Answer<IReadOnlyList<Guid>>(null, Hold.RegionGone(pass.Region.Key), null);
        return await IsSignedInAsync(access, cancellationToken)
            ? await RolesAsync(access, cancellationToken)
            : new Answer<IReadOnlyList<Guid>>(null, Hold.SignInAgain(null), null);
    }

    /// <summary>A step that a colleague carries waits for nobody's sign-in but theirs, and asks the directory only where it needs a role.</summary>
    private async Task<Hold?> EnterAsync(RunPass pass, Carrier carrier, StepEntry entry, CancellationToken cancellationToken)
    {
        if (!await IsSignedInAsync(carrier.Access, cancellationToken))
            return Hold.ColleagueSignIn(carrier.Access.PersonId, carrier.Until - time.GetUtcNow());

        var roles = entry.Step.Roles.Count == 0 ? null : await RolesAsync(carrier.Access, cancellationToken);
        pass.Use(carrier.Access, roles?.Value ?? []);
        return roles?.Trouble;
    }

    private Task<bool> IsSignedInAsync(TenantAccess access, CancellationToken cancellationToken) =>
        sessions.IsAliveAsync(access.SessionId, access.TenantId, access.PersonId, cancellationToken);

    private Task<Answer<IReadOnlyList<Guid>>> RolesAsync(TenantAccess access, CancellationToken cancellationToken) =>
        calls.AskAsync(token => directory.GetActiveRolesAsync(access, token), new CallLimit(options.Value.ReadLimit), _ => null, cancellationToken);

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
            await holds.AfterAsync(pass, step.Name, dependency, cancellationToken);
            return null;
        }

        if (stored is { Status: StepStatus.Verified } && IsTrusted(stored, pass))
        {
            // A page's reading may have found it right while the run waited in it.
            if (RunRows.Waits(pass.Run).Exists(w => w.Step == step.Name))
                await rows.ReleaseAsync(pass.Run, step.Name, cancellationToken);
            pass.Finish(step.Name);
            return null;
        }

        if (pass.CarrierOf(step.Name) is not { } carrier)
            return await steps.RunAsync(pass, step, cancellationToken);

        if (await EnterAsync(pass, carrier, entry, cancellationToken) is { } closed)
        {
            await holds.HoldAsync(pass, step.Name, closed, cancellationToken);
            return null;
        }

        // A colleague's sign-in that ends holds their step and no other.
        var hold = await steps.RunAsync(pass, step, cancellationToken);
        return ReferenceEquals(hold, Hold.Interrupted) || ReferenceEquals(hold, Hold.WritesStopped) ? hold : null;
    }

    /// <summary>Read back a moment ago, for this run and with its choices: a page may have read with others since.</summary>
    private bool IsTrusted(StepRecord step, RunPass pass) =>
        step.VerifiedAt >= pass.Run.ApprovedAt && step.VerifiedAt >= time.GetUtcNow() - options.Value.TrustReadingFor
        && step.ChoicesDigest == ChoicesDigest.Of(graph, step.Step, pass.Choices);

    /// <summary>Steps that this pass does not get to wait for nobody but the one that stopped it. Where one stands that is not the run's own, readings say.</summary>
    private async Task ParkAsync(RunPass pass, IEnumerable<StepEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var name in entries.Select(e => e.Step.Name).Where(n => pass.Stored(n)?.Status is not { } status || !(status.IsFinished() || status == StepStatus.Failed)))
        {
            await rows.ReleaseAsync(pass.Run, name, cancellationToken);
            if (pass.Scope.Contains(name))
                await readings.MoveAsync(pass.TenantId, name, StepStatus.Queued, null, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2211, LogLevel.Error, "Run {RunId}: another tenant or person answered; the run has failed and nothing more was written")]
        public static partial void WrongIdentity(ILogger logger, Exception exception, Guid runId);

        [LoggerMessage(2212, LogLevel.Error, "Run {RunId} has failed")]
        public static partial void Failed(ILogger logger, Exception exception, Guid runId);

        [LoggerMessage(2216, LogLevel.Warning, "Run {RunId}: the portal's database was out of reach; the run goes on by itself")]
        public static partial void StoreOutOfReach(ILogger logger, Exception exception, Guid runId);
    }
}
