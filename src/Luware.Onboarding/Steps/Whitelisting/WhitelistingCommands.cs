using Luware.Onboarding.Regions;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Whitelisting;

internal static class WhitelistingCommands
{
    private static readonly string[] Properties = ["ObjectId", "UserPrincipalName", "ApplicationId", "DisplayName"];

    /// <summary>All of them: there is no filter by application, and asking for one that does not exist is an error without a documented shape.</summary>
    public static readonly TeamsCommand List = new("Get-CsOnlineApplicationInstance", [], Properties);

    public static TeamsCommand Create(RecordingApplication application, string userPrincipalName) => new(
        "New-CsOnlineApplicationInstance",
        [
            new("UserPrincipalName", new TeamsValue.Text(userPrincipalName)),
            new("DisplayName", new TeamsValue.Text(application.DisplayName)),
            new("ApplicationId", new TeamsValue.Id(application.ApplicationId)),
        ],
        Properties);
}
