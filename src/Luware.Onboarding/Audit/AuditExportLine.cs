using System.Text.Encodings.Web;
using System.Text.Json;
using Luware.Onboarding.Data.Entities;

namespace Luware.Onboarding.Audit;

/// <summary>An entry with everything that its seal covers, so that anyone with the key can check it without the portal (docs/audit.md).</summary>
/// <param name="Data">The sealed text, exported as text: parsed into an object, it might be written differently.</param>
internal sealed record AuditExportLine(
    string Form, Guid Tenant, Guid Chain, long Sequence, Guid Id, DateTimeOffset At, string Kind, string Subject, Guid? Person, Guid? PersonTenant,
    string Data, string Key, string PreviousMac, string Mac)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static AuditExportLine Of(AuditEntry entry, Guid entraTenantId) => new(
        AuditMac.EntryForm, entraTenantId, entry.TenantId, entry.Sequence, entry.Id, entry.At, entry.Kind, entry.Subject, entry.Person, entry.PersonTenant,
        entry.DataJson, entry.KeyName, Convert.ToHexStringLower(entry.PreviousMac), Convert.ToHexStringLower(entry.Mac));
}
