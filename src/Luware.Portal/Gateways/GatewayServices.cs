using Luware.Onboarding.Gateways;
using Luware.Portal.Gateways.Graph;
using Luware.Portal.Gateways.Teams;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;

namespace Luware.Portal.Gateways;

internal static class GatewayServices
{
    public static IServiceCollection AddGateways(this IServiceCollection services)
    {
        services.AddSettings<GraphSettings>();
        // The retry handler limits each attempt; a limit on top of it would cut its patience short.
        services.AddHttpClient(BackChannels.Graph, client => client.Timeout = Timeout.InfiniteTimeSpan).AddHttpMessageHandler<GraphPatience>();
        services.AddTransient<GraphPatience>();
        services.AddSingleton<IDirectory, GraphDirectory>();
        services.AddScoped<ITeams, TeamsGateway>();
        return services;
    }
}
