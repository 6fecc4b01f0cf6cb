using System.Globalization;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Whitelisting;

/// <summary>Application instances in a script: creates them and finds their object ids for the steps that need them.</summary>
internal static class WhitelistingScript
{
    /// <summary>The variable that holds the object id of the application's instance.</summary>
    public static string Variable(RecordingApplication application) => $"instance{application.Number.ToString(CultureInfo.InvariantCulture)}";

    public static ScriptPart Instance(string key, RecordingApplication application, string userPrincipalName) => new ScriptPart.Made(
        key, Find(application, userPrincipalName), WhitelistingCommands.Create(application, userPrincipalName))
    {
        Variable = Variable(application),
        Property = "ObjectId",
        // Of another application: whether it may be changed depends on whom it touches, which only a reading tells.
        Only = new ScriptCondition(
            $"-not $({WhitelistingCommands.List.ToPowerShell()} | Where-Object {{ $_.UserPrincipalName -eq {PowerShellText.Quote(userPrincipalName)} }})",
            new Sentence("Whitelisting.Script.OtherApplication", userPrincipalName)),
    };

    public static ScriptPart Needed(RecordingApplication application) => new ScriptPart.Needed(
        $"instance/{application.Number.ToString(CultureInfo.InvariantCulture)}", Variable(application), Find(application, null),
        new Sentence("Whitelisting.Script.NoInstance", application.DisplayName));

    /// <summary>
    /// Finds the instance as a plan does: whatever its name; if there are several, prefers the wanted name, and otherwise always picks the same one.
    /// </summary>
    private static string Find(RecordingApplication application, string? userPrincipalName)
    {
        var applicationId = PowerShellText.Quote(application.ApplicationId.ToString());
        var ofApplication = $"{WhitelistingCommands.List.ToPowerShell()} | Where-Object {{ $_.ApplicationId -eq {applicationId} }}";
        var wantedFirst = userPrincipalName is null ? "" : $"{{ $_.UserPrincipalName -ne {PowerShellText.Quote(userPrincipalName)} }}, ";
        return $"@({ofApplication} | Sort-Object {wantedFirst}UserPrincipalName)[0].ObjectId";
    }
}
