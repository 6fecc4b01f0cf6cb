using System.Globalization;
using System.Text;

namespace Luware.TeamsPowerShell;

/// <summary>Writes commands as PowerShell text. Every string becomes a single-quoted literal, the only form in which PowerShell expands nothing.</summary>
public static class PowerShellText
{
    private const string NextLine = " `\n  ";

    /// <summary>
    /// Returns a single-quoted literal that PowerShell reads back as exactly <paramref name="value"/>. The apostrophe and four typographic quotes all end such
    /// a literal, so each of the five is doubled.
    /// </summary>
    public static string Quote(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var literal = new StringBuilder(value.Length + 2).Append('\'');
        foreach (var character in value)
        {
            literal.Append(character);
            if (IsSingleQuote(character))
                literal.Append(character);
        }
        return literal.Append('\'').ToString();
    }

    /// <summary>Returns comment lines that hold exactly <paramref name="text"/>. PowerShell ends a comment only at a carriage return or a line feed.</summary>
    public static string Comment(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // The space is needed: without it a text could become a #Requires statement, which PowerShell obeys.
        return string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => $"# {line}".TrimEnd()));
    }

    internal static string Write(TeamsCommand command, PowerShellLayout layout)
    {
        var separator = layout == PowerShellLayout.Lines && command.Parameters.Count > 1 ? NextLine : " ";
        return string.Join(separator, [command.Name, .. command.Parameters.Select(p => Write(command.Name, p, layout))]);
    }

    private static bool IsSingleQuote(char character) => character is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B';

    private static string Write(string cmdlet, TeamsParameter parameter, PowerShellLayout layout) => parameter.Value switch
    {
        TeamsValue.Flag(true) when TeamsCmdlets.IsSwitch(cmdlet, parameter.Name) => $"-{parameter.Name}",
        TeamsValue.Flag(false) when TeamsCmdlets.IsSwitch(cmdlet, parameter.Name) => $"-{parameter.Name}:$false",
        var value => $"-{parameter.Name} {Write(value, layout)}",
    };

    private static string Write(TeamsValue value, PowerShellLayout layout) => value switch
    {
        TeamsValue.Text text => Quote(text.Value),
        TeamsValue.Flag flag => flag.Value ? "$true" : "$false",
        TeamsValue.Number number => number.Value.ToString(CultureInfo.InvariantCulture),
        TeamsValue.Id id => Quote(id.Value.ToString("D")),
        TeamsValue.Date date => $"([datetimeoffset]{Quote(date.Value.ToString("O", CultureInfo.InvariantCulture))})",
        TeamsValue.Null => "$null",
        TeamsValue.List([TeamsValue.Nested only]) => $"@{Write(only, layout)}",
        TeamsValue.List list => $"@({string.Join(", ", list.Items.Select(i => Write(i, layout)))})",
        TeamsValue.Nested nested => $"({Write(nested.Command, layout == PowerShellLayout.Script ? layout : PowerShellLayout.OneLine)})",
        TeamsValue.Later { Variable: { } variable, Prefix: "" } when layout == PowerShellLayout.Script => $"${variable}",
        TeamsValue.Later { Variable: { } variable } later when layout == PowerShellLayout.Script => $"({Quote(later.Prefix)} + ${variable})",
        TeamsValue.Later later => Quote($"{later.Prefix}‹{later.What}›"),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, "This kind of value has no PowerShell text."),
    };
}
