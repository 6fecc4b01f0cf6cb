using Luware.Onboarding.Settings;
using static Luware.Portal.Settings.SettingsRules;

namespace Luware.Portal.Settings;

/// <summary>The portal's own app registration and the delegated permissions that it asks people for.</summary>
internal sealed class EntraSettings : ISettings
{
    public static string Section => "Entra";

    /// <summary>Where the browser signs in.</summary>
    public string? Instance { get; set; }

    /// <summary>The address that the portal itself calls, if it differs from <see cref="Instance"/>.</summary>
    public string? TokenInstance { get; set; }

    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>Null if not configured.</summary>
    public DateTimeOffset? ClientSecretExpires { get; set; }

    /// <summary>The tenants that publish the recording applications; empty for Luware's own.</summary>
    public IList<Guid> RecorderPublishers { get; } = [];

    public IList<string> GraphScopes { get; } = [];

    /// <summary>Also requested when the portal is to create groups or add people to them.</summary>
    public string GroupScope { get; set; } = "Group.ReadWrite.All";

    public string? TeamsScope { get; set; }

    /// <summary>Azure Resource Manager, requested when a storage account is to be read.</summary>
    public string AzureScope { get; set; } = "https://management.azure.com/user_impersonation";

    /// <summary>Blobs of Azure Storage, requested together with <see cref="AzureScope"/>.</summary>
    public string BlobScope { get; set; } = "https://storage.azure.com/user_impersonation";

    public IEnumerable<string> Faults()
    {
        if (!IsSafeAddress(Instance))
            yield return $"Entra:Instance is '{Instance}'. Set it to https://login.microsoftonline.com.";
        if (!IsHttpsAddress(TokenInstance ?? Instance))
        {
            yield return $"Entra:TokenInstance is '{TokenInstance}'. "
                + "Set it to the https address of the token endpoint, or leave it away to use Entra:Instance.";
        }
        if (!Guid.TryParse(ClientId, out _))
            yield return $"Entra:ClientId is '{ClientId}'. Set it to the application (client) id of the portal's app registration, a GUID.";
        if (string.IsNullOrWhiteSpace(ClientSecret))
            yield return "Entra:ClientSecret is missing. Put it into a file Entra__ClientSecret below Secrets:Directory.";
        if (GraphScopes.Count == 0)
        {
            yield return "Entra:GraphScopes is empty. "
                + "List the delegated Microsoft Graph permissions that reading a tenant needs, for example Directory.Read.All.";
        }
        if (!IsShortName(GroupScope))
            yield return $"Entra:GroupScope is '{GroupScope}'. Set it to the short name of the permission that makes groups, Group.ReadWrite.All.";
        foreach (var scope in GraphScopes.Where(s => !IsShortName(s)))
            yield return $"Entra:GraphScopes holds '{scope}'. Write each permission's short name, for example Directory.Read.All.";
        if (TeamsScope?.Split('/') is not [var resource, not ".default" and not ""] || !Guid.TryParse(resource, out _))
            yield return $"Entra:TeamsScope is '{TeamsScope}'. Set it to 48ac35b8-9aa8-4d74-927d-1f4a14a0b239/user_impersonation.";
        if (!IsNamedScope(AzureScope))
            yield return $"Entra:AzureScope is '{AzureScope}'. Set it to https://management.azure.com/user_impersonation.";
        if (!IsNamedScope(BlobScope))
            yield return $"Entra:BlobScope is '{BlobScope}'. Set it to https://storage.azure.com/user_impersonation.";
    }

    // Not .default, which cannot be requested together with anything else.
    private static bool IsNamedScope(string scope) =>
        IsHttpsAddress(scope) && !scope.EndsWith("/.default", StringComparison.Ordinal) && scope.Split('/')[^1].Length > 0;

    private static bool IsShortName(string scope) =>
        scope.Length > 0 && !scope.Contains('/', StringComparison.Ordinal) && !scope.Contains(' ', StringComparison.Ordinal);
}
