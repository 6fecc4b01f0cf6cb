using System.Globalization;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Handover;

/// <summary>The hand-over as one table for a spreadsheet: a row for each object, decision and action.</summary>
internal static class HandoverCsv
{
    private static readonly string[] Head = ["Record", "Step", "Name", "Id", "State", "Text", "At", "Person", "Evidence", "CorrelationId"];

    public static async Task WriteAsync(HandoverModel model, Stream stream, CancellationToken cancellationToken)
    {
        await using var csv = Csv.To(stream, CultureInfo.GetCultureInfo(model.Language));
        await csv.WriteRowAsync(Head, cancellationToken);
        foreach (var row in Rows(model))
            await csv.WriteRowAsync(row.Fields, cancellationToken);
    }

    private static IEnumerable<Row> Rows(HandoverModel model)
    {
        var (tenant, audit) = (model.Tenant, model.Audit);
        yield return new Row(
            "tenant", Name: tenant.Name, Id: $"{tenant.EntraTenantId}", State: tenant.RegionKey, Text: tenant.Region, At: Utc(model.WrittenAt));
        foreach (var application in tenant.Applications)
            yield return new Row("application", Name: application.DisplayName, Id: $"{application.ApplicationId}");
        foreach (var step in model.Steps)
        {
            yield return new Row(
                "step", step.Key, step.Name, State: $"{step.Status}", Text: step.Detail ?? step.StatusWord, At: Utc(step.VerifiedAt ?? step.ReadAt));
            foreach (var item in step.Objects)
            {
                yield return new Row("object", step.Key, item.Name, item.Key, $"{item.State}", item.Found, Utc(step.ReadAt), Evidence: item.Evidence);
                foreach (var permission in item.Permissions)
                    yield return new Row("permission", step.Key, permission.Name, item.Key, $"{permission.State}", permission.For, Utc(step.ReadAt));
            }
        }

        foreach (var told in model.Events)
            yield return new Row("event", told.Step, told.Kind, $"{told.Sequence}", Text: told.What, At: Utc(told.At), Person: told.By?.Shown);
        foreach (var act in model.Actions)
        {
            yield return new Row(
                "action", act.Step, act.What, $"{act.Sequence}", act.Outcome, act.OutcomeWord, Utc(act.At), act.RightsOf?.Shown, act.Sent, act.CorrelationId);
        }

        yield return new Row(
            "audit", Id: audit.Head, State: audit.Fault is null ? "Whole" : $"{audit.Fault}", Text: $"{audit.Entries}", At: Utc(audit.CheckedAt));
    }

    private static string? Utc(DateTimeOffset? at) => at?.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);

    /// <param name="Id">The id of the object within its step, or of its entry in the audit.</param>
    private sealed record Row(
        string Record, string? Step = null, string? Name = null, string? Id = null, string? State = null, string? Text = null,
        string? At = null, string? Person = null, string? Evidence = null, string? CorrelationId = null)
    {
        public IEnumerable<string?> Fields => [Record, Step, Name, Id, State, Text, At, Person, Evidence, CorrelationId];
    }
}
