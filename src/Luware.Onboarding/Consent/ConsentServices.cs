using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Consent;

internal static class ConsentServices
{
    /// <summary>Registers the states with which admin consents go out and come back.</summary>
    public static IServiceCollection AddConsent(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ConsentStateOptions>().Bind(configuration.GetSection(ConsentStateOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConsentStateOptions>, ConsentStateOptions.Validator>();
        services.AddSingleton<ConsentMetrics>();
        services.AddSingleton<IConsentStates, ConsentStates>();
        return services;
    }
}
