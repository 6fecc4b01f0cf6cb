using System.Globalization;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Onboarding.Engine.Planning;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Engine.Views;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Settings;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace Luware.Onboarding.Engine;

internal static class EngineServices
{
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(2), CheckInMissed = TimeSpan.FromSeconds(5);

    /// <summary>Registers planning, runs, views and scripts, and the scheduler that wakes runs.</summary>
    /// <param name="migrate">True when this process is to create or update tables, whatever the settings say about its start.</param>
    public static IServiceCollection AddEngine(this IServiceCollection services, IConfiguration configuration, bool migrate)
    {
        services.AddOptions<SafetyOptions>().BindConfiguration(SafetyOptions.Section);
        services.AddSettings<EngineOptions>();

        services.AddSingleton<EngineMetrics>();
        services.AddSingleton<StepGraph>();
        services.AddSingleton<RemoteCalls>();
        services.AddSingleton<IRoleLoss, RoleLoss>();
        services.AddSingleton<Admission>();
        services.AddSingleton<IEngine, OnboardingEngine>();
        services.AddSingleton<IAftercare, Aftercare>();
        services.AddSingleton<ChoiceStore>();

        services.AddSingleton<RunFeed>();
        services.AddSingleton<QueuePositions>();
        services.AddSingleton<ViewReader>();
        services.AddSingleton<PersonViews>();

        services.AddSingleton<Readings>();
        services.AddSingleton<PlanningQueue>();
        services.AddScoped<Planner>();
        services.AddScoped<OffboardingPlanner>();

        services.AddScoped<Commentary>();
        services.AddSingleton<Journal>();
        services.AddSingleton<RunRows>();
        services.AddSingleton<RunCommands>();
        services.AddSingleton<RunScheduler>();
        services.AddScoped<RunExecutor>();
        services.AddScoped<PassOpener>();
        services.AddScoped<PassAdmission>();
        services.AddScoped<PassSteps>();
        services.AddSingleton<ColleagueSignIns>();
        services.AddSingleton<StepRunner>();
        services.AddSingleton<ActionRunner>();
        services.AddSingleton<Gate>();
        services.AddSingleton<Holds>();

        services.AddSingleton<UndoScripts>();
        services.AddSingleton<ScriptWriter>();
        services.AddSingleton<SetupScripts>();
        services.AddSingleton<ScriptReports>();

        services.AddHostedService<EngineStart>();
        services.AddRunQuartz(configuration, migrate);
        services.AddHostedService<Reconciler>();
        services.AddHostedService<WritesWatch>();
        if (DataServices.Read(configuration).IsServer)
            services.AddHostedService<ReplicaWatch>();
        return services;
    }

    /// <summary>Adds Quartz with its tables in the same database. It uses its own connections, so it never takes part in a transaction of ours.</summary>
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
                // If somebody else creates the tables, the portal may lack the right to do so.
                if (database.MigrateAtStart || migrate)
                    store.ProvisionSchema();
                store.ConfigureStore(options => options.StoreJobDataAsStrings = true);
            });
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>
    /// Chooses the job store. On a database server every portal is a node of one cluster, so that another portal takes up the work of a dead one.
    /// </summary>
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

    /// <summary>Reads the thread count before options exist. An unusable number gives the default here; the validation at start reports it.</summary>
    private static int ParallelRuns(IConfiguration configuration) =>
        int.TryParse(configuration[$"{EngineOptions.Section}:{nameof(EngineOptions.ParallelRuns)}"], CultureInfo.InvariantCulture, out var runs)
        && runs is >= 1 and <= EngineOptions.MostParallelRuns
            ? runs
            : new EngineOptions().ParallelRuns;
}
