using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Handover;

internal static class HandoverServices
{
    public static IServiceCollection AddHandover(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<HandoverOptions>().Bind(configuration.GetSection(HandoverOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HandoverOptions>, HandoverOptions.Validator>();
        services.AddSingleton<HandoverReader>();
        services.AddSingleton<HandoverFonts>();
        services.AddSingleton<HandoverPdf>();
        services.AddSingleton<IHandover, Handovers>();
        return services;
    }
}
