using System.Text.Json;

namespace Luware.Onboarding.Steps;

/// <summary>Reads what Teams cmdlets answer. Microsoft documents their shapes nowhere in full, so reading is lenient.</summary>
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

    public static int Number(this JsonElement element, string property, int otherwise) =>
        Property(element, property) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : otherwise;

    /// <summary>The items of a list; PowerShell writes a list of one as its one item.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string property) => Property(element, property) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } or null => [],
        { } single => [single],
    };

    /// <summary>Policies are returned as Tag:name and named without the prefix everywhere else.</summary>
    public static string WithoutTag(string identity) =>
        identity.StartsWith(Tag, StringComparison.OrdinalIgnoreCase) ? identity[Tag.Length..] : identity;

    public static bool IsSameName(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static JsonElement? Property(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value) ? value : null;
}
