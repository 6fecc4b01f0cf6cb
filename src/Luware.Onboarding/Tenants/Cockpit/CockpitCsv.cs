using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>Writes the cockpit as a file for spreadsheets, row by row, without keeping what was written.</summary>
public sealed partial class CockpitCsv(Say say)
{
    /// <summary>A cell with one of these characters is quoted, whichever separator the file has.</summary>
    private static readonly SearchValues<char> Parting = SearchValues.Create("\",;\t\r\n");

    private static readonly string[] Columns =
    [
        "Tenant", "Id", "Domain", "Region", "Verified", "Of", "Step", "Status", "Waits", "Why", "Next", "Stuck", "Since", "Last", "Idle", "Ready", "Owner",
    ];

    /// <param name="output">Stays open.</param>
    public async Task WriteAsync(IAsyncEnumerable<CockpitRow> rows, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        // A German Excel uses the comma within numbers, so the separator depends on the language.
        var separator = CultureInfo.CurrentUICulture.TextInfo.ListSeparator[0];
        await WriteAsync(writer, separator, Columns.Select(c => say[$"Tenants.Column.{c}"]), cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
            await WriteAsync(writer, separator, Cells(row), cancellationToken);
    }

    public static string Cell(string text)
    {
        var safe = Formula().Replace(text, "$&'");
        return safe.AsSpan().ContainsAny(Parting) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>
    /// Matches the position before text that a spreadsheet would read as a formula: at the beginning of a cell, and where a spreadsheet with another separator
    /// would see the beginning of one.
    /// </summary>
    [GeneratedRegex("""(^|(?<=[,;\t\r\n]))[ "]*(?=[=+\-@])|^(?=[\t\r])""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Formula();

    /// <summary>Writes cell by cell: a hundred thousand lines as separate strings would burden the garbage collector.</summary>
    private static async Task WriteAsync(StreamWriter writer, char separator, IEnumerable<string> cells, CancellationToken cancellationToken)
    {
        var isFirst = true;
        foreach (var cell in cells)
        {
            if (!isFirst)
                await writer.WriteAsync(separator);
            isFirst = false;
            await writer.WriteAsync(Cell(cell).AsMemory(), cancellationToken);
        }

        await writer.WriteAsync("\r\n".AsMemory(), cancellationToken);
    }

    private IEnumerable<string> Cells(CockpitRow row) =>
    [
        row.Name, row.EntraTenantId.ToString(), row.Domain ?? "", row.Region, Number(row.Verified), Number(row.Steps), row.AtStep is { } step ? say.Step(step) : "", say.Status(row.Status),
        say.Who(row) ?? "", row.Why is { } why ? say[why] : "", row.Next is { } next ? say[next] : "", row.IsStuck ? say["Tenants.Stuck"] : "",
        Moment(row.Since), Moment(row.LastActivityAt), row.IdleSince is { } idle ? Moment(idle) : "", row.Ready ? say[Mark.ReadySet.Key] : "", row.OwnerName ?? "",
    ];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
