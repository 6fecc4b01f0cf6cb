using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Consent;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Handover;
using Luware.Onboarding.Links;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Luware.Onboarding;

/// <summary>
/// Registers the database with its audit, the engine and the rooms around it. The host registers steps, pages, regions and gateways.
/// </summary>
public static class OnboardingServices
{
    /// <param name="migrate">True when this process is to create or update tables, whatever the settings say about its start.</param>
    public static IServiceCollection AddOnboarding(this IServiceCollection services, IConfiguration configuration, bool migrate = false)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddLocalization();
        services.TryAddSingleton<Say>();
        return services
            .AddPortalData(configuration)
            .AddTenants()
            .AddLinks()
            .AddColleagues()
            .AddConsent()
            .AddHandover()
            .AddEngine(configuration, migrate);
    }
}
