using System.Text.Json;
using Luware.Onboarding.Regions;

namespace Luware.Onboarding.Steps.Whitelisting;

/// <summary>A Teams resource account that represents an application.</summary>
internal sealed record ApplicationInstance(Guid ObjectId, string UserPrincipalName, Guid? ApplicationId)
{
    public static ApplicationInstance? From(JsonElement element) =>
        element.Id("ObjectId") is { } id && element.Text("UserPrincipalName") is { } name ? new(id, name, element.Id("ApplicationId")) : null;

    public bool IsNamed(string userPrincipalName) => TeamsAnswers.IsSameName(UserPrincipalName, userPrincipalName);

    /// <summary>
    /// Finds the application's instance, whatever its name. If there are several, prefers the wanted name, and otherwise always picks the same one.
    /// </summary>
    public static ApplicationInstance? Of(RecordingApplication application, string userPrincipalName, IEnumerable<ApplicationInstance> all) =>
        all.Where(i => i.ApplicationId == application.ApplicationId)
            .OrderByDescending(i => i.IsNamed(userPrincipalName))
            .ThenBy(i => i.UserPrincipalName, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault();
}
