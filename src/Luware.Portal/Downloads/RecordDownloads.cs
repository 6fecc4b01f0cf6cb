using Luware.Onboarding.Audit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Handover;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Luware.Portal.SignIn;

namespace Luware.Portal.Downloads;

/// <summary>Downloads of hand-over and audit: customers get their own, Luware's people any customer's.</summary>
internal static class RecordDownloads
{
    public static void MapRecordDownloads(this IEndpointRouteBuilder routes)
    {
        // A download may take as long as the reader's connection needs.
        var files = routes.MapGroup("");
        files.DisableRequestTimeout();
        files.MapGet("/downloads/handover.{extension}", (string extension, HttpContext http, IHandover handover, Say say) =>
            HandoverAsync(http, handover, say, null, extension)).AsksForRoles();
        files.MapGet("/downloads/tenants/{id:guid}/handover.{extension}", (Guid id, string extension, HttpContext http, IHandover handover, Say say) =>
            HandoverAsync(http, handover, say, id, extension)).AsksForRoles().RequireAuthorization(Staff.Policy);
        files.MapGet("/downloads/audit.jsonl", (HttpContext http, IAuditRecord audit) => AuditAsync(http, audit, null)).AsksForRoles();
        files.MapGet("/downloads/tenants/{id:guid}/audit.jsonl", (Guid id, HttpContext http, IAuditRecord audit) =>
            AuditAsync(http, audit, id)).AsksForRoles().RequireAuthorization(Staff.Policy);
    }

    private static async Task<IResult> HandoverAsync(HttpContext http, IHandover handover, Say say, Guid? tenantId, string extension)
    {
        HandoverFormat? wanted = extension switch
        {
            "pdf" => HandoverFormat.Pdf,
            "csv" => HandoverFormat.Csv,
            "json" => HandoverFormat.Json,
            _ => null,
        };
        if (wanted is not { } format)
            return TypedResults.NotFound();
        if (await handover.WriteAsync(Actor.From(http.User)!, tenantId, format, http.RequestAborted) is not { } file)
            return TypedResults.Text(say["Handover.PdfMissing"], "text/plain; charset=utf-8", statusCode: StatusCodes.Status503ServiceUnavailable);

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(stream => file.WriteAsync(stream, http.RequestAborted), file.ContentType, file.Name);
    }

    private static async Task<IResult> AuditAsync(HttpContext http, IAuditRecord audit, Guid? tenantId)
    {
        var export = await audit.ExportAsync(Actor.From(http.User)!, tenantId, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(stream => WriteAsync(export, stream, http.RequestAborted), "application/jsonl; charset=utf-8", export.FileName);
    }

    private static async Task WriteAsync(AuditExport export, Stream stream, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        await foreach (var line in export.Lines.WithCancellation(cancellationToken))
            await text.WriteLineAsync(line.AsMemory(), cancellationToken);
    }
}
