using System.Data.Common;
using System.Globalization;
using System.Text;
using Luware.Onboarding.Data;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Luware.Onboarding.Tests.Data;

/// <summary>A database for one test: a file, or a database on a server that the environment names.</summary>
internal sealed partial class OwnDatabase : IAsyncDisposable
{
    private const string PostgreSql = "PORTAL_TEST_POSTGRES", SqlServer = "PORTAL_TEST_SQLSERVER", Usual = "PORTAL_TEST_DATABASE";

    private readonly DatabaseProvider provider;
    private readonly string server;
    private readonly string name = $"portal_{Guid.NewGuid():N}";

    private OwnDatabase(DatabaseProvider provider, string server) => (this.provider, this.server) = (provider, server);

    public DatabaseProvider Provider => provider;

    public string File => Path.Combine(Path.GetTempPath(), name, "portal.db");

    /// <summary>Of PostgreSQL: whose rights a connection has instead of the owner's.</summary>
    public string? Role { get; set; }

    /// <summary>Of PostgreSQL: after how many seconds a command is given up.</summary>
    public int Limit { get; init; } = 30;

    public Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["Database:Provider"] = $"{provider}", ["Database:ConnectionString"] = ConnectionString,
    };

    public string ConnectionString => provider switch
    {
        DatabaseProvider.PostgreSql => new NpgsqlConnectionStringBuilder(server)
        {
            Database = name, Options = Role is null ? null : $"-c role={Role}", CommandTimeout = Limit,
        }.ConnectionString,
        DatabaseProvider.SqlServer => new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ConnectionString,
        _ => $"Data Source={File}",
    };

    /// <summary>Only its name: on a server nobody has made it yet.</summary>
    public static OwnDatabase Absent(DatabaseProvider provider, int limit = 30) => new(provider, Server(provider)) { Limit = limit };

    /// <summary>Without any table.</summary>
    public static async Task<OwnDatabase> CreateEmptyAsync(DatabaseProvider provider)
    {
        var database = Absent(provider);
        switch (provider)
        {
            case DatabaseProvider.PostgreSql:
                await TellPostgreSqlAsync(database.server, $"CREATE DATABASE {database.name}");
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

    /// <summary>Whoever uses the table is refused from then on, until it has its name back.</summary>
    public async Task RenameAsync(string table, string to)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        // Made of the names of the schema's own tables.
#pragma warning disable CA2100
        command.CommandText = provider == DatabaseProvider.SqlServer ? $"EXEC sp_rename '{table}', '{to}'" : $"ALTER TABLE \"{table}\" RENAME TO \"{to}\"";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Every value of every table as text; bytes as Latin-1, so that a text inside them is found.</summary>
    public async Task<List<(string Table, string Column, string Text)>> ValuesAsync()
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        var names = await ReadAsync(connection, provider == DatabaseProvider.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table'"
            : "SELECT table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'dbo')");
        var tables = names[0].Select(n => n.Text).Order(StringComparer.Ordinal).ToList();
        // One question for all tables, because a test that looks before and after each of many calls would ask a server tens of thousands.
        var answers = await ReadAsync(connection, string.Join(';', tables.Select(table => $"SELECT * FROM \"{table}\"")));
        return [.. tables.Zip(answers, (table, values) => values.Select(v => (table, v.Column, v.Text))).SelectMany(v => v)];
    }

    private DbConnection Connect() => provider switch
    {
        DatabaseProvider.PostgreSql => new NpgsqlConnection(ConnectionString),
        DatabaseProvider.SqlServer => new SqlConnection(ConnectionString),
        _ => new SqliteConnection(ConnectionString),
    };

    /// <returns>The values of each statement of the question.</returns>
    private static async Task<List<List<(string Column, string Text)>>> ReadAsync(DbConnection connection, string question)
    {
        await using var command = connection.CreateCommand();
        // Made of the names of the schema's own tables.
#pragma warning disable CA2100
        command.CommandText = question;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        List<List<(string, string)>> answers = [];
        do
        {
            List<(string, string)> values = [];
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    values.Add((reader.GetName(i), reader.GetValue(i) is byte[] bytes
                        ? Encoding.Latin1.GetString(bytes)
                        : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)!));
                }
            }

            answers.Add(values);
        }
        while (await reader.NextResultAsync());

        return answers;
    }

    public async ValueTask DisposeAsync()
    {
        switch (provider)
        {
            case DatabaseProvider.PostgreSql:
                await TellPostgreSqlAsync(server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                break;
            case DatabaseProvider.SqlServer:
                await TellSqlServerAsync(server, $"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {name}");
                break;
            default:
                // Its own pool only: clearing all of them can close a connection that another test opens at that moment.
                await using (var pooled = new SqliteConnection(ConnectionString))
                    SqliteConnection.ClearPool(pooled);
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

    private static async Task TellPostgreSqlAsync(string server, string command)
    {
        await using var source = NpgsqlDataSource.Create(server);
        await using var tell = source.CreateCommand(command);
        await tell.ExecuteNonQueryAsync();
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
