using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Consent;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Whitelisting;

/// <summary>Compares the listed instances with the one that an application should have.</summary>
/// <param name="others">The region's other applications: an instance that one of them uses is not taken over.</param>
internal sealed class InstancePlanner(
    StepContext context, RecordingApplication application, IEnumerable<RecordingApplication> others,
    string domain, IReadOnlyList<ApplicationInstance> instances)
{
    private static readonly Sentence Kind = new("Whitelisting.Kind");

    private readonly string number = application.Number.ToString(CultureInfo.InvariantCulture);

    public string UserPrincipalName { get; } = NameOf(application, domain);

    public ApplicationInstance? Found => ApplicationInstance.Of(application, UserPrincipalName, instances);

    /// <summary>An instance that has the wanted name but belongs to another application.</summary>
    public ApplicationInstance? Other => Found is null ? instances.FirstOrDefault(i => i.IsNamed(UserPrincipalName)) : null;

    /// <summary>True if the instance with the wanted name may be reassigned: no other application of the region uses it.</summary>
    public bool CanTakeOver => Other is { } other && !others.Any(o => ApplicationInstance.Of(o, NameOf(o, domain), instances) == other);

    /// <summary>The instance whose application is to change, or has changed without Teams being told; null if there is none.</summary>
    public ApplicationInstance? Changing => Found is null ? CanTakeOver ? Other : null : WasChangedAndNotSynced ? Found : null;

    /// <summary>True if its creation was begun, so an account with that name may be the instance itself, not listed yet.</summary>
    public bool IsBegun => context.Past.ContainsKey(CreateKey(application));

    public static string CreateKey(RecordingApplication application) => $"create-instance/{application.Number.ToString(CultureInfo.InvariantCulture)}";

    public static string SetKey(RecordingApplication application) => $"set-application/{application.Number.ToString(CultureInfo.InvariantCulture)}";

    /// <param name="reach">Whose calls can stop when the changing instance is reassigned to the application, and when Teams is told; null if nobody's.</param>
    /// <param name="holder">Another account that has the wanted name.</param>
    public IEnumerable<PlannedObject> Objects(PolicyReach? reach, NameHolder? holder)
    {
        if (Found is { } found)
        {
            yield return ForeignApplications.Contain(context, application)
                ? Object(found.UserPrincipalName, ObjectState.Different, new Sentence("Consent.Foreign"), Reading(found))
                : Object(
                    found.UserPrincipalName, ObjectState.Found,
                    new Sentence(found.IsNamed(UserPrincipalName) ? "Whitelisting.Found" : "Whitelisting.Adopted"), Reading(found));
            if (WasChangedAndNotSynced)
                yield return InstanceSync.Plan(
                    application, found.ObjectId, found.UserPrincipalName, ObjectState.Missing, new Sentence("Whitelisting.Sync.Missing"), reach);
        }
        else if (Other is { } other && CanTakeOver)
        {
            var set = WhitelistingCommands.SetApplication(other, application);
            var title = new Sentence("Whitelisting.SetApplication", UserPrincipalName, application.DisplayName);
            var what = new Sentence("Whitelisting.WrongApplication", ApplicationOf(other), application.DisplayName);
            var action = TeamsActions.Action(SetKey(application), title, set, WhitelistingStep.MakerRoles, reach?.Stopping ?? Impact.Nobody);
            yield return Object(other.UserPrincipalName, ObjectState.Different, what, TeamsActions.Detail(set), action) with
            {
                Notes = reach is null ? [] : [new Sentence("Whitelisting.Linked"), .. reach.NotCounted],
            };
            yield return InstanceSync.Plan(
                application, other.ObjectId, other.UserPrincipalName, ObjectState.Later, new Sentence("Whitelisting.Sync.Later"), reach);
        }
        else if (Other is { } used)
        {
            yield return Object(UserPrincipalName, ObjectState.Different, new Sentence("Whitelisting.Different", application.DisplayName), Reading(used));
        }
        else
        {
            yield return ToMake(holder);
        }
    }

    public IEnumerable<Sentence> Questions(NameHolder? holder)
    {
        if (Other is { } other && !CanTakeOver)
            yield return new Sentence("Whitelisting.OtherApplication", UserPrincipalName, ApplicationOf(other));
        if (holder is not null)
            yield return new Sentence("Whitelisting.NameOfUser", UserPrincipalName, holder.Name);
    }

    private bool WasChangedAndNotSynced =>
        context.Past.TryGetValue(SetKey(application), out var set) && !(context.Past.GetValueOrDefault(InstanceSync.Key(application))?.DoneAt > set.LatestAt);

    private PlannedObject ToMake(NameHolder? holder)
    {
        var create = WhitelistingCommands.Create(application, UserPrincipalName);
        if (holder is not null)
        {
            var account = WhitelistingCommands.FindAccount(UserPrincipalName);
            return Object(UserPrincipalName, ObjectState.Different, new Sentence("Whitelisting.HeldByUser", holder.Name), TeamsActions.Detail(account));
        }

        var what = new Sentence("Whitelisting.Missing", application.DisplayName);
        var title = new Sentence("Whitelisting.Create", UserPrincipalName);
        var action = TeamsActions.Action(CreateKey(application), title, create, WhitelistingStep.MakerRoles, Impact.Nobody);
        return Object(UserPrincipalName, ObjectState.Missing, what, TeamsActions.Detail(create), action);
    }

    private PlannedObject Object(string name, ObjectState state, Sentence what, string detail, PlannedAction? action = null) =>
        new($"instance/{number}", name, Kind, state, what, detail, action);

    private static string NameOf(RecordingApplication application, string domain) => $"{application.UserPrincipalNamePrefix}@{domain}";

    private static string ApplicationOf(ApplicationInstance instance) => instance.ApplicationId?.ToString() ?? "–";

    private static string Reading(ApplicationInstance instance) =>
        $"{TeamsActions.Detail(WhitelistingCommands.List)}\n"
        + $"→ {instance.UserPrincipalName}, ObjectId {instance.ObjectId}, ApplicationId {instance.ApplicationId}";
}
