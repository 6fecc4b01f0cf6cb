using Luware.Onboarding.Audit;
using Luware.Onboarding.Data.Sqlite;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Data;

/// <summary>Registers the database and the stores on it.</summary>
internal static class DataServices
{
    public static IServiceCollection AddPortalData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection(DatabaseOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptions.Validator>();
        services.AddOptions<ConsentStateOptions>().Bind(configuration.GetSection(ConsentStateOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConsentStateOptions>, ConsentStateOptions.Validator>();
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection(RetentionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptions.Validator>();

        services.AddDbContextFactory<SqlitePortalDbContext>((provider, options) => options
            .UseSqlite(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.ConnectionString)
            .AddInterceptors(new SqliteConnections(), provider.GetRequiredService<AuditSeal>()));
        services.AddSingleton<IDbContextFactory<PortalDbContext>, AnyProvider<SqlitePortalDbContext>>();
        services.AddScoped<PortalDbContext>(provider => provider.GetRequiredService<SqlitePortalDbContext>());
        services.AddDataProtection().PersistKeysToDbContext<PortalDbContext>();

        services.AddAudit(configuration);
        services.AddSingleton<SqliteMigration>();
        services.AddSingleton<ISessions, Sessions>();
        services.AddSingleton<ITokenCaches, TokenCaches>();
        services.AddSingleton<IConsentStates, ConsentStates>();
        services.AddSingleton<ConsentMetrics>().AddSingleton<SqliteBackup>().AddSingleton<Retention>();
        services.AddHostedService<Housekeeping>();
        return services;
    }

    /// <summary>Hands out the configured provider's context under the name that everybody asks for.</summary>
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
