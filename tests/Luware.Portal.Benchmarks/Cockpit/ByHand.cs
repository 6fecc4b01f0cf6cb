using Luware.Onboarding.Tenants.Cockpit;
using Microsoft.Data.Sqlite;

namespace Luware.Portal.Benchmarks.Cockpit;

/// <summary>The same questions as SQL through ADO.NET: the session, how many fit, and the page, with every column read.</summary>
internal sealed class ByHand(string connectionString)
{
    private const string Having = "SELECT TenantId FROM Words WHERE Text >= $from AND Text < $to";

    private const string OfRow = "EXISTS (SELECT 1 FROM Words w WHERE w.TenantId = s.Id AND w.Text >= $from AND w.Text < $to)";

    public async Task<int> AskAsync(Question question, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await ScalarAsync(connection, question, "PRAGMA busy_timeout = 10000", cancellationToken);
        await ScalarAsync(connection, question, "SELECT EXISTS (SELECT 1 FROM Sessions WHERE SessionId = 'session' AND EndedAt IS NULL)", cancellationToken);

        var where = question.Where;
        if (question.Word is not null)
        {
            await ScalarAsync(connection, question, $"SELECT COUNT(*) FROM ({Having} LIMIT {1001})", cancellationToken);
            where += question.IsBroad ? $" AND {OfRow}" : $" AND Id IN ({Having})";
        }

        var total = question.IsBroad ? 1000 : Convert.ToInt32(await ScalarAsync(connection, question, $"SELECT COUNT(*) FROM Summaries s WHERE {where}", cancellationToken), null);
        var skip = (question.View.Page - 1) * CockpitView.PageSize;
        var take = Math.Min(CockpitView.PageSize, total - skip);
        var isNearEnd = skip > total / 2;
        var direction = question.View.Descending != isNearEnd ? "DESC" : "ASC";
        var order = question.Order.Length > 0 ? $"{question.Order} {direction}, NameKey {direction}, Id {direction}" : $"NameKey {direction}, Id {direction}";
        return await ReadAsync(connection, question, $"SELECT * FROM Summaries s WHERE {where} ORDER BY {order} LIMIT {take} OFFSET {(isNearEnd ? total - skip - take : skip)}", cancellationToken);
    }

    private static async Task<object?> ScalarAsync(SqliteConnection connection, Question question, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, question, sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static async Task<int> ReadAsync(SqliteConnection connection, Question question, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, question, sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (values, rows) = (new object[reader.FieldCount], 0);
        while (await reader.ReadAsync(cancellationToken))
        {
            reader.GetValues(values);
            rows++;
        }

        return rows;
    }

    private static SqliteCommand Command(SqliteConnection connection, Question question, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in question.Values)
            command.Parameters.AddWithValue(name, value);
        if (question.Word is var (from, to))
        {
            command.Parameters.AddWithValue("$from", from);
            command.Parameters.AddWithValue("$to", to);
        }

        return command;
    }
}
