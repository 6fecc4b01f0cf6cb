using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Data.PostgreSql;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tests.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Onboarding.Tests.Data;

/// <summary>A real database with the real schema, the stores on it, and a clock that the test moves.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly OwnDatabase own;
    private readonly ServiceProvider services;

    private TestDatabase(OwnDatabase own, params IInterceptor[] interceptors)
    {
        this.own = own;
        var settings = new Dictionary<string, string?>(own.Settings, StringComparer.Ordinal)
        {
            ["Audit:CurrentKey"] = AuditKey.Name, [$"Audit:Keys:{AuditKey.Name}"] = AuditKey.Value,
        };
        services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock).AddMetrics().AddLogging()
            .AddPortalData(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .ConfigureDbContext<PostgreSqlPortalDbContext>(options => options.AddInterceptors(interceptors))
            .BuildServiceProvider();
    }

    /// <summary>Of SQLite.</summary>
    public string File => own.File;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    public IDbContextFactory<PortalDbContext> Contexts => Get<IDbContextFactory<PortalDbContext>>();

    /// <summary>Skips the test where no such server was given.</summary>
    public static async Task<TestDatabase> CreateAsync(DatabaseProvider? provider = null)
    {
        var database = new TestDatabase(await OwnDatabase.CreateAsync(provider));
        await database.MigrateAsync();
        return database;
    }

    /// <inheritdoc cref="CreateAsync"/>
    /// <param name="interceptor">Stands between the portal and the server.</param>
    public static async Task<TestDatabase> OnPostgreSqlAsync(IInterceptor interceptor)
    {
        var database = new TestDatabase(await OwnDatabase.CreateAsync(DatabaseProvider.PostgreSql), interceptor);
        await database.MigrateAsync();
        return database;
    }

    public static async Task<TestDatabase> CreateEmptyAsync(DatabaseProvider provider) => new(await OwnDatabase.CreateEmptyAsync(provider));

    /// <summary>On a server that has no database of that name.</summary>
    /// <param name="limit">Of PostgreSQL: after how many seconds a command is given up.</param>
    public static TestDatabase Absent(DatabaseProvider provider, int limit = 30) => new(OwnDatabase.Absent(provider, limit));

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public Task RenameAsync(string table, string to) => own.RenameAsync(table, to);

    public Task MigrateAsync() => Get<IDatabaseMigration>().ApplyAsync(default);

    /// <summary>Adds a customer with the first entry of its chain, as the portal does.</summary>
    public async Task<CustomerTenant> AddTenantAsync()
    {
        var tenant = new CustomerTenant { EntraTenantId = Guid.NewGuid(), Name = "Contoso", Region = "MTCH", CreatedAt = Clock.GetUtcNow() };
        await Contexts.ChangeAsync(tenant.Id, db =>
        {
            db.Tenants.Add(tenant);
            Get<AuditTrail>().Add(db, new AuditLine(tenant.Id, "Added"));
            return Task.CompletedTask;
        }, default);
        return tenant;
    }

    /// <summary>A run of the tenant's that nobody has begun, not yet saved.</summary>
    public Run NewRun(CustomerTenant tenant)
    {
        var now = Clock.GetUtcNow();
        return new Run
        {
            TenantId = tenant.Id, Kind = RunKind.Apply, ApprovedAt = now, ApprovedBy = "Anna",
            PlanDigest = "1", PlanJson = "[]", ChoicesJson = "{}", WaitsJson = "[]", WakeAt = now,
            Access = new TenantAccess(tenant.EntraTenantId, Guid.NewGuid(), "account", "session"),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await own.DisposeAsync();
    }
}
