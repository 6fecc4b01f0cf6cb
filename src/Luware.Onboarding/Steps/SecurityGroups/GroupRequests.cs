using System.Text.Encodings.Web;
using System.Text.Json;
using Luware.Onboarding.Gateways;

namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>Requests to Microsoft Graph in the form in which people see and approve them.</summary>
internal static class GroupRequests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Uses PATCH by unique name; a repeated POST would create a second group with the same name.</summary>
    public static string Create(NewGroup group)
    {
        var body = new
        {
            displayName = group.DisplayName,
            description = group.Description,
            mailEnabled = false,
            mailNickname = group.UniqueName,
            securityEnabled = true,
        };
        return $"PATCH /v1.0/groups(uniqueName='{group.UniqueName}')\nPrefer: create-if-missing\n\n{JsonSerializer.Serialize(body, Readable)}";
    }

    /// <param name="group">The object id, or a placeholder for it.</param>
    public static string Add(string group, GroupRelation relation, Guid person) =>
        $"POST /v1.0/groups/{group}/{Segment(relation)}/$ref\n\n{{ \"@odata.id\": \"https://graph.microsoft.com/v1.0/directoryObjects/{person}\" }}";

    public static string Read(Guid group) => $"GET /v1.0/groups/{group}/members";

    /// <summary>A placeholder for an object id that is known only after the group is created.</summary>
    public static string IdToCome(string name) => $"{{object id of {name}}}";

    public static string FindByName(string name) => $"GET /v1.0/groups?$filter=startswith(displayName,'{name.Replace("'", "''", StringComparison.Ordinal)}')";

    private static string Segment(GroupRelation relation) => relation == GroupRelation.Owner ? "owners" : "members";
}
