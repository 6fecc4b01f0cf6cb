using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Engine;

/// <summary>What a step knows besides what it reads. Nothing in it belongs to a circuit or a request.</summary>
/// <param name="Known">Values that the latest readings found, the step's own among them, by key: whitelisting/object-id/1.</param>
public sealed record StepContext(
    OnboardingTenant Tenant, Region Region, TenantAccess Access, StepChoices Choices, IReadOnlyDictionary<string, string> Known)
{
    private static readonly Dictionary<string, PastAction> Nothing = new(StringComparer.Ordinal);

    /// <summary>The actions that the portal has begun in this step since it was last taken back, by key, without refused ones.</summary>
    public IReadOnlyDictionary<string, PastAction> Past { get; init; } = Nothing;

    public string? Find(string key) => Known.TryGetValue(key, out var value) ? value : null;
}

/// <param name="DoneAt">When the remote system last accepted it; null when only its beginning is known.</param>
/// <param name="WasSeen">True when the step was verified after the action was begun.</param>
public sealed record PastAction(DateTimeOffset BegunAt, DateTimeOffset? DoneAt, bool WasSeen = false)
{
    /// <summary>
    /// When somebody last returned from the page where the action is done, such as a consent page. It proves nothing, but a wait begins then.
    /// </summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    public DateTimeOffset LatestAt => DoneAt > BegunAt ? DoneAt.Value : BegunAt;
}

/// <param name="Id">The portal's own id of the customer.</param>
/// <param name="EntraTenantId">The tenant's id in Entra.</param>
/// <param name="Ready">True if Luware has declared the recorders of the tenant's region, as configured now, ready for this tenant.</param>
public sealed record OnboardingTenant(Guid Id, Guid EntraTenantId, string Name, bool Ready)
{
    /// <summary>The groups that Luware has synchronised, as the ready flag says; empty without the flag.</summary>
    public IReadOnlyCollection<Guid> ReadyGroups { get; init; } = [];

    /// <summary>The number of groups that the customer's package may synchronise; null if the package is unknown.</summary>
    public int? MostGroups { get; init; }

    /// <summary>Luware's success specialist for this customer; null when none is assigned.</summary>
    public Contact? Specialist { get; init; }

    /// <summary>True if Luware's recorders are ready for the calls of the members of these groups.</summary>
    public bool IsReadyFor(IEnumerable<Guid> groups) => Ready && groups.All(ReadyGroups.Contains);
}

/// <param name="Mail">Null if only the name is known.</param>
public sealed record Contact(string Name, string? Mail);

/// <summary>The customer's choices by step. Without a choice, Luware's recommendation applies, which is the default of its type.</summary>
/// <param name="chosen">Who made the choice, by step; null if that does not matter.</param>
public sealed class StepChoices(IReadOnlyDictionary<string, JsonElement> byStep, IReadOnlyDictionary<string, Chosen>? chosen = null)
{
    private static readonly Dictionary<string, Chosen> Nobody = new(StringComparer.Ordinal);

    public static readonly StepChoices None = new(new Dictionary<string, JsonElement>(StringComparer.Ordinal));

    public IReadOnlyDictionary<string, JsonElement> ByStep { get; } = byStep;

    public IReadOnlyDictionary<string, Chosen> Chosen { get; } = chosen ?? Nobody;

    /// <summary>When a choice for one of the steps was last changed; null if none ever was.</summary>
    public DateTimeOffset? ChangedAt(IReadOnlySet<string> steps) => Chosen.Where(c => steps.Contains(c.Key)).Select(c => (DateTimeOffset?)c.Value.At).Max();

    public T Get<T>(string step) where T : new() =>
        ByStep.TryGetValue(step, out var json) ? json.Deserialize<T>(JsonSerializerOptions.Web) ?? new T() : new T();

    public StepChoices With<T>(string step, T choices, Chosen? chosen = null) =>
        new(
            Replaced(ByStep, step, JsonSerializer.SerializeToElement(choices, JsonSerializerOptions.Web)),
            chosen is null ? Chosen : Replaced(Chosen, step, chosen));

    /// <summary>Returns a copy in which the choices for <paramref name="steps"/> are taken from <paramref name="others"/>, including absent ones.</summary>
    public StepChoices With(StepChoices others, params IEnumerable<string> steps)
    {
        var taken = steps.ToHashSet(StringComparer.Ordinal);
        return new StepChoices(Merged(ByStep, others.ByStep, taken), Merged(Chosen, others.Chosen, taken));
    }

    private static Dictionary<string, T> Replaced<T>(IReadOnlyDictionary<string, T> own, string step, T value) =>
        new(own, StringComparer.Ordinal) { [step] = value };

    private static Dictionary<string, T> Merged<T>(IReadOnlyDictionary<string, T> own, IReadOnlyDictionary<string, T> others, HashSet<string> taken) =>
        own.Where(c => !taken.Contains(c.Key)).Concat(others.Where(c => taken.Contains(c.Key))).ToDictionary(StringComparer.Ordinal);
}

/// <summary>Who chose, and when.</summary>
/// <param name="By">Their object id.</param>
public sealed record Chosen(Guid By, DateTimeOffset At);
