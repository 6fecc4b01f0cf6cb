using Luware.Onboarding.Data.Entities;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Audit;

/// <summary>Writes the ends of chains where the database does not reach: a chain that was cut or put back to an older state lacks them.</summary>
internal sealed partial class AuditAnchors(ILogger<AuditAnchors> logger)
{
    public void Write(AuditHead head) => Log.Anchor(logger, head.TenantId, new AuditAnchor(head.Sequence, head.Mac).ToString());

    private static partial class Log
    {
        [LoggerMessage(2401, LogLevel.Information, "The audit of tenant {TenantId} ends at {Anchor}")]
        public static partial void Anchor(ILogger logger, Guid tenantId, string anchor);
    }
}
