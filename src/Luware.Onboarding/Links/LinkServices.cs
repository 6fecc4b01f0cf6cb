using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Links;

internal static class LinkServices
{
    /// <summary>Registers what invitations and links to handed steps have in common.</summary>
    public static IServiceCollection AddLinks(this IServiceCollection services)
    {
        services.AddSingleton<LinkMetrics>();
        services.AddSingleton<LinkRevocation>();
        services.AddSingleton<LinkRefusals>();
        services.AddSingleton<LinkOpenings>();
        return services;
    }
}
