using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Luware.Portal.Sandbox.World;

/// <summary>An answer that a service gives over HTTP instead of the right one.</summary>
/// <param name="RetryAfter">The header as it is sent: "2", "0.5", "soon" or nothing; "date 3" for the date that is then three seconds away.</param>
/// <param name="Call">Only of requests whose method and path hold this text: "PATCH /groups", "/oauth2PermissionGrants"; of all where it is empty.</param>
public sealed record HttpFailure(int Status, string? RetryAfter = null, string Call = "")
{
    private const string Date = "date ";

    internal bool Concerns(string request) => request.Contains(Call, StringComparison.OrdinalIgnoreCase);

    internal void SetRetryAfter(HttpResponse response, TimeProvider time) => response.Headers.RetryAfter = RetryAfter?.StartsWith(Date, StringComparison.Ordinal) == true
        ? (time.GetUtcNow() + TimeSpan.FromSeconds(int.Parse(RetryAfter[Date.Length..], CultureInfo.InvariantCulture))).ToString("R", CultureInfo.InvariantCulture)
        : RetryAfter;
}

[JsonConverter(typeof(JsonStringEnumConverter<WorkerFaultKind>))]
public enum WorkerFaultKind
{
    Crash,
    Hang,
}

/// <summary>What becomes of the worker process that sends a cmdlet.</summary>
/// <param name="AfterEffect">The cmdlet takes effect before the worker is lost.</param>
public sealed record WorkerFault(WorkerFaultKind Kind, bool AfterEffect);

[JsonConverter(typeof(JsonStringEnumConverter<TeamsRefusal>))]
public enum TeamsRefusal
{
    /// <summary>The role is missing, or became active only now.</summary>
    AccessDenied,

    /// <summary>40301, as partners' rights are answered.</summary>
    Forbidden,

    /// <summary>What the cmdlet names is not known everywhere yet.</summary>
    NotFound,
    TooBusy,

    /// <summary>503, of a cmdlet that has taken effect all the same.</summary>
    Unavailable,

    /// <summary>The session's tokens have expired.</summary>
    Expired,
}

/// <summary>What Resource Manager wants of whoever changes something, as Azure does of everybody since 2025.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProofForWrites>))]
public enum ProofForWrites
{
    None,

    /// <summary>A token of a sign-in that was asked for it.</summary>
    SecondFactor,

    /// <summary>More than any sign-in gives.</summary>
    NoneWillDo,
}

/// <summary>How long a cmdlet, or a write to Graph, takes before and after it has taken effect.</summary>
public sealed record CmdletDelay(TimeSpan Before, TimeSpan After);

/// <summary>What is wrong with the world just now, everywhere or in one tenant. Everything is switched on and off while it runs.</summary>
/// <param name="everywhere">For the faults of one tenant: those of the whole world, which count as well.</param>
public sealed class SandboxFaults(TimeProvider time, SandboxFaults? everywhere = null)
{
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromMinutes(75);

    private readonly ConcurrentDictionary<Guid, SandboxFaults> _ofTenants = new();
    private readonly Countdown<HttpFailure> _graph = new();
    private readonly Countdown<HttpFailure> _azure = new();
    private readonly Countdown<(string Cmdlet, TeamsRefusal Refusal)> _refusals = new();
    private readonly ConcurrentDictionary<string, CmdletDelay> _delays = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, WorkerFault> _workerFaults = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _revoked = new();
    private readonly ConcurrentDictionary<Guid, int> _hidden = new();
    private int _teamsBusy;
    private int _bites;
    private int _tokensGivenAway;
    private TimeSpan? _lifetime;

    /// <summary>Until Graph shows a consent: the service principal after half of it, its permissions after all.</summary>
    public TimeSpan ConsentDelay { get => Longer(field, everywhere?.ConsentDelay); set; }

    /// <summary>Accept on the admin consent page comes back as an error.</summary>
    public bool ConsentDenied { get => field || everywhere is { ConsentDenied: true }; set; }

    /// <summary>Accept on the admin consent page grants the first half of the permissions and says nothing of it.</summary>
    public bool ConsentPartial { get => field || everywhere is { ConsentPartial: true }; set; }

    /// <summary>Until a new application instance, policy, group assignment, group or member is found by who lists them; a new group by its id after half of it.</summary>
    public TimeSpan VisibilityDelay { get => Longer(field, everywhere?.VisibilityDelay); set; }

    /// <summary>How often Graph and Teams must be asked for a new group before they know it.</summary>
    public int GroupHiddenFor { get => Math.Max(field, everywhere?.GroupHiddenFor ?? 0); set; }

    /// <summary>Until an assignment is in effect for the people, and until a group's that was taken back no longer is.</summary>
    public TimeSpan EffectiveDelay { get => Longer(field, everywhere?.EffectiveDelay); set; }

    /// <summary>How much longer than that it may take: each person has a time of their own in between.</summary>
    public TimeSpan EffectiveSpread { get => Longer(field, everywhere?.EffectiveSpread); set; }

    /// <summary>Instead of both, for single people.</summary>
    public ConcurrentDictionary<Guid, TimeSpan> EffectiveDelays { get; } = new();

    public TimeSpan AccessTokenLifetime { get => _lifetime ?? everywhere?.AccessTokenLifetime ?? UsualLifetime; set => _lifetime = value; }

    /// <summary>Tokens for anything but Graph take a sign-in that was asked to prove more than a password, as conditional access wants it.</summary>
    public bool SecondFactor { get => field || everywhere is { SecondFactor: true }; set; }

    public ProofForWrites ProofForWrites { get => field != ProofForWrites.None ? field : everywhere?.ProofForWrites ?? ProofForWrites.None; set; }

    /// <summary>The tenant that Get-CsTenant answers for instead of its own.</summary>
    public Guid? TeamsAnswersFor { get => field ?? everywhere?.TeamsAnswersFor; set; }

    /// <summary>Lists of Graph end with a link to more of it on another host, which must not be sent a token.</summary>
    public bool ForeignNextLink { get => field || everywhere is { ForeignNextLink: true }; set; }

    /// <summary>What is wrong with the storage account, or with every tenant's; see <see cref="SandboxTenants.BreakAzure"/>.</summary>
    public AzureFault Azure { get; set; }

    public int GraphFailuresLeft => _graph.Left;
    public int AzureFailuresLeft => _azure.Left;
    public int TeamsBusyLeft => Math.Max(0, Volatile.Read(ref _teamsBusy));
    public IReadOnlyList<(int Left, (string Cmdlet, TeamsRefusal Refusal) Fault)> TeamsRefusals => _refusals.All;
    public IReadOnlyDictionary<string, CmdletDelay> Delays => _delays;
    public IReadOnlyDictionary<string, WorkerFault> WorkerFaults => _workerFaults;

    /// <summary>How many wrong, late or missing answers have been given, and workers been lost, because of these faults.</summary>
    public int Bites => Volatile.Read(ref _bites);

    /// <summary>How often a token of this world has come to the host that foreign links lead to.</summary>
    public int TokensGivenAway => Volatile.Read(ref _tokensGivenAway);

    /// <summary>The faults of one tenant, on top of these.</summary>
    public SandboxFaults Of(SandboxTenant tenant) => everywhere is null ? _ofTenants.GetOrAdd(tenant.Id, _ => new SandboxFaults(time, this)) : everywhere.Of(tenant);

    public void FailGraph(int times, int status, string? retryAfter = null, string call = "") => _graph.Add(times, new HttpFailure(status, retryAfter, call));

    public void FailAzure(int times, int status, string? retryAfter = null, string call = "") => _azure.Add(times, new HttpFailure(status, retryAfter, call));

    public void RefuseTeams(int times, string cmdlet, TeamsRefusal refusal) => _refusals.Add(times, (cmdlet, refusal));

    /// <summary>The next <paramref name="times"/> cmdlets are told that the service is too busy.</summary>
    public void BusyTeams(int times) => Volatile.Write(ref _teamsBusy, times);

    public void Delay(string cmdlet, TimeSpan before, TimeSpan after = default) => _delays[cmdlet] = new CmdletDelay(before, after);

    /// <summary>The worker that next sends this cmdlet is lost.</summary>
    public void LoseWorker(string cmdlet, WorkerFaultKind kind, bool afterEffect = false) => _workerFaults[cmdlet] = new WorkerFault(kind, afterEffect);

    /// <summary>Ends a person's sign-ins: refresh tokens of before are worth nothing. A new sign-in works.</summary>
    public void RevokeSignIns(Guid personId) => _revoked[personId] = time.GetUtcNow();

    /// <summary>Everything works again: here, and in every tenant where these are the world's.</summary>
    public void Clear()
    {
        foreach (var tenant in _ofTenants.Values)
            tenant.Clear();
        _graph.Clear();
        _azure.Clear();
        _refusals.Clear();
        _delays.Clear();
        _workerFaults.Clear();
        _hidden.Clear();
        EffectiveDelays.Clear();
        BusyTeams(0);
        (ConsentDelay, VisibilityDelay, EffectiveDelay, EffectiveSpread, _lifetime) = (default, default, default, default, null);
        (ConsentDenied, ConsentPartial, SecondFactor, ForeignNextLink, GroupHiddenFor, TeamsAnswersFor) = (false, false, false, false, 0, null);
        (Azure, ProofForWrites) = (AzureFault.None, ProofForWrites.None);
    }

    /// <param name="request">Method and path.</param>
    internal HttpFailure? NextGraphFailure(string request) => Bite(_graph.Take(f => f.Concerns(request))) ?? everywhere?.NextGraphFailure(request);

    internal HttpFailure? NextAzureFailure(string request) => Bite(_azure.Take(f => f.Concerns(request))) ?? everywhere?.NextAzureFailure(request);

    internal TeamsRefusal? NextRefusal(string cmdlet) =>
        TeamsBusyLeft > 0 && Interlocked.Decrement(ref _teamsBusy) >= 0 ? TeamsRefusal.TooBusy
        : _refusals.Take(r => string.Equals(r.Cmdlet, cmdlet, StringComparison.OrdinalIgnoreCase)) is { Cmdlet: not null } found ? Bite(found).Refusal
        : everywhere?.NextRefusal(cmdlet);

    internal CmdletDelay DelayOf(string cmdlet) => _delays.GetValueOrDefault(cmdlet) ?? everywhere?.DelayOf(cmdlet) ?? new CmdletDelay(default, default);

    internal WorkerFault? NextWorkerFault(string cmdlet) => _workerFaults.TryRemove(cmdlet, out var fault) ? Bite(fault) : everywhere?.NextWorkerFault(cmdlet);

    internal bool IsRevoked(Guid personId, DateTimeOffset issuedAt) =>
        _revoked.TryGetValue(personId, out var at) ? issuedAt <= at : everywhere is not null && everywhere.IsRevoked(personId, issuedAt);

    internal bool HasPassed(DateTimeOffset since, TimeSpan delay) => !Count(since + delay > time.GetUtcNow());

    internal TimeSpan EffectiveDelayOf(Guid personId) =>
        EffectiveDelays.TryGetValue(personId, out var own) || everywhere?.EffectiveDelays.TryGetValue(personId, out own) == true
            ? own
            : EffectiveDelay + (EffectiveSpread * (personId.ToByteArray()[^1] / 255.0));

    /// <summary>A group was made while groups are hidden at first.</summary>
    internal void Hide(Guid groupId)
    {
        if (GroupHiddenFor > 0)
            _hidden[groupId] = GroupHiddenFor;
    }

    /// <summary>Counts one look for it.</summary>
    internal bool Hides(Guid groupId) => Count(_hidden.TryGetValue(groupId, out var left) && left > 0 && _hidden.TryUpdate(groupId, left - 1, left));

    /// <summary>Of an access token that is issued now.</summary>
    internal TimeSpan NextLifetime()
    {
        Count(AccessTokenLifetime != UsualLifetime);
        return AccessTokenLifetime;
    }

    internal void GiveTokenAway() => Interlocked.Increment(ref _tokensGivenAway);

    private T Bite<T>(T fault)
    {
        if (fault is not null)
            Interlocked.Increment(ref _bites);
        return fault;
    }

    private bool Count(bool isWrong)
    {
        if (isWrong)
            Interlocked.Increment(ref _bites);
        return isWrong;
    }

    private static TimeSpan Longer(TimeSpan own, TimeSpan? others) => own >= others.GetValueOrDefault() ? own : others.GetValueOrDefault();
}
