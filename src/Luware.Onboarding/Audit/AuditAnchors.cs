using Luware.Onboarding.Data.Entities;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Audit;

/// <summary>
/// Writes the ends of chains to the log, outside the database, so that a chain that was truncated or restored to an older state can be detected.
/// </summary>
internal sealed partial class AuditAnchors(ILogger<AuditAnchors> logger)
{
    public void Write(AuditHead head) => Log.Anchor(logger, head.TenantId, new AuditAnchor(head.Sequence, head.Mac).ToString());

    private static partial class Log
    {
        [LoggerMessage(2401, LogLevel.Information, "The audit of tenant {TenantId} ends at {Anchor}")]
        public static partial void Anchor(ILogger logger, Guid tenantId, string anchor);
    }
}
