using Luware.Onboarding.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Handover;

internal static class HandoverServices
{
    public static IServiceCollection AddHandover(this IServiceCollection services)
    {
        services.AddSettings<HandoverOptions>();
        services.AddSingleton<HandoverReader>();
        services.AddSingleton<HandoverFonts>();
        services.AddSingleton<HandoverPdf>();
        services.AddSingleton<IHandover, Handovers>();
        return services;
    }
}
