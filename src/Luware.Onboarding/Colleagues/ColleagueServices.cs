using Luware.Onboarding.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Colleagues;

internal static class ColleagueServices
{
    /// <summary>Registers the links by which a step is handed to a colleague.</summary>
    public static IServiceCollection AddColleagues(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ColleagueOptions>().Bind(configuration.GetSection(ColleagueOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ColleagueOptions>, ColleagueOptions.Validator>();
        services.AddSingleton<ColleagueMetrics>();
        services.AddSingleton<LinkRevocation>();
        services.AddSingleton<LinkRefusals>();
        services.AddSingleton<IDerivedRows, RevokedLinks>();
        services.AddSingleton<IColleagueLinks, ColleagueLinks>();
        return services;
    }
}
