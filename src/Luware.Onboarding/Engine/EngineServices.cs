using System.Globalization;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Handover;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Texts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Quartz;

namespace Luware.Onboarding.Engine;

/// <summary>Registers the engine, its database and its scheduler. Steps, regions and gateways are others' to register.</summary>
public static class EngineServices
{
    public static IServiceCollection AddOnboardingEngine(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddEngineOptions(configuration).AddPortalData(configuration);
        services.AddTenants(configuration).AddHandover(configuration);

        services.AddMetrics().AddSingleton<EngineMetrics>();
        services.AddSingleton<StepGraph>().AddSingleton<RunFeed>().AddSingleton<Places>().AddSingleton<ViewReader>().AddSingleton<Readings>().AddSingleton<PlanningQueue>();
        services.AddSingleton<Carriers>().AddSingleton<Journal>().AddSingleton<RunRows>().AddSingleton<Holds>().AddSingleton<Gate>().AddSingleton<RemoteCalls>();
        services.AddSingleton<RunScheduler>().AddSingleton<RunCommands>().AddSingleton<ActionRunner>().AddSingleton<StepRunner>();
        services.AddSingleton<UndoScripts>().AddSingleton<ScriptWriter>().AddSingleton<SetupScripts>().AddSingleton<ScriptReports>();
        services.AddSingleton<ColleagueMetrics>().AddSingleton<IColleagueLinks, ColleagueLinks>();
        services.AddLocalization().TryAddSingleton<Say>();
        services.AddSingleton<IStanding, Standing>().AddSingleton<Admission>().AddSingleton<IEngine, OnboardingEngine>();
        services.AddSingleton<IAftercare, Aftercare>();
        services.AddScoped<Commentary>().AddScoped<Planner>().AddScoped<OffboardingPlanner>().AddScoped<RunExecutor>();

        services.AddHostedService<EngineStart>();
        services.AddRunQuartz(configuration);
        services.AddHostedService<Reconciler>();
        return services;
    }

    private static IServiceCollection AddEngineOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EngineOptions>().Bind(configuration.GetSection(EngineOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EngineOptions>, EngineOptions.Validator>();
        services.AddOptions<SafetyOptions>().Bind(configuration.GetSection(SafetyOptions.Section)).ValidateOnStart();
        services.AddOptions<OwnApplicationOptions>().Bind(configuration.GetSection("Entra"));
        services.AddOptions<ColleagueOptions>().Bind(configuration.GetSection(ColleagueOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ColleagueOptions>, ColleagueOptions.Validator>();
        return services;
    }

    /// <summary>Quartz keeps its tables in the same file, on connections of its own: never within a transaction of ours.</summary>
    private static void AddRunQuartz(this IServiceCollection services, IConfiguration configuration)
    {
        var database = configuration.GetSection(DatabaseOptions.Section).Get<DatabaseOptions>() ?? new DatabaseOptions();
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "runs";
                options.IdleWaitTime = TimeSpan.FromSeconds(2);
            });
            quartz.UseDefaultThreadPool(ParallelRuns(configuration));
            quartz.UsePersistentStore(store =>
            {
                store.UseSqlite(SqliteFactory.Instance, database.ConnectionString);
                store.ProvisionSchema();
                store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
            });
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>A number that cannot be used is passed over here: the validation at start names it, with every other fault.</summary>
    private static int ParallelRuns(IConfiguration configuration) =>
        int.TryParse(configuration[$"{EngineOptions.Section}:{nameof(EngineOptions.ParallelRuns)}"], CultureInfo.InvariantCulture, out var runs) && runs is >= 1 and <= 100
            ? runs
            : new EngineOptions().ParallelRuns;
}
