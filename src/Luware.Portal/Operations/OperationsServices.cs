using System.Net;
using Luware.Onboarding.Settings;
using Luware.Portal.Settings;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

internal static class OperationsServices
{
    public static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions().AddTransient(typeof(IOptionsFactory<>), typeof(SettingsFactory<>));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSettings<PortalSettings>().AddSettings<RateLimitSettings>().AddSettings<SupportSettings>().AddSettings<ArticleSettings>();
        KeyProtection.Add(services, configuration);
        services.AddSingleton<CredentialWatch>().AddHostedService(provider => provider.GetRequiredService<CredentialWatch>());
        services.AddRateLimiter(_ => { }).AddSingleton<IConfigureOptions<RateLimiterOptions>, RateLimits>().AddSingleton<FileLimits>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<PortalSettings>>(BelieveProxies);
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
        services.AddSingleton<RestartNotice>().AddScoped<CircuitHandler, RestartNotice.Page>();
        Limits.Add(services);
        Health.Add(services);
        return services;
    }

    /// <summary>Middleware that runs before everything else.</summary>
    public static void UseOperations(this WebApplication app)
    {
        app.UseForwardedHeaders();
        // In a scope of its own: in that of the request, the handler of the cookie would repeat the failure of its first look.
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error", CreateScopeForErrors = true });
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<OwnOrigin>();
        app.UseHsts();
        app.UseWhen(AsksForPage, pages => pages.UseStatusCodePagesWithReExecute("/error/{0}"));
        app.UseRateLimiter();
    }

    // Circuits, health checks and programs get a status without a page.
    private static bool AsksForPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static void BelieveProxies(ForwardedHeadersOptions options, IOptions<PortalSettings> portal)
    {
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in portal.Value.Proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }

        options.ForwardLimit = portal.Value.ForwardLimit;
        // Without a trusted proxy no header is trusted, because the framework takes an empty list to trust everybody.
        options.ForwardedHeaders = portal.Value.Proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
    }
}
