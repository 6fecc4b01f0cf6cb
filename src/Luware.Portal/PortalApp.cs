using Luware.Onboarding;
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
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Quartz;

namespace Luware.Portal;

/// <summary>The portal's composition root.</summary>
public static partial class PortalApp
{
    /// <param name="args">Settings, as in --Portal:PublicAddress=https://portal.example.com.</param>
    /// <param name="configure">Runs before the portal's own registrations and configuration are read.</param>
    /// <exception cref="SettingsException">Settings are missing or wrong.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null) => Build(args, configure, migrate: false);

    private static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure, bool migrate)
    {
        WebApplicationBuilder builder;
        try
        {
            builder = Prepare(args, configure, migrate);
        }
        catch (Exception e) when (SettingsFaults.IsUnreadable(e))
        {
            throw SettingsFaults.Unreadable(e);
        }

        var app = builder.Build();
        SettingsFaults.ThrowIfAny(app.Services);
        UseHost(app);
        app.MapCockpit();
        app.MapRecordDownloads();
        app.MapPortalPages();
        return app;
    }

    private static WebApplicationBuilder Prepare(string[] args, Action<WebApplicationBuilder>? configure, bool migrate)
    {
        // Settings are read from the program's own folder, wherever it is started from. The name finds the portal's pages and files even if another program
        // hosts it.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(PortalApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddSettingDirectories(TimeProvider.System);
        configure?.Invoke(builder);
        // Registered first: its hosted service migrates the database before the others start.
        AddOnboarding(builder, migrate);
        AddHost(builder);
        return builder;
    }

    /// <summary>Serves, or does what the command line asks for instead.</summary>
    /// <returns>The process's exit code.</returns>
    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var (line, code) = CommandLine.Parse(args, output, errors);
        var commands = new Commands(output, errors);
        return line switch
        {
            null => code,
            { Command: PortalCommand.Script script } => await commands.WriteScriptAsync(script.Provider),
            { Command: PortalCommand.Serve } => await RunAsync(() => Build(line.Settings), errors),
            _ => await RunAsync(
                () => Build(line.Settings, configure: null, migrate: line.Command is PortalCommand.Migrate),
                app => commands.RunAsync(line.Command, app.Services, CancellationToken.None), errors),
        };
    }

    /// <summary>Serves until the process is asked to stop.</summary>
    /// <returns>The process's exit code.</returns>
    public static Task<int> RunAsync(Func<WebApplication> build) => RunAsync(build, Console.Error);

    internal static Task<int> RunAsync(Func<WebApplication> build, TextWriter errors) => RunAsync(build, app => ServeAsync(app, errors), errors);

    /// <summary>Builds the portal and runs it. Every fault in the settings is written to <paramref name="errors"/>, and nothing is run.</summary>
    internal static async Task<int> RunAsync(Func<WebApplication> build, Func<WebApplication, Task<int>> run, TextWriter errors)
    {
        // Before the settings are read, because they hold secrets.
        ProcessMemory.Close();
        try
        {
            await using var app = build();
            return await run(app);
        }
        catch (Exception e) when (e is SettingsException or DatabaseOutdatedException or AuditKeyMissingException)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }
        catch (SchedulerException e) when (e.InnerException is JobPersistenceException cause)
        {
            // The exception's own advice points to scripts that drop existing tables.
            await errors.WriteLineAsync(
                $"The scheduler cannot use its tables: {cause.Message} "
                + "Where they are missing, --migrate makes them, and so does the SQL that --script writes.");
            return 1;
        }
        catch (Exception e) when (StoreFaults.IsOfDatabase(e))
        {
            await errors.WriteLineAsync(
                "The database of Database:ConnectionString is out of reach, does not let the portal in, or refuses what the portal needs: "
                + e.GetBaseException().Message);
            return 1;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await errors.WriteLineAsync($"Another program listens where the portal should, or another portal does: {e.Message}");
            return 1;
        }
    }

    /// <summary>A stop that takes longer than allowed is no fault: the next process continues what was begun.</summary>
    private static async Task<int> ServeAsync(WebApplication app, TextWriter errors)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        var module = app.Services.GetRequiredService<IOptions<TeamsWorkerOptions>>().Value.ModuleVersion;
        var database = app.Services.GetRequiredService<IOptions<DatabaseOptions>>().Value.Provider;
        Log.Starts(app.Logger, PortalVersion.Text, database, module is "" ? "of any version" : module);
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (Exception e) when (
            stopping.IsCancellationRequested && e is OperationCanceledException or AggregateException { InnerExceptions: [OperationCanceledException, ..] })
        {
            await errors.WriteLineAsync("The portal did not stop in time and ends anyway.");
            return 1;
        }
    }

    /// <summary>Registers sign-in, gateways and endpoints: everything that is not onboarding.</summary>
    internal static void AddHost(WebApplicationBuilder builder)
    {
        builder.Logging.KeepSecretsOut();
        builder.AddTelemetry();
        builder.Services.AddOperations(builder.Configuration).AddPortalSignIn().AddGateways().AddConsent();
    }

    internal static void UseHost(WebApplication app)
    {
        app.UseOperations();
        // Not at the beginning of the pipeline: re-execution for error pages must route again.
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

    private static void AddOnboarding(WebApplicationBuilder builder, bool migrate)
    {
        builder.Services.AddOnboarding(builder.Configuration, migrate);
        builder.Services.AddOnboardingSteps(builder.Configuration);
        builder.Services.AddTeamsWorkerPool(builder.Configuration.GetSection("Teams"));
        builder.Services.AddPortalPages();
    }

    private static partial class Log
    {
        [LoggerMessage(3070, LogLevel.Information, "Portal {Version} starts: database {Provider}, Teams module {ModuleVersion}.")]
        public static partial void Starts(ILogger logger, string version, DatabaseProvider provider, string moduleVersion);
    }
}
