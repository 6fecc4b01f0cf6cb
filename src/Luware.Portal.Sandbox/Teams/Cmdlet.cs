using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox.Teams;

/// <summary>A cmdlet of the Teams module, answered as by the service behind it.</summary>
/// <param name="Parameters">Names that can be bound; a leading exclamation mark makes one mandatory.</param>
/// <param name="Roles">Directory roles of which the session's person needs one.</param>
/// <param name="Run">Runs exclusively on its tenant; returns the cmdlet's output.</param>
internal sealed record Cmdlet(string Name, ImmutableArray<string> Parameters, IReadOnlyList<DirectoryRole> Roles, Func<CmdletCall, IEnumerable<JsonObject>> Run)
{
    private static readonly string[] Common =
        ["Confirm", "WhatIf", "Force", "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "PassThru"];

    /// <exception cref="TeamsRefusalException">A parameter is unknown, or a mandatory one is missing.</exception>
    public ImmutableDictionary<string, JsonElement> Bind(JsonElement parameters)
    {
        var bound = ImmutableDictionary.CreateBuilder<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in parameters.EnumerateObject())
        {
            if (!Parameters.Any(p => Is(p.TrimStart('!'), parameter.Name)) && !Common.Any(c => Is(c, parameter.Name)))
                throw TeamsRefusalException.Unbound(
                    "NamedParameterNotFound", $"A parameter cannot be found that matches parameter name '{parameter.Name}'.", parameter.Name);
            bound[parameter.Name] = parameter.Value;
        }

        var missing = Parameters.FirstOrDefault(p => p.StartsWith('!') && !bound.ContainsKey(p[1..]));
        return missing is null
            ? bound.ToImmutable()
            : throw TeamsRefusalException.Unbound(
                "MissingMandatoryParameter", $"Cannot process command because of one or more missing mandatory parameters: {missing[1..]}.", missing[1..]);
    }

    private static bool Is(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One call of a cmdlet: the tenant and person of the session, and the bound parameters.</summary>
internal sealed record CmdletCall(
    SandboxTenant Tenant, Guid PersonId, string Cmdlet, ImmutableDictionary<string, JsonElement> Parameters, SandboxFaults Faults, DateTimeOffset Now)
{
    public bool Has(string name) => Parameters.ContainsKey(name);

    public string? Text(string name) => Parameters.TryGetValue(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            JsonValueKind.Number => value.GetRawText(),
            _ => throw CannotConvert(name, "System.String"),
        }
        : null;

    public bool Flag(string name, bool otherwise) => Parameters.TryGetValue(name, out var value)
        ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw CannotConvert(name, "System.Boolean")
        : otherwise;

    public int? Number(string name) => Parameters.TryGetValue(name, out var value)
        ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw CannotConvert(name, "System.Int32")
        : null;

    public Guid? Id(string name) => Text(name) is { } text
        ? Guid.TryParse(text, out var id) ? id : throw CannotConvert(name, "System.Guid")
        : null;

    public void Record(string changed) => Tenant.Record(Now, PersonId, Cmdlet, changed);

    public static TeamsRefusalException CannotConvert(string name, string type) =>
        TeamsRefusalException.Unbound(
            "ParameterArgumentTransformationError",
            $"Cannot process argument transformation on parameter '{name}'. Cannot convert value to type \"{type}\".", name);
}
