using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps;
using Luware.Portal.Colleagues;
using Luware.Portal.Components;
using Luware.Portal.Consent;
using Luware.Portal.Downloads;
using Luware.Portal.Gateways;
using Luware.Portal.Invitations;
using Luware.Portal.Operations;
using Luware.Portal.Settings;
using Luware.Portal.SignIn;
using Luware.Portal.Tenants;
using Luware.TeamsPowerShell;
using Quartz;

namespace Luware.Portal;

/// <summary>The portal's composition root.</summary>
public static class PortalApp
{
    /// <param name="args">Command line settings, as in --Portal:PublicAddress=https://portal.example.com.</param>
    /// <param name="configure">Runs before the portal's own registrations and configuration are read.</param>
    /// <exception cref="SettingsException">Settings are missing or wrong.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // The settings lie beside the program, wherever it is started from; the name leads to the portal's own pages and files
        // even where another program is the process.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = Commands.Spelled(args),
            ApplicationName = typeof(PortalApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddSettingDirectories();
        configure?.Invoke(builder);

        try
        {
            // Its start makes the tables, which everything else reads.
            AddOnboarding(builder);
            AddHost(builder);
        }
        catch (InvalidOperationException e) when (SettingsFaults.IsUnreadable(e))
        {
            throw new SettingsException([e.Message]);
        }

        var app = builder.Build();
        SettingsFaults.ThrowIfAny(app.Services);
        UseHost(app);
        app.MapCockpit();
        app.MapRecordDownloads();
        app.MapPortalPages();
        return app;
    }

    /// <summary>Serves, or does what the arguments ask for instead.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        // First of all: the settings that are read from here on hold secrets, whatever the process is to do with them.
        ProcessMemory.Close();
        if (await Commands.WriteScriptAsync(args, Console.Out, Console.Error) is { } code)
            return code;
        return AuditCommands.Find(args, out var settings) is { } command
            ? await command.RunAsync(() => Build(settings), Console.Out, CancellationToken.None)
            : await RunAsync(() => Build(args));
    }

    /// <summary>
    /// Runs until it is stopped, or carries out what the command line asks for instead. Faults in the settings are printed, every one of them,
    /// and nothing is started.
    /// </summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        ProcessMemory.Close();
        try
        {
            await using var app = build();
            if (await Commands.RunAsync(app) is { } code)
                return code;
            return await ServeAsync(app);
        }
        catch (Exception e) when (e is SettingsException or DatabaseOutdatedException or AuditKeyMissingException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (SchedulerException e) when (e.InnerException is JobPersistenceException cause)
        {
            // Its own advice leads to scripts that drop what is there.
            await Console.Error.WriteLineAsync($"The scheduler cannot use its tables: {cause.Message} Where they are missing, --migrate makes them, and so does the SQL that --script writes.");
            return 1;
        }
    }

    /// <summary>A stop that takes longer than it may is no surprise: what was begun is found by the next process.</summary>
    private static async Task<int> ServeAsync(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (stopping.IsCancellationRequested && e is OperationCanceledException or AggregateException { InnerExceptions: [OperationCanceledException, ..] })
        {
            await Console.Error.WriteLineAsync("The portal was not done with stopping in time and ends all the same.");
            return 1;
        }
    }

    /// <summary>Sign-in, gateways and endpoints: what belongs to the process and not to onboarding.</summary>
    internal static void AddHost(WebApplicationBuilder builder)
    {
        builder.Logging.KeepSecretsOut();
        builder.AddTelemetry();
        builder.Services.AddOperations(builder.Configuration).AddPortalSignIn().AddGateways().AddConsent();
    }

    internal static void UseHost(WebApplication app)
    {
        app.UseOperations();
        // Here and not first of all, so that an error's page is looked up when its turn comes.
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapHealth();
        app.MapSignIn();
        app.MapConsent();
        app.MapColleagues();
        app.MapInvitations();
        app.MapDownloads();
    }

    private static void AddOnboarding(WebApplicationBuilder builder)
    {
        builder.Services.AddOnboardingEngine(builder.Configuration);
        builder.Services.AddOnboardingSteps(builder.Configuration);
        builder.Services.AddTeamsWorkerPool(builder.Configuration.GetSection("Teams"));
        builder.Services.AddPortalPages();
    }
}
