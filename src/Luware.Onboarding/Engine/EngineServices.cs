using System.Globalization;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Consent;
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
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;

namespace Luware.Onboarding.Engine;

/// <summary>Registers the engine, its database and its scheduler. Steps, regions and gateways are others' to register.</summary>
public static class EngineServices
{
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(2), CheckInMissed = TimeSpan.FromSeconds(5);

    /// <param name="migrate">True if the process is to make or update tables whatever the settings say about its start.</param>
    public static IServiceCollection AddOnboardingEngine(this IServiceCollection services, IConfiguration configuration, bool migrate = false)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddEngineOptions(configuration).AddPortalData(configuration);
        services.AddTenants(configuration).AddHandover(configuration);

        services.AddMetrics().AddSingleton<EngineMetrics>();
        services.AddSingleton<StepGraph>().AddSingleton<RunFeed>().AddSingleton<Places>().AddSingleton<ViewReader>().AddSingleton<Readings>().AddSingleton<PlanningQueue>();
        services.AddSingleton<Carriers>().AddSingleton<Journal>().AddSingleton<RunRows>().AddSingleton<Holds>().AddSingleton<Gate>().AddSingleton<RemoteCalls>();
        services.AddSingleton<RunScheduler>().AddSingleton<RunWatch>().AddSingleton<RunCommands>().AddSingleton<ActionRunner>().AddSingleton<StepRunner>();
        services.AddSingleton<UndoScripts>().AddSingleton<ScriptWriter>().AddSingleton<SetupScripts>().AddSingleton<ScriptReports>();
        services.AddSingleton<ColleagueMetrics>().AddSingleton<LinkRevocation>().AddSingleton<LinkRefusals>().AddSingleton<IDerivedRows, RevokedLinks>().AddSingleton<IColleagueLinks, ColleagueLinks>();
        services.AddLocalization().TryAddSingleton<Say>();
        services.AddSingleton<IStanding, Standing>().AddSingleton<Admission>().AddSingleton<IEngine, OnboardingEngine>();
        services.AddSingleton<IAftercare, Aftercare>();
        services.AddSingleton<ConsentMetrics>().AddSingleton<IConsentStates, ConsentStates>();
        services.AddScoped<Commentary>().AddScoped<Planner>().AddScoped<OffboardingPlanner>().AddScoped<RunExecutor>();

        services.AddHostedService<EngineStart>();
        services.AddRunQuartz(configuration, migrate);
        services.AddHostedService<Reconciler>().AddHostedService<WritesWatch>();
        if (DataServices.Read(configuration).IsServer)
            services.AddHostedService<ReplicaWatch>();
        return services;
    }

    private static IServiceCollection AddEngineOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EngineOptions>().Bind(configuration.GetSection(EngineOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EngineOptions>, EngineOptions.Validator>();
        services.AddOptions<SafetyOptions>().Bind(configuration.GetSection(SafetyOptions.Section));
        services.AddOptions<OwnApplicationOptions>().Bind(configuration.GetSection("Entra"));
        services.AddOptions<ColleagueOptions>().Bind(configuration.GetSection(ColleagueOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ColleagueOptions>, ColleagueOptions.Validator>();
        services.AddOptions<ConsentStateOptions>().Bind(configuration.GetSection(ConsentStateOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConsentStateOptions>, ConsentStateOptions.Validator>();
        return services;
    }

    /// <summary>Quartz keeps its tables in the same database, on connections of its own: never within a transaction of ours.</summary>
    private static void AddRunQuartz(this IServiceCollection services, IConfiguration configuration, bool migrate)
    {
        var database = DataServices.Read(configuration);
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options =>
            {
                options.InstanceName = "runs";
                options.GenerateInstanceId = database.IsServer;
                options.IdleWaitTime = TimeSpan.FromSeconds(2);
            });
            quartz.UseDefaultThreadPool(ParallelRuns(configuration));
            quartz.UsePersistentStore(store =>
            {
                UseDatabase(store, database);
                // If others make the tables, the portal may lack the right to.
                if (database.MigrateAtStart || migrate)
                    store.ProvisionSchema();
                store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
            });
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>On a server every portal is a node of one cluster: what one leaves behind when it dies, another takes up.</summary>
    private static void UseDatabase(IPersistentStoreBuilder store, DatabaseOptions database)
    {
        switch (database.Provider)
        {
            case DatabaseProvider.SqlServer:
                store.UseSqlServer(SqlClientFactory.Instance, database.ConnectionString);
                break;
            case DatabaseProvider.PostgreSql:
                store.UsePostgres(NpgsqlFactory.Instance, database.ConnectionString);
                break;
            default:
                store.UseSqlite(SqliteFactory.Instance, database.ConnectionString);
                return;
        }

        store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (CheckIn, CheckInMissed));
    }

    /// <summary>A number that cannot be used is passed over here: the validation at start names it, with every other fault.</summary>
    private static int ParallelRuns(IConfiguration configuration) =>
        int.TryParse(configuration[$"{EngineOptions.Section}:{nameof(EngineOptions.ParallelRuns)}"], CultureInfo.InvariantCulture, out var runs) && runs is >= 1 and <= 100
            ? runs
            : new EngineOptions().ParallelRuns;
}
