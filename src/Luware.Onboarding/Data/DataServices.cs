using Luware.Onboarding.Audit;
using Luware.Onboarding.Data.PostgreSql;
using Luware.Onboarding.Data.Sqlite;
using Luware.Onboarding.Data.SqlServer;
using Luware.Onboarding.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Data;

/// <summary>Registers the database and the stores on it.</summary>
internal static class DataServices
{
    public static IServiceCollection AddPortalData(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(configuration);
        services.AddSettings<DatabaseOptions>().AddSettings<RetentionOptions>();

        services.AddDatabase(configuration);
        services.AddDataProtection().PersistKeysToDbContext<PortalDbContext>();

        services.AddAudit();
        services.AddSingleton<ISessions, Sessions>();
        services.AddSingleton<ITokenCaches, TokenCaches>();
        services.AddSingleton<SqliteBackup>();
        services.AddSingleton<Retention>();
        services.AddHostedService<Housekeeping>();
        return services;
    }

    /// <summary>Reads the options before they can be validated. A misspelt provider gives the default here; the validation at start reports it.</summary>
    public static DatabaseOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(DatabaseOptions.Section);
        return new DatabaseOptions
        {
            Provider = Enum.TryParse<DatabaseProvider>(section[nameof(DatabaseOptions.Provider)], ignoreCase: true, out var provider)
                ? provider
                : DatabaseProvider.Sqlite,
            ConnectionString = section[nameof(DatabaseOptions.ConnectionString)] ?? DatabaseOptions.DefaultFile,
            AllowUnprotected = bool.TryParse(section[nameof(DatabaseOptions.AllowUnprotected)], out var unprotected) && unprotected,
            MigrateAtStart = !bool.TryParse(section[nameof(DatabaseOptions.MigrateAtStart)], out var migrate) || migrate,
        };
    }

    private static void AddDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        switch (Read(configuration).Provider)
        {
            case DatabaseProvider.SqlServer:
                services.AddProvider<SqlServerPortalDbContext>((options, connection) =>
                    options.UseSqlServer(connection, server => server.EnableRetryOnFailure()));
                services.AddSingleton<IDatabaseMigration, ServerMigration>();
                break;
            case DatabaseProvider.PostgreSql:
                services.AddProvider<PostgreSqlPortalDbContext>((options, connection) =>
                    options.UseNpgsql(connection, server => server.EnableRetryOnFailure()));
                services.AddSingleton<IDatabaseMigration, ServerMigration>();
                break;
            default:
                services.AddSingleton<SqliteWriters>();
                services.AddProvider<SqlitePortalDbContext>((options, connection) => options.UseSqlite(connection).AddInterceptors(new SqliteConnections()));
                services.AddSingleton<IDatabaseMigration, SqliteMigration>();
                break;
        }
    }

    private static void AddProvider<TContext>(this IServiceCollection services, Action<DbContextOptionsBuilder, string> use)
        where TContext : PortalDbContext
    {
        services.AddDbContextFactory<TContext>((provider, options) =>
        {
            use(options, provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.ConnectionString);
            options.AddInterceptors(provider.GetRequiredService<AuditSeal>());
        });
        services.AddSingleton<IDbContextFactory<PortalDbContext>, AnyProvider<TContext>>();
        services.AddScoped<PortalDbContext>(provider => provider.GetRequiredService<TContext>());
    }

    /// <summary>Creates the configured provider's context as a <see cref="PortalDbContext"/>.</summary>
    private sealed class AnyProvider<TContext>(IDbContextFactory<TContext> factory, IEnumerable<IDerivedRows> derived) : IDbContextFactory<PortalDbContext>
        where TContext : PortalDbContext
    {
        private readonly IDerivedRows[] derived = [.. derived];

        public PortalDbContext CreateDbContext() => WithDerived(factory.CreateDbContext());

        public async Task<PortalDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
            WithDerived(await factory.CreateDbContextAsync(cancellationToken));

        private PortalDbContext WithDerived(PortalDbContext db)
        {
            db.Derived = derived;
            return db;
        }
    }
}
