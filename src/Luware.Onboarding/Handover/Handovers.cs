using Luware.Onboarding.Audit;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Handover;

internal sealed class Handovers(RecordAdmission admission, HandoverReader reader, HandoverPdf pdf, IAudit audit, TimeProvider time) : IHandover
{
    public async Task<HandoverModel> ReadAsync(Actor actor, Guid? tenantId, CancellationToken cancellationToken) =>
        await reader.ReadAsync(await admission.AdmitAsync(actor, tenantId, cancellationToken), cancellationToken);

    public async Task<HandoverFile?> WriteAsync(Actor actor, Guid? tenantId, HandoverFormat format, CancellationToken cancellationToken)
    {
        var customer = await admission.AdmitAsync(actor, tenantId, cancellationToken);
        if (format == HandoverFormat.Pdf && !pdf.CanWrite)
            return null;

        var model = await reader.ReadAsync(customer, cancellationToken);
        var (extension, contentType, write) = Face(format, model);
        var file = FileNames.Of("handover", customer, time.GetUtcNow(), extension);
        await audit.DownloadedAsync(actor, customer.EntraTenantId, file, cancellationToken);
        return new HandoverFile(file, contentType, write);
    }

    private (string Extension, string ContentType, Func<Stream, CancellationToken, Task> WriteAsync) Face(
        HandoverFormat format, HandoverModel model) => format switch
    {
        HandoverFormat.Pdf => ("pdf", "application/pdf", (stream, token) => pdf.WriteAsync(model, stream, token)),
        HandoverFormat.Csv => ("csv", "text/csv; charset=utf-8", (stream, token) => HandoverCsv.WriteAsync(model, stream, token)),
        _ => ("json", "application/json", (stream, token) => HandoverJson.WriteAsync(model, stream, token)),
    };
}
