using System.Collections.Concurrent;
using System.Text.Json.Serialization;

namespace Luware.Portal.Sandbox.World;

/// <summary>An answer that Microsoft Graph gives instead of the right one.</summary>
/// <param name="RetryAfter">The header as it is sent: "2", "0.5" or nothing.</param>
public sealed record GraphFailure(int Status, string? RetryAfter);

[JsonConverter(typeof(JsonStringEnumConverter<WorkerFaultKind>))]
public enum WorkerFaultKind
{
    Crash,
    Hang,
}

/// <summary>What becomes of the worker process that sends a cmdlet.</summary>
/// <param name="AfterEffect">The cmdlet takes effect before the worker is lost.</param>
public sealed record WorkerFault(WorkerFaultKind Kind, bool AfterEffect);

/// <summary>How long a cmdlet, or a write to Graph, takes before and after it has taken effect.</summary>
public sealed record CmdletDelay(TimeSpan Before, TimeSpan After);

/// <summary>What is wrong with the world just now. Everything is switched on and off while it runs.</summary>
public sealed class SandboxFaults(TimeProvider time)
{
    private readonly ConcurrentQueue<GraphFailure> _graph = new();
    private readonly ConcurrentDictionary<string, CmdletDelay> _delays = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, WorkerFault> _workerFaults = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _revoked = new();
    private int _teamsBusy;

    /// <summary>Until Graph shows a consent: the service principal after half of it, its permissions after all.</summary>
    public TimeSpan ConsentDelay { get; set; }

    /// <summary>Accept on the admin consent page comes back as an error.</summary>
    public bool ConsentDenied { get; set; }

    /// <summary>Until a new application instance, policy, group assignment, group or member is found by who lists them; a new group by its id after half of it.</summary>
    public TimeSpan VisibilityDelay { get; set; }

    /// <summary>Until an assignment is in effect for the people, and until a group's that was taken back no longer is.</summary>
    public TimeSpan EffectiveDelay { get; set; }

    /// <summary>The same for single people, for whom it takes longer or less long.</summary>
    public ConcurrentDictionary<Guid, TimeSpan> EffectiveDelays { get; } = new();

    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(75);

    /// <summary>The tenant that Get-CsTenant answers for instead of its own.</summary>
    public Guid? TeamsAnswersFor { get; set; }

    /// <summary>What is wrong with every tenant's storage account; see <see cref="SandboxTenants.BreakAzure"/>.</summary>
    public AzureFault Azure { get; set; }

    public int GraphFailuresLeft => _graph.Count;
    public int TeamsBusyLeft => Math.Max(0, Volatile.Read(ref _teamsBusy));
    public IReadOnlyDictionary<string, CmdletDelay> Delays => _delays;
    public IReadOnlyDictionary<string, WorkerFault> WorkerFaults => _workerFaults;

    public void FailGraph(int times, int status, string? retryAfter)
    {
        for (var i = 0; i < times; i++)
            _graph.Enqueue(new GraphFailure(status, retryAfter));
    }

    /// <summary>The next <paramref name="times"/> cmdlets are told that the service is too busy.</summary>
    public void BusyTeams(int times) => Volatile.Write(ref _teamsBusy, times);

    public void Delay(string cmdlet, TimeSpan before, TimeSpan after = default) => _delays[cmdlet] = new CmdletDelay(before, after);

    /// <summary>The worker that next sends this cmdlet is lost.</summary>
    public void LoseWorker(string cmdlet, WorkerFaultKind kind, bool afterEffect = false) => _workerFaults[cmdlet] = new WorkerFault(kind, afterEffect);

    /// <summary>Ends a person's sign-ins: refresh tokens of before are worth nothing. A new sign-in works.</summary>
    public void RevokeSignIns(Guid personId) => _revoked[personId] = time.GetUtcNow();

    public void Clear()
    {
        _graph.Clear();
        _delays.Clear();
        _workerFaults.Clear();
        EffectiveDelays.Clear();
        BusyTeams(0);
        (ConsentDelay, VisibilityDelay, EffectiveDelay, ConsentDenied, TeamsAnswersFor) = (default, default, default, false, null);
        AccessTokenLifetime = TimeSpan.FromMinutes(75);
        Azure = AzureFault.None;
    }

    internal TimeSpan EffectiveDelayOf(Guid personId) => EffectiveDelays.GetValueOrDefault(personId, EffectiveDelay);

    internal GraphFailure? NextGraphFailure() => _graph.TryDequeue(out var failure) ? failure : null;

    internal bool NextTeamsBusy() => TeamsBusyLeft > 0 && Interlocked.Decrement(ref _teamsBusy) >= 0;

    internal CmdletDelay DelayOf(string cmdlet) => _delays.GetValueOrDefault(cmdlet, new CmdletDelay(default, default));

    internal WorkerFault? NextWorkerFault(string cmdlet) => _workerFaults.TryRemove(cmdlet, out var fault) ? fault : null;

    internal bool IsRevoked(Guid personId, DateTimeOffset issuedAt) => _revoked.TryGetValue(personId, out var at) && issuedAt <= at;

    internal bool HasPassed(DateTimeOffset since, TimeSpan delay) => since + delay <= time.GetUtcNow();
}
