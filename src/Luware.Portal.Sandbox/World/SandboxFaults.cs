using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Luware.Portal.Sandbox.World;

/// <summary>An HTTP error that a service returns instead of the correct answer.</summary>
/// <param name="RetryAfter">The header's value: "2", "0.5", "soon" or nothing; "date 3" for the date three seconds ahead.</param>
/// <param name="Call">Applies only to requests whose method and path contain this text ("PATCH /groups", "/oauth2PermissionGrants"); to all if empty.</param>
public sealed record HttpFailure(int Status, string? RetryAfter = null, string Call = "")
{
    private const string Date = "date ";

    internal bool Concerns(string request) => request.Contains(Call, StringComparison.OrdinalIgnoreCase);

    internal void SetRetryAfter(HttpResponse response, TimeProvider time) =>
        response.Headers.RetryAfter = RetryAfter?.StartsWith(Date, StringComparison.Ordinal) == true
            ? (time.GetUtcNow() + TimeSpan.FromSeconds(int.Parse(RetryAfter[Date.Length..], CultureInfo.InvariantCulture)))
                .ToString("R", CultureInfo.InvariantCulture)
            : RetryAfter;
}

[JsonConverter(typeof(JsonStringEnumConverter<WorkerFaultKind>))]
public enum WorkerFaultKind
{
    Crash,
    Hang,
}

/// <summary>What happens to the worker process that sends a cmdlet.</summary>
/// <param name="AfterEffect">Whether the cmdlet takes effect before the worker is lost.</param>
public sealed record WorkerFault(WorkerFaultKind Kind, bool AfterEffect);

[JsonConverter(typeof(JsonStringEnumConverter<TeamsRefusal>))]
public enum TeamsRefusal
{
    /// <summary>The role is missing, or was activated only recently.</summary>
    AccessDenied,

    /// <summary>40301, as for a partner's rights.</summary>
    Forbidden,

    /// <summary>The named object is not known everywhere yet.</summary>
    NotFound,
    TooBusy,

    /// <summary>503 from a cmdlet that has taken effect nevertheless.</summary>
    Unavailable,

    /// <summary>The session's tokens have expired.</summary>
    Expired,
}

/// <summary>The proof that Resource Manager requires for writes, as Azure does since 2025.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ProofForWrites>))]
public enum ProofForWrites
{
    None,

    /// <summary>A token from a sign-in that requested it.</summary>
    SecondFactor,

    /// <summary>More than any sign-in provides.</summary>
    NoneWillDo,
}

/// <summary>How long a cmdlet, or a write to Graph, takes before and after its effect.</summary>
public sealed record CmdletDelay(TimeSpan Before, TimeSpan After);

/// <summary>The faults that are currently active, everywhere or in one tenant. All can be switched while the world runs.</summary>
/// <param name="everywhere">For the faults of one tenant: those of the whole world, which apply as well.</param>
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

    /// <summary>Delay until Graph shows a consent: the service principal after half of it, its permissions after all of it.</summary>
    public TimeSpan ConsentDelay { get => Longer(field, everywhere?.ConsentDelay); set; }

    /// <summary>The admin consent page returns an error after Accept.</summary>
    public bool ConsentDenied { get => field || everywhere is { ConsentDenied: true }; set; }

    /// <summary>The admin consent page grants only the first half of the permissions, without an error.</summary>
    public bool ConsentPartial { get => field || everywhere is { ConsentPartial: true }; set; }

    /// <summary>
    /// Delay until lists contain a new application instance, policy, group assignment, direct assignment, group or member and the present state of a link; a
    /// new group is found by its id after half of it.
    /// </summary>
    public TimeSpan VisibilityDelay { get => Longer(field, everywhere?.VisibilityDelay); set; }

    /// <summary>How often Graph and Teams must be asked for a new group before they know it.</summary>
    public int GroupHiddenFor { get => Math.Max(field, everywhere?.GroupHiddenFor ?? 0); set; }

    /// <summary>Delay until an assignment is in effect for people, and until a removed one no longer is.</summary>
    public TimeSpan EffectiveDelay { get => Longer(field, everywhere?.EffectiveDelay); set; }

    /// <summary>Additional delay of up to this time, different for each person.</summary>
    public TimeSpan EffectiveSpread { get => Longer(field, everywhere?.EffectiveSpread); set; }

    /// <summary>Replaces both delays for single people.</summary>
    public ConcurrentDictionary<Guid, TimeSpan> EffectiveDelays { get; } = new();

    public TimeSpan AccessTokenLifetime { get => _lifetime ?? everywhere?.AccessTokenLifetime ?? UsualLifetime; set => _lifetime = value; }

    /// <summary>People may not consent for themselves, only an administrator may, for them or for everybody.</summary>
    public bool UserConsentOff { get => field || everywhere is { UserConsentOff: true }; set; }

    /// <summary>Tokens for anything but Graph require a sign-in that requested more than a password, as with conditional access.</summary>
    public bool SecondFactor { get => field || everywhere is { SecondFactor: true }; set; }

    public ProofForWrites ProofForWrites { get => field != ProofForWrites.None ? field : everywhere?.ProofForWrites ?? ProofForWrites.None; set; }

    /// <summary>The tenant for which Get-CsTenant answers instead of its own.</summary>
    public Guid? TeamsAnswersFor { get => field ?? everywhere?.TeamsAnswersFor; set; }

    /// <summary>Graph's lists end with a next link to another host, which must not receive a token.</summary>
    public bool ForeignNextLink { get => field || everywhere is { ForeignNextLink: true }; set; }

    /// <summary>The fault of the storage account, or of every tenant's; see <see cref="SandboxTenants.BreakAzure"/>.</summary>
    public AzureFault Azure { get; set; }

    public int GraphFailuresLeft => _graph.Left;
    public int AzureFailuresLeft => _azure.Left;
    public int TeamsBusyLeft => Math.Max(0, Volatile.Read(ref _teamsBusy));
    public IReadOnlyList<(int Left, (string Cmdlet, TeamsRefusal Refusal) Fault)> TeamsRefusals => _refusals.All;
    public IReadOnlyDictionary<string, CmdletDelay> Delays => _delays;
    public IReadOnlyDictionary<string, WorkerFault> WorkerFaults => _workerFaults;

    /// <summary>How often these faults have caused a wrong, late or missing answer or a lost worker.</summary>
    public int Bites => Volatile.Read(ref _bites);

    /// <summary>How often the host of the foreign next links has received a token of this world.</summary>
    public int TokensGivenAway => Volatile.Read(ref _tokensGivenAway);

    /// <summary>The faults of one tenant, in addition to these.</summary>
    public SandboxFaults Of(SandboxTenant tenant) =>
        everywhere is null ? _ofTenants.GetOrAdd(tenant.Id, _ => new SandboxFaults(time, this)) : everywhere.Of(tenant);

    public void FailGraph(int times, int status, string? retryAfter = null, string call = "") => _graph.Add(times, new HttpFailure(status, retryAfter, call));

    public void FailAzure(int times, int status, string? retryAfter = null, string call = "") => _azure.Add(times, new HttpFailure(status, retryAfter, call));

    public void RefuseTeams(int times, string cmdlet, TeamsRefusal refusal) => _refusals.Add(times, (cmdlet, refusal));

    /// <summary>The next <paramref name="times"/> cmdlets get the answer that the service is too busy.</summary>
    public void BusyTeams(int times) => Volatile.Write(ref _teamsBusy, times);

    public void Delay(string cmdlet, TimeSpan before, TimeSpan after = default) => _delays[cmdlet] = new CmdletDelay(before, after);

    /// <summary>The next worker that sends this cmdlet is lost.</summary>
    public void LoseWorker(string cmdlet, WorkerFaultKind kind, bool afterEffect = false) => _workerFaults[cmdlet] = new WorkerFault(kind, afterEffect);

    /// <summary>Revokes a person's sign-ins: earlier refresh tokens become invalid. A new sign-in works.</summary>
    public void RevokeSignIns(Guid personId) => _revoked[personId] = time.GetUtcNow();

    /// <summary>Ends all faults here, and, for the world's faults, in every tenant.</summary>
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
        (ConsentDenied, ConsentPartial, UserConsentOff, SecondFactor, ForeignNextLink) = (false, false, false, false, false);
        (GroupHiddenFor, TeamsAnswersFor) = (0, null);
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

    /// <summary>Hides a new group if groups are hidden at first.</summary>
    internal void Hide(Guid groupId)
    {
        if (GroupHiddenFor > 0)
            _hidden[groupId] = GroupHiddenFor;
    }

    /// <summary>Counts one request for the group.</summary>
    internal bool Hides(Guid groupId) => Count(_hidden.TryGetValue(groupId, out var left) && left > 0 && _hidden.TryUpdate(groupId, left - 1, left));

    /// <summary>The lifetime of an access token that is issued now.</summary>
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
