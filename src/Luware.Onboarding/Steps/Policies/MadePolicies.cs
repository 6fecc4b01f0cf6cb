using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>Finds out from the journal which policies the portal created: the key of the action that creates one always names it.</summary>
internal static class MadePolicies
{
    private const string Prefix = "create-policy/";

    public static string Key(string policy) => Prefix + policy;

    /// <summary>The policies that the portal has begun to create.</summary>
    public static IEnumerable<string> In(IReadOnlyDictionary<string, PastAction> past) =>
        past.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).Select(k => k[Prefix.Length..]);
}
