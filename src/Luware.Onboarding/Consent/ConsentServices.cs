using Luware.Onboarding.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Consent;

internal static class ConsentServices
{
    /// <summary>Registers the states with which admin consents go out and come back.</summary>
    public static IServiceCollection AddConsent(this IServiceCollection services)
    {
        services.AddSettings<ConsentStateOptions>();
        services.AddSingleton<ConsentMetrics>();
        services.AddSingleton<IConsentStates, ConsentStates>();
        return services;
    }
}
