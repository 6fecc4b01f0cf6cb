using Luware.Onboarding.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Audit;

/// <summary>Registers the audit: sealing in the database, writing and checking.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSettings<AuditOptions>();
        services.AddSingleton<AuditKeys>().AddSingleton<AuditKeyCheck>().AddSingleton<AuditAnchors>().AddSingleton<AuditSeal>().AddSingleton<AuditTrail>().AddSingleton<Refusals>().AddSingleton<AuditVerifier>();
        services.AddSingleton<IAudit, DoorAudit>().AddSingleton<People>().AddSingleton<IAuditKeeper, AuditKeeper>().AddSingleton<IAuditRecord, AuditRecord>();
        services.AddHostedService<AnchorRounds>();
        return services;
    }
}
