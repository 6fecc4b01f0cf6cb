using System.Globalization;
using System.Text.Json;

namespace Luware.Onboarding.Steps;

/// <summary>Reads the output of Teams cmdlets. Microsoft does not document it in full, so reading is lenient.</summary>
internal static class TeamsAnswers
{
    private const string Tag = "Tag:";

    public static string? Text(this JsonElement element, string property) =>
        Property(element, property) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static Guid? Id(this JsonElement element, string property) =>
        Guid.TryParse(element.Text(property), out var id) ? id : null;

    public static bool Flag(this JsonElement element, string property) =>
        Property(element, property) is { } value
        && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && bool.TryParse(value.GetString(), out var flag) && flag));

    public static int Number(this JsonElement element, string property, int otherwise) => Property(element, property) switch
    {
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) => number,
        { ValueKind: JsonValueKind.String } value when int.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var number) => number,
        _ => otherwise,
    };

    /// <summary>The items of a list; PowerShell writes a one-item list as that item.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string property) => Property(element, property) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } or null => [],
        { } single => [single],
    };

    /// <summary>Removes the prefix: Teams returns policies as Tag:name, and everything else uses the name alone.</summary>
    public static string WithoutTag(string identity) =>
        identity.StartsWith(Tag, StringComparison.OrdinalIgnoreCase) ? identity[Tag.Length..] : identity;

    public static bool IsSameName(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    /// <summary>PowerShell ignores case, and versions of the module write the properties of nested objects differently.</summary>
    private static JsonElement? Property(JsonElement element, string property) =>
        element.ValueKind != JsonValueKind.Object ? null
        : element.TryGetProperty(property, out var exact) ? exact
        : element.EnumerateObject().Where(p => p.Name.Equals(property, StringComparison.OrdinalIgnoreCase)).Select(p => (JsonElement?)p.Value).FirstOrDefault();
}
