using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>
/// Immutable plan objects, shared by all pages of a tenant that show the same stored text, so that a page recognizes an unchanged plan by reference. Each is
/// kept while somebody uses it.
/// </summary>
internal static class SharedPlans
{
    /// <summary>Size at which dead cache entries are swept.</summary>
    private const int SweepAt = 1000;

    /// <summary>Plans by the digest of their stored text.</summary>
    private static readonly ConcurrentDictionary<string, WeakReference<StepPlan>> Plans = new(StringComparer.Ordinal);

    private static int Added;

    public static StepPlan Read(string json)
    {
        var digest = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        if (Plans.TryGetValue(digest, out var known) && known.TryGetTarget(out var plan))
            return plan;

        plan = EngineJson.Read<StepPlan>(json);
        Plans[digest] = new WeakReference<StepPlan>(plan);
        if (Interlocked.Increment(ref Added) % SweepAt == 0)
            Sweep();
        return plan;
    }

    private static void Sweep()
    {
        foreach (var entry in Plans.Where(e => !e.Value.TryGetTarget(out _)))
            Plans.TryRemove(entry);
    }
}
