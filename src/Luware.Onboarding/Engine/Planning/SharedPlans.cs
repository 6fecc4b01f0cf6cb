using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Luware.Onboarding.Engine.Planning;

/// <summary>
/// Readings as objects, one for all who look at the same: it never changes once it is read. Pages of one tenant share it, and a page that gets a
/// new view finds in it what has stayed as it was. Kept as long as somebody looks.
/// </summary>
internal static class SharedPlans
{
    /// <summary>As many entries of readings that nobody holds any more are swept at a time.</summary>
    private const int SweepAt = 1000;

    /// <summary>By a digest of the stored text, so that nothing can be taken for another.</summary>
    private static readonly ConcurrentDictionary<string, WeakReference<StepPlan>> Plans = new(StringComparer.Ordinal);

    private static int added;

    public static StepPlan Read(string json)
    {
        var digest = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        if (Plans.TryGetValue(digest, out var known) && known.TryGetTarget(out var plan))
            return plan;

        plan = EngineJson.Read<StepPlan>(json);
        Plans[digest] = new WeakReference<StepPlan>(plan);
        if (Interlocked.Increment(ref added) % SweepAt == 0)
            Sweep();
        return plan;
    }

    private static void Sweep()
    {
        foreach (var entry in Plans.Where(e => !e.Value.TryGetTarget(out _)))
            Plans.TryRemove(entry);
    }
}
