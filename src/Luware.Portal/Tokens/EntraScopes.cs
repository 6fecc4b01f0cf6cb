using Luware.Onboarding.Gateways;
using Luware.Portal.Settings;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tokens;

/// <summary>The delegated permissions by purpose, as token requests name them: one request never mixes two resources.</summary>
internal sealed class EntraScopes(IOptions<EntraSettings> settings)
{
    public const string SignIn = "User.Read";
    public const string GraphName = "Microsoft Graph";
    public const string TeamsName = "Skype and Teams Tenant Admin API";
    public const string AzureName = "Azure Resource Manager";
    public const string BlobsName = "Azure Storage";

    private const string GraphPrefix = "https://graph.microsoft.com/";

    public IReadOnlyList<string> Of(TokenPurpose purpose) => purpose switch
    {
        TokenPurpose.Profile => [SignIn],
        TokenPurpose.Directory => [SignIn, .. settings.Value.GraphScopes],
        TokenPurpose.Groups => [.. Of(TokenPurpose.Directory), settings.Value.GroupScope],
        TokenPurpose.Teams => [settings.Value.TeamsScope!],
        TokenPurpose.Azure => [settings.Value.AzureScope],
        TokenPurpose.Blobs => [settings.Value.BlobScope],
        _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, "No such purpose."),
    };

    /// <summary>All permissions that the route needs: an authorize request, unlike a token request, may name several resources.</summary>
    public IEnumerable<string> OfRoute(DelegatedRoute route) =>
        [.. Of(GraphOf(route)), .. route.UsesTeams ? Of(TokenPurpose.Teams) : [],
            .. route.ReadsAzure ? [.. Of(TokenPurpose.Azure), .. Of(TokenPurpose.Blobs)] : Array.Empty<string>()];

    public static TokenPurpose GraphOf(DelegatedRoute route) =>
        route.MakesGroups ? TokenPurpose.Groups : route.ReadsDirectory ? TokenPurpose.Directory : TokenPurpose.Profile;

    /// <summary>The short name of a scope, without its resource.</summary>
    public static string ShortName(string scope) =>
        scope.StartsWith(GraphPrefix, StringComparison.OrdinalIgnoreCase) ? scope[GraphPrefix.Length..] : scope[(scope.LastIndexOf('/') + 1)..];
}
