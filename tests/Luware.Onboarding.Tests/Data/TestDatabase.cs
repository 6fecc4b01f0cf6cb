using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Data.Sqlite;
using Luware.Onboarding.Tests.Audit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Onboarding.Tests.Data;

/// <summary>A real file with the real schema, the stores on it, and a clock that the test moves.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private TestDatabase(string file)
    {
        File = file;
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:ConnectionString"] = $"Data Source={file}", ["Audit:CurrentKey"] = AuditKey.Name, [$"Audit:Keys:{AuditKey.Name}"] = AuditKey.Value,
        };
        services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Clock).AddMetrics().AddLogging()
            .AddPortalData(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
    }

    public string File { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    public IDbContextFactory<PortalDbContext> Contexts => Get<IDbContextFactory<PortalDbContext>>();

    public static async Task<TestDatabase> CreateAsync()
    {
        var database = new TestDatabase(Path.Combine(Path.GetTempPath(), $"portal-{Guid.NewGuid():N}", "portal.db"));
        await database.MigrateAsync();
        return database;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public Task MigrateAsync() => Get<SqliteMigration>().RunAsync(default);

    public async Task<CustomerTenant> AddTenantAsync()
    {
        var tenant = new CustomerTenant { EntraTenantId = Guid.NewGuid(), Name = "Contoso", Region = "MTCH" };
        await using var db = await Contexts.CreateDbContextAsync();
        db.Add(tenant);
        await db.SaveChangesAsync();
        return tenant;
    }

    /// <summary>Everything that lies in the file and its log, as text.</summary>
    public async Task<string> RawTextAsync()
    {
        var raw = new List<byte>();
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(File)!).Where(p => !p.EndsWith("-shm", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            raw.AddRange(copy.ToArray());
        }

        return System.Text.Encoding.Latin1.GetString([.. raw]);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path.GetDirectoryName(File)!, recursive: true);
    }
}
