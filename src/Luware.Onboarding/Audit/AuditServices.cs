using Luware.Onboarding.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Audit;

/// <summary>Registers the audit: sealing in the database, writing and checking.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSettings<AuditOptions>();
        services.AddSingleton<AuditKeys>();
        services.AddSingleton<AuditKeyCheck>();
        services.AddSingleton<AuditAnchors>();
        services.AddSingleton<AuditSeal>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<IAudit, AuditWriter>();
        services.AddSingleton<People>();
        services.AddSingleton<IAuditKeeper, AuditKeeper>();
        services.AddSingleton<IAuditRecord, AuditRecord>();
        services.AddHostedService<AnchorRounds>();
        return services;
    }
}
