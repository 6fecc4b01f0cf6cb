using Luware.Onboarding.Settings;
using Luware.Portal.Settings;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

/// <summary>Applies <see cref="LimitSettings"/> to the server, the circuits and their messages.</summary>
internal sealed class Limits(IOptions<LimitSettings> settings, OpenPages pages)
    : IConfigureOptions<KestrelServerOptions>, IConfigureOptions<CircuitOptions>, IConfigureOptions<HubOptions>, IConfigureOptions<RequestTimeoutOptions>
{
    private const int Kilobyte = 1024;

    /// <summary>A browser sends its headers at once; a client that takes longer keeps the connection busy on purpose.</summary>
    private static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(15);

    public static void Add(IServiceCollection services)
    {
        services.AddSettings<LimitSettings>().AddRequestTimeouts();
        services.AddSingleton<OpenPages>().ConfigureOptions<Limits>();
    }

    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = settings.Value.Connections;
        options.Limits.MaxConcurrentUpgradedConnections = settings.Value.OpenPages;
        options.Limits.MaxRequestBodySize = settings.Value.RequestKilobytes * Kilobyte;
        options.Limits.RequestHeadersTimeout = HeaderTime;
    }

    public void Configure(CircuitOptions options)
    {
        options.DisconnectedCircuitMaxRetained = settings.Value.LostPages;
        options.DisconnectedCircuitRetentionPeriod = settings.Value.LostPageLife;
    }

    public void Configure(HubOptions options)
    {
        options.MaximumReceiveMessageSize = settings.Value.MessageKilobytes * Kilobyte;
        options.AddFilter(pages);
    }

    public void Configure(RequestTimeoutOptions options) => options.DefaultPolicy = new RequestTimeoutPolicy { Timeout = settings.Value.RequestTime };
}
