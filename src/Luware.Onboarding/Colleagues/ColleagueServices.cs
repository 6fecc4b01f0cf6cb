using Luware.Onboarding.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Colleagues;

internal static class ColleagueServices
{
    /// <summary>Registers the links by which a step is handed to a colleague.</summary>
    public static IServiceCollection AddColleagues(this IServiceCollection services)
    {
        services.AddSettings<ColleagueOptions>();
        services.AddSingleton<IColleagueLinks, ColleagueLinks>();
        return services;
    }
}
