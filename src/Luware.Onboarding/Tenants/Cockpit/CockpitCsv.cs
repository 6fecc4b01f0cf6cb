using System.Globalization;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>Writes the cockpit as a file for spreadsheets, row by row, without keeping what was written.</summary>
public sealed class CockpitCsv(Say say)
{
    private static readonly string[] Columns =
    [
        "Tenant", "Id", "Domain", "Region", "Verified", "Of", "Step", "Status", "Waits", "Why", "Next", "Stuck", "Since", "Last", "Idle", "Ready", "Owner",
    ];

    /// <param name="closed">True if the rows are closed tenants, whose status is that.</param>
    /// <param name="output">Stays open.</param>
    public async Task WriteAsync(IAsyncEnumerable<CockpitRow> rows, bool closed, Stream output, CancellationToken cancellationToken)
    {
        await using var csv = Csv.To(output, CultureInfo.CurrentUICulture);
        await csv.WriteRowAsync(Columns.Select(c => say[$"Tenants.Column.{c}"]), cancellationToken);
        await foreach (var row in rows.WithCancellation(cancellationToken))
            await csv.WriteRowAsync(Cells(row, closed), cancellationToken);
    }

    private IEnumerable<string> Cells(CockpitRow row, bool closed) =>
    [
        row.Name, row.EntraTenantId.ToString(), row.Domain ?? "", row.Region, Number(row.Verified), Number(row.Steps),
        row.AtStep is { } step ? say.Step(step) : "", closed ? say[Mark.Closed.Key] : say.Status(row.Status),
        say.Who(row) ?? "", row.Why is { } why ? say.Told(why) : "", row.Next is { } next ? say[next] : "", row.IsStuck ? say["Tenants.Stuck"] : "",
        Moment(row.Since), Moment(row.LastActivityAt), row.IdleSince is { } idle ? Moment(idle) : "",
        row.Ready ? say[Mark.ReadySet.Key] : "", row.OwnerName ?? "",
    ];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
