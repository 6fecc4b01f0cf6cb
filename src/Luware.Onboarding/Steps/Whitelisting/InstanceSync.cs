using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Whitelisting;

/// <summary>
/// Tells Teams again which application an instance belongs to. No cmdlet shows what Teams has stored, so this is a repair rather than wanted state: after the
/// application was changed, and when a listed instance cannot be linked.
/// </summary>
internal static class InstanceSync
{
    private const string Prefix = "sync-instance/";

    public static string Key(RecordingApplication application) => Prefix + application.Number.ToString(CultureInfo.InvariantCulture);

    public static bool Is(PlannedAction action) => action.Key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <param name="reach">
    /// Whose calls can stop when the instance's application changes, because only from now on does Teams invite it; null if nobody's.
    /// </param>
    public static PlannedObject Plan(RecordingApplication application, Guid objectId, string name, ObjectState state, Sentence what, PolicyReach? reach)
    {
        var command = WhitelistingCommands.Sync(objectId, application.ApplicationId);
        var action = TeamsActions.Action(
            Key(application), new Sentence("Whitelisting.Sync", name), command, WhitelistingStep.MakerRoles, reach?.Stopping ?? Impact.Nobody);
        var key = $"sync/{application.Number.ToString(CultureInfo.InvariantCulture)}";
        return new PlannedObject(key, name, new Sentence("Whitelisting.Kind.Sync"), state, what, TeamsActions.Detail(command), action)
        {
            Notes = [new Sentence("Whitelisting.Sync.Remedy", WhitelistingCommands.Sync(objectId, Guid.Empty).ToPowerShell()), .. reach?.NotCounted ?? []],
        };
    }

    /// <summary>Clears the application with an id of zeros first if Teams keeps the former one, as Microsoft's page recommends.</summary>
    public static async Task<StepOutcome> ApplyAsync(ITeams teams, StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        try
        {
            return await teams.ApplyAsync(context, action, cancellationToken);
        }
        catch (RefusedException refused) when (refused.Answer?.Says("same key has already been added") == true)
        {
            var sync = TeamsActions.Complete(action);
            var none = new TeamsParameter("ApplicationId", new TeamsValue.Id(Guid.Empty));
            await teams.InvokeAsync(context.Access, sync with { Parameters = [sync.Parameters[0], none] }, cancellationToken);
            return await teams.ApplyAsync(context, action, cancellationToken);
        }
    }
}
