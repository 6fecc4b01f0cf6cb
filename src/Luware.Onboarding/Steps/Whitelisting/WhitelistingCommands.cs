using Luware.Onboarding.Regions;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Whitelisting;

internal static class WhitelistingCommands
{
    private static readonly string[] Properties = ["ObjectId", "UserPrincipalName", "ApplicationId", "DisplayName"];

    /// <summary>All of them: there is no filter by application, and asking for one that does not exist is an error without a documented shape.</summary>
    public static readonly TeamsCommand List = new("Get-CsOnlineApplicationInstance", [], Properties);

    /// <summary>Whoever has the sign-in name, deleted accounts among them until they are deleted finally.</summary>
    public static TeamsCommand FindAccount(string userPrincipalName) => new(
        "Get-CsOnlineUser", [new("Identity", new TeamsValue.Text(userPrincipalName))], ["DisplayName", "AccountType", "SoftDeletionTimestamp"]);

    /// <summary>Has an instance stand for another application than before.</summary>
    public static TeamsCommand SetApplication(ApplicationInstance instance, RecordingApplication application) => new(
        "Set-CsOnlineApplicationInstance",
        [new("Identity", new TeamsValue.Text(instance.UserPrincipalName)), new("ApplicationId", new TeamsValue.Id(application.ApplicationId))],
        []);

    /// <summary>Tells Teams which application an instance stands for. Not needed where it was made with its application id.</summary>
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
