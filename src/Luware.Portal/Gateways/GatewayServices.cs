using Luware.Onboarding.Gateways;
using Luware.Onboarding.Settings;
using Luware.Portal.Gateways.Azure;
using Luware.Portal.Gateways.Entra;
using Luware.Portal.Gateways.Graph;
using Luware.Portal.Gateways.Teams;
using Luware.Portal.Settings;
using Luware.Portal.Tokens;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Gateways;

internal static class GatewayServices
{
    public static IServiceCollection AddGateways(this IServiceCollection services)
    {
        services.AddSettings<GraphSettings>().AddSettings<AzureSettings>();
        services.AddPatientClient<GraphSettings>(BackChannels.Graph).AddCorrelation(CallHeaders.Graph);
        services.AddPatientClient<AzureSettings>(BackChannels.Azure).AddCorrelation(CallHeaders.ResourceManager);
        // The Blob SDK has its own time limits and retries and follows no redirect, so the client below it must not either.
        services.AddHttpClient(BackChannels.Blobs, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .AddCorrelation(CallHeaders.Storage);
        services.AddSingleton<ITenantNames, TenantNames>();
        services.AddSingleton<IDirectory, GraphDirectory>();
        services.AddScoped<ITeams, TeamsGateway>();
        services.AddSingleton<ArmClient>().AddSingleton<BlobProbe>().AddSingleton<IAzureStorage, AzureStorage>();
        return services;
    }

    /// <summary>
    /// Adds a client without a total time limit, which would cut off the limits per attempt, and without cookies: one client serves all customers.
    /// </summary>
    private static IHttpClientBuilder AddPatientClient<TSettings>(this IServiceCollection services, string name)
        where TSettings : PatienceSettings =>
        services.AddHttpClient(name, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { UseCookies = false })
            .AddHttpMessageHandler(s => new Patience(s.GetRequiredService<IOptions<TSettings>>().Value, s.GetRequiredService<TimeProvider>()));

    /// <summary>Adds correlation below the retries, because each attempt has its own answer.</summary>
    private static void AddCorrelation(this IHttpClientBuilder client, CallHeaders headers) =>
        client.AddHttpMessageHandler(s => new CorrelatedCalls(headers, s.GetRequiredService<ILogger<CorrelatedCalls>>()));
}
