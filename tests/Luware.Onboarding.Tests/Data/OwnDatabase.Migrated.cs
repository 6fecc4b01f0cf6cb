using Luware.Onboarding.Data;
using Luware.Onboarding.Tests.Audit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Onboarding.Tests.Data;

internal sealed partial class OwnDatabase
{
    /// <summary>The database on PostgreSQL that this process has migrated once, to be copied for each test.</summary>
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    /// <summary>For a portal, which brings the schema up to date at its start. On PostgreSQL, where that takes half a second, it is there already.</summary>
    /// <param name="provider">
    /// Null for a test that runs on any of them: SQLite, or what PORTAL_TEST_DATABASE names, so that one run can put all such tests on a server.
    /// </param>
    public static async Task<OwnDatabase> CreateAsync(DatabaseProvider? provider = null)
    {
        provider ??= Environment.GetEnvironmentVariable(Usual) is { Length: > 0 } usual ? Enum.Parse<DatabaseProvider>(usual) : DatabaseProvider.Sqlite;
        if (provider != DatabaseProvider.PostgreSql)
            return await CreateEmptyAsync(provider.Value);

        var database = Absent(DatabaseProvider.PostgreSql);
        await TellPostgreSqlAsync(database.server, $"CREATE DATABASE {database.name} TEMPLATE {await Template.Value}");
        return database;
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var template = await CreateEmptyAsync(DatabaseProvider.PostgreSql);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => template.DisposeAsync().AsTask().Wait();
        // No connection is kept: a database that has one cannot be copied.
        var settings = new Dictionary<string, string?>(template.Settings, StringComparer.Ordinal)
        {
            ["Database:ConnectionString"] = $"{template.ConnectionString};Pooling=false",
            ["Audit:CurrentKey"] = AuditKey.Name, [$"Audit:Keys:{AuditKey.Name}"] = AuditKey.Value,
        };
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddMetrics().AddLogging()
            .AddPortalData(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
        await services.GetRequiredService<IDatabaseMigration>().ApplyAsync(default);
        return template.name;
    }
}
