using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>Which policies the portal made is told by the journal alone: the key of what makes one names it always.</summary>
internal static class MadePolicies
{
    private const string Prefix = "create-policy/";

    public static string Key(string policy) => Prefix + policy;

    /// <summary>The policies that the portal has begun to make.</summary>
    public static IEnumerable<string> In(IReadOnlyDictionary<string, PastAction> past) =>
        past.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).Select(k => k[Prefix.Length..]);
}
