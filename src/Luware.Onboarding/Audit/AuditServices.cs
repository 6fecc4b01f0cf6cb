using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Audit;

/// <summary>Registers the audit: sealing in the database, writing and checking.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection(AuditOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuditOptions>, AuditOptions.Validator>();
        services.AddSingleton<AuditKeys>();
        services.AddSingleton<AuditKeyCheck>();
        services.AddSingleton<AuditAnchors>();
        services.AddSingleton<AuditSeal>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<AuditVerifier>();
        services.AddSingleton<IAudit, DoorAudit>();
        services.AddSingleton<People>();
        services.AddSingleton<IAuditKeeper, AuditKeeper>();
        services.AddSingleton<IAuditRecord, AuditRecord>();
        services.AddHostedService<AnchorRounds>();
        return services;
    }
}
