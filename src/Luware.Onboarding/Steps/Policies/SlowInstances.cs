using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Whitelisting;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>
/// Instances that are listed but that Teams does not find when a policy is to invite them. Soon after their creation this resolves by itself; later the repair
/// tells Teams again which application they belong to.
/// </summary>
/// <param name="patience">How long to expect that it resolves by itself.</param>
internal sealed class SlowInstances(StepContext context, DateTimeOffset now, TimeSpan patience)
{
    private const string Prefix = "policies/not-found-since/";

    /// <summary>Since when an action has failed, to be handed to the next reading.</summary>
    public Dictionary<string, DateTimeOffset> Since { get; } = new(StringComparer.Ordinal);

    public static string OutputKey(string action) => Prefix + action;

    /// <param name="planned">Keys of the actions that remain to be done.</param>
    /// <param name="reach">Reads whose calls can stop when an application instance changes.</param>
    /// <returns>Null if there is nothing to repair, or the repair was tried already.</returns>
    public async Task<PlannedObject?> RepairAsync(RecordingApplication application, IEnumerable<string> planned, Func<Guid, Task<PolicyReach?>> reach)
    {
        var tried = planned.Where(a => Links(a, application) && context.Past.TryGetValue(a, out var past) && !(past.DoneAt >= past.BegunAt)).ToList();
        foreach (var action in tried)
            Since[action] = context.FindMoment(OutputKey(action)) ?? context.Past[action].BegunAt;
        if (tried.Count == 0 || !Guid.TryParse(context.Find(WhitelistingStep.ObjectIdKey(application.Number)), CultureInfo.InvariantCulture, out var objectId))
            return null;

        var first = tried.Min(a => Since[a]);
        return now - first > patience && !(SyncedAt(application) > first)
            ? InstanceSync.Plan(
                application, objectId, application.DisplayName, ObjectState.Missing, new Sentence("Policies.Sync", first.Utc()), await reach(objectId))
            : null;
    }

    /// <summary>Waits while Teams does not find the instance. Once the repair has not helped for equally long, the refusal says what a person can do.</summary>
    public async Task<StepOutcome> WaitAsync(PlannedAction action, Func<Task<StepOutcome>> apply)
    {
        try
        {
            return await apply();
        }
        catch (RefusedException refused) when (refused.Answer.MeansNotFound()
            && context.Region.Applications.FirstOrDefault(a => Links(action.Key, a)) is { } application
            && !(now - SyncedAt(application) > patience))
        {
            return new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("Policies.WaitForInstance", application.DisplayName));
        }
    }

    private DateTimeOffset? SyncedAt(RecordingApplication application) => context.Past.GetValueOrDefault(InstanceSync.Key(application))?.DoneAt;

    /// <summary>True if the action links the application: the first is invited, the second is paired.</summary>
    private static bool Links(string action, RecordingApplication application) =>
        action.StartsWith(application.Number == 1 ? "link-application/1" : "pair-application/2", StringComparison.Ordinal);
}
