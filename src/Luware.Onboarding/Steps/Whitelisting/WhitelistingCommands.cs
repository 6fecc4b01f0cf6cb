using Luware.Onboarding.Regions;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Whitelisting;

internal static class WhitelistingCommands
{
    private static readonly string[] Properties = ["ObjectId", "UserPrincipalName", "ApplicationId", "DisplayName"];

    /// <summary>Lists all instances: there is no filter by application, and the error for a missing instance is not documented.</summary>
    public static readonly TeamsCommand List = new("Get-CsOnlineApplicationInstance", [], Properties);

    /// <summary>Finds the account with the sign-in name.</summary>
    public static TeamsCommand FindAccount(string userPrincipalName) => new(
        "Get-CsOnlineUser", [new("Identity", new TeamsValue.Text(userPrincipalName))], ["DisplayName", "AccountType", "SoftDeletionTimestamp"]);

    /// <summary>Assigns another application to an instance.</summary>
    public static TeamsCommand SetApplication(ApplicationInstance instance, RecordingApplication application) => new(
        "Set-CsOnlineApplicationInstance",
        [new("Identity", new TeamsValue.Text(instance.UserPrincipalName)), new("ApplicationId", new TeamsValue.Id(application.ApplicationId))],
        []);

    /// <summary>Tells Teams which application an instance belongs to. Not needed if the instance was created with its application id.</summary>
    public static TeamsCommand Sync(Guid objectId, Guid applicationId) => new(
        "Sync-CsOnlineApplicationInstance", [new("ObjectId", new TeamsValue.Id(objectId)), new("ApplicationId", new TeamsValue.Id(applicationId))], []);

    public static TeamsCommand Create(RecordingApplication application, string userPrincipalName) => new(
        "New-CsOnlineApplicationInstance",
        [
            new("UserPrincipalName", new TeamsValue.Text(userPrincipalName)),
            new("DisplayName", new TeamsValue.Text(application.DisplayName)),
            new("ApplicationId", new TeamsValue.Id(application.ApplicationId)),
        ],
        Properties);
}
