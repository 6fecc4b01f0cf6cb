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

    /// <summary>All Luware instances that readings have found, wanted or not: what each is called, by object id.</summary>
    public static IReadOnlyDictionary<Guid, string> WithWanted(StepContext context) =>
        WhitelistingStep.WantedInstances(context).Union(Found(context)).ToDictionary(id => id, id => NameOf(context, id));

    /// <summary>The instances that readings have found and that are not wanted now, in an order that stays.</summary>
    public static IEnumerable<Guid> All(StepContext context) => Found(context).Except(WhitelistingStep.WantedInstances(context)).Order();

    /// <param name="applications">Luware's applications of all regions.</param>
    /// <param name="wanted">Object ids of the instances that are wanted now.</param>
    public static IEnumerable<(string Key, string Name)> Outputs(
        StepContext context, IReadOnlyList<ApplicationInstance> instances, IReadOnlySet<Guid> applications, IReadOnlySet<Guid> wanted) =>
        instances.Where(i => i.ApplicationId is { } id && applications.Contains(id)).Select(i => i.ObjectId).Union(WithWanted(context).Keys).Except(wanted)
            .Select(id => (Prefix + id, instances.FirstOrDefault(i => i.ObjectId == id)?.UserPrincipalName ?? $"{id}"));

    /// <summary>The instances that an earlier reading did not want.</summary>
    private static IEnumerable<Guid> Found(StepContext context) => context.Known.Keys.Where(k => k.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(k => Guid.Parse(k[Prefix.Length..], CultureInfo.InvariantCulture));

    /// <summary>A wanted instance is called like its application, as in every plan.</summary>
    private static string NameOf(StepContext context, Guid objectId) =>
        context.Region.Applications.FirstOrDefault(a => context.Find(WhitelistingStep.ObjectIdKey(a.Number)) == $"{objectId}")?.DisplayName
        ?? FindName(context, objectId)
        ?? $"{objectId}";
}
