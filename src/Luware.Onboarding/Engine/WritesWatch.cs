using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Tenants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Engine;

/// <summary>
/// Records in the audit chain of Luware's own people when all applying was stopped or allowed again. The setting does not tell by whom. The first portal that
/// sees the change writes it; the others find it written.
/// </summary>
internal sealed partial class WritesWatch(
    IDbContextFactory<PortalDbContext> contexts, AuditTrail trail, IOptions<StaffOptions> staff, IOptionsMonitor<SafetyOptions> safety, TimeProvider time,
    ILogger<WritesWatch> logger)
    : PeriodicService(time)
{
    /// <summary>The last value that this process wrote or found. Without it, portals with different settings would overwrite each other forever.</summary>
    private bool? told;

    /// <summary>
    /// How many of the chain's last entries are searched. Without a limit, a start would search the whole chain if writing was never stopped.
    /// </summary>
    public int LookedThrough { get; init; } = 10_000;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var stopped = safety.CurrentValue.WritesStopped;
        if (told == stopped || staff.Value.Tenant is not { } luware)
            return;

        await contexts.ChangeAsync(luware, async db =>
        {
            await AuditTrail.KnowEndAsync(db, luware, cancellationToken);
            var last = await db.Audit.OrderByDescending(e => e.Sequence).Take(LookedThrough)
                .Where(e => e.Kind == AuditKinds.WritesStopped || e.Kind == AuditKinds.WritesAllowed)
                .OrderByDescending(e => e.Sequence).Select(e => e.Kind).FirstOrDefaultAsync(cancellationToken);
            var was = last is null ? told ?? false : last == AuditKinds.WritesStopped;
            if (was != stopped)
                trail.Add(db, new AuditLine(luware, stopped ? AuditKinds.WritesStopped : AuditKinds.WritesAllowed));
        }, cancellationToken);
        told = stopped;
    }

    protected override TimeSpan Every => TimeSpan.FromSeconds(5);

    protected override void Failed(Exception exception) => Log.Failed(logger, exception);

    private static partial class Log
    {
        [LoggerMessage(2405, LogLevel.Warning, "The audit entry about the switch Safety:NoWrites could not be written; the next round tries again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
