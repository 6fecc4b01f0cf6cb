using System.Text.Json;

namespace Luware.TeamsPowerShell.Tests.Sandbox;

/// <summary>What the reference pages say about the cmdlets (teams-cmdlets.json).</summary>
internal sealed record CmdletFacts(string Name, bool SupportsShouldProcess, IReadOnlyList<ParameterSetFacts> Sets)
{
    private sealed record File(IReadOnlyList<CmdletFacts> Cmdlets);

    public static IReadOnlyDictionary<string, CmdletFacts> All { get; } = JsonSerializer.Deserialize<File>(
        System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Sandbox", "teams-cmdlets.json")), JsonSerializerOptions.Web)!
        .Cmdlets.ToDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>One line per parameter of each set, for comparison as text.</summary>
    public IEnumerable<string> Describe() => Sets
        .SelectMany(s => s.Parameters.Select(p => $"{(Sets.Count > 1 ? s.Name : "")}{(s.Default ? " (default)" : "")}: {p}"))
        .Append($"ShouldProcess: {SupportsShouldProcess}")
        .Order(StringComparer.Ordinal);

    /// <summary>The same as Get-Command reports it, in the lines of DescribeModule.ps1, with stand-ins for the module's own types.</summary>
    public IEnumerable<string> DescribeAsPowerShellDoes() => Sets
        .SelectMany(s => s.Parameters.Select(p =>
            $"{Name} {(Sets.Count > 1 ? s.Name : "")}{(s.Default ? " (default)" : "")}: {p.Name} {ParameterTypes.Of(p.Type)} {p.Mandatory} {p.Position}"))
        .Append($"{Name} ShouldProcess: {SupportsShouldProcess}");
}

internal sealed record ParameterSetFacts(string Name, IReadOnlyList<ParameterFacts> Parameters, bool Default = false);

internal sealed record ParameterFacts(string Name, string Type, bool Mandatory = false, int? Position = null);
