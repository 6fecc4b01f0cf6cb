using Luware.Onboarding.Data;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Luware.Onboarding.Tests.Data;

/// <summary>An empty database of one test alone: a file, or one on a server that the environment names.</summary>
internal sealed class OwnDatabase : IAsyncDisposable
{
    private const string PostgreSql = "PORTAL_TEST_POSTGRES", SqlServer = "PORTAL_TEST_SQLSERVER";

    private readonly DatabaseProvider provider;
    private readonly string server;
    private readonly string name = $"portal_{Guid.NewGuid():N}";

    private OwnDatabase(DatabaseProvider provider, string server) => (this.provider, this.server) = (provider, server);

    public string File => Path.Combine(Path.GetTempPath(), name, "portal.db");

    /// <summary>Of PostgreSQL: whose rights a connection has instead of the owner's.</summary>
    public string? Role { get; set; }

    public Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Database:Provider"] = $"{provider}", ["Database:ConnectionString"] = ConnectionString,
    };

    public string ConnectionString => provider switch
    {
        DatabaseProvider.PostgreSql => new NpgsqlConnectionStringBuilder(server) { Database = name, Options = Role is null ? null : $"-c role={Role}" }.ConnectionString,
        DatabaseProvider.SqlServer => new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ConnectionString,
        _ => $"Data Source={File}",
    };

    /// <summary>Only its name: on a server nobody has made it yet.</summary>
    public static OwnDatabase Absent(DatabaseProvider provider) => new(provider, Server(provider));

    public static async Task<OwnDatabase> CreateAsync(DatabaseProvider provider)
    {
        var database = Absent(provider);
        switch (provider)
        {
            case DatabaseProvider.PostgreSql:
                await using (var source = NpgsqlDataSource.Create(database.server))
                await using (var create = source.CreateCommand($"CREATE DATABASE {database.name}"))
                    await create.ExecuteNonQueryAsync();
                break;
            case DatabaseProvider.SqlServer:
                await TellSqlServerAsync(database.server, $"CREATE DATABASE {database.name}");
                break;
        }

        return database;
    }

    /// <summary>Ends all connections to a database of PostgreSQL, whatever they have in hand.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> CutAsync()
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var cut = source.CreateCommand("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = $1");
        cut.Parameters.AddWithValue(name);
        return (int)(long)(await cut.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        switch (provider)
        {
            case DatabaseProvider.PostgreSql:
                await using (var source = NpgsqlDataSource.Create(server))
                await using (var drop = source.CreateCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                    await drop.ExecuteNonQueryAsync();
                break;
            case DatabaseProvider.SqlServer:
                await TellSqlServerAsync(server, $"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {name}");
                break;
            default:
                SqliteConnection.ClearAllPools();
                if (Directory.Exists(Path.GetDirectoryName(File)))
                    Directory.Delete(Path.GetDirectoryName(File)!, recursive: true);
                break;
        }
    }

    private static string Server(DatabaseProvider provider)
    {
        var variable = provider switch { DatabaseProvider.PostgreSql => PostgreSql, DatabaseProvider.SqlServer => SqlServer, _ => null };
        if (variable is null)
            return "";
        var named = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(string.IsNullOrEmpty(named), $"{variable} names no server.");
        return named!;
    }

    private static async Task TellSqlServerAsync(string server, string command)
    {
        await using var connection = new SqlConnection(server);
        await connection.OpenAsync();
        // The name is made here and holds nothing of anybody's input.
#pragma warning disable CA2100
        await using var tell = new SqlCommand(command, connection);
#pragma warning restore CA2100
        await tell.ExecuteNonQueryAsync();
    }
}
