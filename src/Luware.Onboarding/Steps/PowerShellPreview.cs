using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps;

/// <summary>Until the library writes commands itself.</summary>
internal static class PowerShellPreview
{
    public static string ToPowerShell(this TeamsCommand command, PowerShellLayout layout = PowerShellLayout.OneLine) =>
        string.Join(layout == PowerShellLayout.Lines ? " `\n  " : " ", [command.Name, .. command.Parameters.Select(p => $"-{p.Name} {Write(p.Value)}")]);

    private static string Write(TeamsValue value) => value switch
    {
        TeamsValue.Text text => $"'{text.Value.Replace("'", "''", StringComparison.Ordinal)}'",
        TeamsValue.Flag flag => flag.Value ? "$true" : "$false",
        TeamsValue.Id id => $"'{id.Value}'",
        TeamsValue.List list => $"@({string.Join(", ", list.Items.Select(Write))})",
        TeamsValue.Nested nested => $"({nested.Command.ToPowerShell()})",
        TeamsValue.Later later => $"'{later.Prefix}‹{later.What}›'",
        _ => value.ToString(),
    };
}

internal enum PowerShellLayout
{
    OneLine,
    Lines,
}
