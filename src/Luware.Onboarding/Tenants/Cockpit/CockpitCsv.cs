using System.Globalization;
using System.Text;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>The cockpit as a file for spreadsheets, a line at a time: nothing is kept of what has been written.</summary>
public sealed class CockpitCsv(Say say)
{
    /// <summary>A spreadsheet takes a cell that begins so for a formula.</summary>
    private static readonly char[] Formula = ['=', '+', '-', '@', '\t', '\r'];

    private static readonly string[] Columns =
    [
        "Tenant", "Id", "Domain", "Region", "Verified", "Of", "Step", "Status", "Waits", "Why", "Next", "Stuck", "Since", "Last", "Idle", "Ready", "Owner",
    ];

    /// <param name="output">Stays open.</param>
    public async Task WriteAsync(IAsyncEnumerable<CockpitRow> rows, Stream output, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(Line(Columns.Select(c => say[$"Tenants.Column.{c}"])).AsMemory(), cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
            await writer.WriteAsync(Line(Cells(row)).AsMemory(), cancellationToken);
    }

    public static string Cell(string text)
    {
        var safe = text.Length > 0 && Formula.Contains(text[0]) ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny('"', ',', '\n') || safe.Contains('\r', StringComparison.Ordinal) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private IEnumerable<string> Cells(CockpitRow row) =>
    [
        row.Name, row.EntraTenantId.ToString(), row.Domain ?? "", row.Region, Number(row.Verified), Number(row.Steps), row.AtStep is { } step ? say.Step(step) : "", say.Status(row.Status),
        say.Who(row) ?? "", row.Why is { } why ? say[why] : "", row.Next is { } next ? say[next] : "", row.IsStuck ? say["Tenants.Stuck"] : "",
        Moment(row.Since), Moment(row.LastActivityAt), row.IdleSince is { } idle ? Moment(idle) : "", row.Ready ? say[Mark.ReadySet.Key] : "", row.OwnerName ?? "",
    ];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
