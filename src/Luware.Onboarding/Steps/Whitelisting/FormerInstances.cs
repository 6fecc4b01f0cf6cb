using System.Globalization;
using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Steps.Whitelisting;

/// <summary>
/// Application instances of Luware's that are not wanted. A policy that still invites one waits for its answer, too. They stand for an application
/// of another region, are left from an earlier attempt, or an earlier reading wanted them; the latter may be deleted, or stand for an application that
/// no region has any more, so the readings hand them on.
/// </summary>
internal static class FormerInstances
{
    private const string Prefix = "whitelisting/former/";

    /// <summary>The instance's user principal name, or its object id where it is deleted; null of an instance that is wanted or not Luware's.</summary>
    public static string? FindName(StepContext context, Guid objectId) => context.Find(Prefix + objectId);

    /// <summary>Every instance of Luware's that the readings have found, wanted or not.</summary>
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
