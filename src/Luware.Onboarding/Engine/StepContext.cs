using System.Text.Json;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Engine;

/// <summary>Everything that a step may know besides what it reads: nothing of it belongs to a circuit or a request.</summary>
/// <param name="Known">Values that the latest readings found, the step's own among them, by key: whitelisting/object-id/1.</param>
public sealed record StepContext(
    OnboardingTenant Tenant, Region Region, TenantAccess Access, StepChoices Choices, IReadOnlyDictionary<string, string> Known)
{
    private static readonly Dictionary<string, PastAction> Nothing = new(StringComparer.Ordinal);

    /// <summary>What the portal itself has begun in this step since the step was last taken back, by the action's key; a refused action is none.</summary>
    public IReadOnlyDictionary<string, PastAction> Past { get; init; } = Nothing;

    public string? Find(string key) => Known.TryGetValue(key, out var value) ? value : null;
}

/// <param name="DoneAt">When the remote system last accepted it; null where it was begun and no more is known.</param>
/// <param name="WasSeen">The step has been read back as it should be since it was begun.</param>
public sealed record PastAction(DateTimeOffset BegunAt, DateTimeOffset? DoneAt, bool WasSeen = false)
{
    /// <summary>When somebody last came back from where it is settled, as from a consent page: no proof, but the beginning of a wait.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    public DateTimeOffset LatestAt => DoneAt > BegunAt ? DoneAt.Value : BegunAt;
}

/// <param name="Id">The portal's own id of the customer.</param>
/// <param name="EntraTenantId">The tenant's id in Entra.</param>
/// <param name="Ready">Luware has said that the recorders of the tenant's region, as they are configured now, answer for it.</param>
public sealed record OnboardingTenant(Guid Id, Guid EntraTenantId, string Name, bool Ready)
{
    /// <summary>How many groups the customer's package may synchronise; null where the package is not known.</summary>
    public int? MostGroups { get; init; }

    /// <summary>Luware's success specialist for this customer; null where nobody in particular is.</summary>
    public Contact? Specialist { get; init; }
}

/// <param name="Mail">Null where only the name is known.</param>
public sealed record Contact(string Name, string? Mail);

/// <summary>What the customer chose, by step; what was not chosen has Luware's recommendation as the choice type's default.</summary>
/// <param name="chosen">Who chose it, by step; null where that does not matter.</param>
public sealed class StepChoices(IReadOnlyDictionary<string, JsonElement> byStep, IReadOnlyDictionary<string, Chosen>? chosen = null)
{
    private static readonly Dictionary<string, Chosen> Nobody = new(StringComparer.Ordinal);

    public static readonly StepChoices None = new(new Dictionary<string, JsonElement>(StringComparer.Ordinal));

    public IReadOnlyDictionary<string, JsonElement> ByStep { get; } = byStep;

    public IReadOnlyDictionary<string, Chosen> Chosen { get; } = chosen ?? Nobody;

    public T Get<T>(string step) where T : new() =>
        ByStep.TryGetValue(step, out var json) ? json.Deserialize<T>(JsonSerializerOptions.Web) ?? new T() : new T();

    public StepChoices With<T>(string step, T choices, Chosen? chosen = null) =>
        new(Replaced(ByStep, step, JsonSerializer.SerializeToElement(choices, JsonSerializerOptions.Web)), chosen is null ? Chosen : Replaced(Chosen, step, chosen));

    /// <summary>With what <paramref name="others"/> hold for these steps in the place of one's own, also where that is nothing.</summary>
    public StepChoices With(StepChoices others, params IEnumerable<string> steps)
    {
        var taken = steps.ToHashSet(StringComparer.Ordinal);
        return new StepChoices(Merged(ByStep, others.ByStep, taken), Merged(Chosen, others.Chosen, taken));
    }

    private static Dictionary<string, T> Replaced<T>(IReadOnlyDictionary<string, T> own, string step, T value) => new(own, StringComparer.Ordinal) { [step] = value };

    private static Dictionary<string, T> Merged<T>(IReadOnlyDictionary<string, T> own, IReadOnlyDictionary<string, T> others, HashSet<string> taken) =>
        own.Where(c => !taken.Contains(c.Key)).Concat(others.Where(c => taken.Contains(c.Key))).ToDictionary(StringComparer.Ordinal);
}

/// <summary>Who chose, and when.</summary>
/// <param name="By">Their object id.</param>
public sealed record Chosen(Guid By, DateTimeOffset At);
