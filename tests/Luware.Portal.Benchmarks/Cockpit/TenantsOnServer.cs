using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Luware.Portal.Benchmarks.Cockpit;

/// <summary>The same tenants on PostgreSQL, in a database of its own with the rows of the file.</summary>
internal sealed class TenantsOnServer(string server) : IAsyncDisposable
{
    private static readonly string[] Tables = ["Summaries", "Words"];

    private readonly string _name = $"cockpit_{Guid.NewGuid():N}";

    public string ConnectionString => new NpgsqlConnectionStringBuilder(server) { Database = _name }.ConnectionString;

    public Task CreateAsync(CancellationToken cancellationToken) => TellAsync(server, $"CREATE DATABASE {_name}", cancellationToken);

    public async Task CopyAsync(string file, CancellationToken cancellationToken)
    {
        await using var from = new SqliteConnection(file);
        await from.OpenAsync(cancellationToken);
        await using var to = new NpgsqlConnection(ConnectionString);
        await to.OpenAsync(cancellationToken);
        // As in the file, the rows that they refer to are not measured.
        await using (var loose = new NpgsqlCommand("SET session_replication_role = replica", to))
            await loose.ExecuteNonQueryAsync(cancellationToken);
        foreach (var table in Tables)
            await CopyAsync(from, to, table, cancellationToken);
        await TellAsync(ConnectionString, "VACUUM ANALYZE", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await TellAsync(server, $"DROP DATABASE {_name} WITH (FORCE)", CancellationToken.None);
    }

    private static async Task CopyAsync(SqliteConnection from, NpgsqlConnection to, string table, CancellationToken cancellationToken)
    {
        var columns = await ColumnsAsync(to, table, cancellationToken);
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        await using var command = from.CreateCommand();
        command.CommandText = $"SELECT {names} FROM \"{table}\"";
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await using var copy = await to.BeginTextImportAsync($"COPY \"{table}\" ({names}) FROM STDIN (FORMAT csv)", cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            await copy.WriteLineAsync(string.Join(',', columns.Select((c, i) => rows.IsDBNull(i) ? "" : Value(rows, i, c.IsTime))));
    }

    private static string Value(SqliteDataReader row, int column, bool isTime)
    {
        var text = isTime
            ? new DateTime(row.GetInt64(column), DateTimeKind.Utc).ToString("O", CultureInfo.InvariantCulture)
            : row.GetString(column).Replace("\"", "\"\"", StringComparison.Ordinal);
        return $"\"{text}\"";
    }

    private static async Task<List<(string Name, bool IsTime)>> ColumnsAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT column_name, data_type = 'timestamp with time zone' FROM information_schema.columns WHERE table_name = $1", connection);
        command.Parameters.AddWithValue(table);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = new List<(string, bool)>();
        while (await reader.ReadAsync(cancellationToken))
            columns.Add((reader.GetString(0), reader.GetBoolean(1)));
        return columns;
    }

    private static async Task TellAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
