using Luware.Portal.Consent;
using Luware.Portal.Downloads;
using Luware.Portal.Gateways;
using Luware.Portal.Operations;
using Luware.Portal.SignIn;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Luware.Portal;

/// <summary>The portal's composition root.</summary>
public static class PortalApp
{
    /// <param name="args">Command line settings, as in --Portal:PublicAddress=https://portal.example.com.</param>
    /// <param name="configure">Runs before the portal's own registrations and configuration are read.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // The settings lie beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddSecretFiles();
        configure?.Invoke(builder);
        AddPortal(builder);
        var app = builder.Build();
        UsePortal(app);
        return app;
    }

    /// <summary>Runs until it is stopped. Faults in the settings are printed, every one of them, and nothing is started.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(WebApplication app)
    {
        if (SettingsFaults(app.Services) is { Count: > 0 } faults)
        {
            await Console.Error.WriteLineAsync($"The portal cannot start. Settings to mend:{Environment.NewLine}- {string.Join($"{Environment.NewLine}- ", faults)}");
            return 1;
        }

        await app.RunAsync();
        return 0;
    }

    private static void AddPortal(WebApplicationBuilder builder)
    {
        builder.Logging.KeepSecretsOut();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOperations().AddPortalSignIn().AddGateways().AddConsent();
    }

    private static void UsePortal(WebApplication app)
    {
        app.UseOperations();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapHealth();
        app.MapSignIn();
        app.MapConsent();
        app.MapDownloads();
    }

    private static IReadOnlyList<string> SettingsFaults(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
        catch (AggregateException e) when (e.InnerExceptions.All(i => i is OptionsValidationException))
        {
            return [.. e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(i => i.Failures)];
        }
    }
}
