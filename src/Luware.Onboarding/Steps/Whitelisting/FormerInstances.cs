using System.Globalization;
using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Steps.Whitelisting;

/// <summary>
/// Luware application instances that are not wanted: they belong to an application of another region, remain from an earlier attempt, or were wanted by an
/// earlier reading. A policy that still invites one also waits for its answer. The readings hand them on, because an instance may be deleted by now or belong
/// to an application that no region has any more.
/// </summary>
internal static class FormerInstances
{
    private const string Prefix = "whitelisting/former/";

    /// <summary>The instance's user principal name, or its object id if it was deleted; null if the instance is wanted or not Luware's.</summary>
    public static string? FindName(StepContext context, Guid objectId) => context.Find(Prefix + objectId);

    /// <summary>All Luware instances that readings have found, wanted or not.</summary>
    public static IReadOnlySet<Guid> WithWanted(StepContext context) => WhitelistingStep.WantedInstances(context)
        .Concat(context.Known.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal)).Select(k => Guid.Parse(k[Prefix.Length..], CultureInfo.InvariantCulture)))
        .ToHashSet();

    /// <param name="applications">Luware's applications of all regions.</param>
    /// <param name="wanted">Object ids of the instances that are wanted now.</param>
    public static IEnumerable<(string Key, string Name)> Outputs(
        StepContext context, IReadOnlyList<ApplicationInstance> instances, IReadOnlySet<Guid> applications, IReadOnlySet<Guid> wanted) =>
        instances.Where(i => i.ApplicationId is { } id && applications.Contains(id)).Select(i => i.ObjectId).Union(WithWanted(context)).Except(wanted)
            .Select(id => (Prefix + id, instances.FirstOrDefault(i => i.ObjectId == id)?.UserPrincipalName ?? $"{id}"));
}
