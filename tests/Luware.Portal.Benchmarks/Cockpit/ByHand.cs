using System.Text.Json;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Texts;
using Microsoft.Data.Sqlite;

namespace Luware.Portal.Benchmarks.Cockpit;

/// <summary>The same questions as SQL through ADO.NET, with the same answer: the session, how many fit, and the page.</summary>
internal sealed class ByHand(string connectionString)
{
    private const string Having = "SELECT TenantId FROM Words WHERE Text >= $from AND Text < $to";

    private const string OfRow = "EXISTS (SELECT 1 FROM Words w WHERE w.TenantId = s.Id AND w.Text >= $from AND w.Text < $to)";

    private const string Columns =
        "Id, EntraTenantId, Name, Domain, Region, Language, OwnerName, Ready, Status, Waits, Who, WhyJson, NextJson, IsStuck, AtStep, Verified, Steps, Since, LastActivityAt, IdleSince";

    public async Task<CockpitPage> AskAsync(Question question, CancellationToken cancellationToken)
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
        var rows = await ReadAsync(connection, question, $"SELECT {Columns} FROM Summaries s WHERE {where} ORDER BY {order} LIMIT {take} OFFSET {(isNearEnd ? total - skip - take : skip)}", cancellationToken);
        if (isNearEnd)
            rows.Reverse();
        return new CockpitPage(rows, total, question.IsBroad);
    }

    private static async Task<object?> ScalarAsync(SqliteConnection connection, Question question, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, question, sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static async Task<List<CockpitRow>> ReadAsync(SqliteConnection connection, Question question, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, question, sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (rows, idleBefore) = (new List<CockpitRow>(), DateTimeOffset.UtcNow.AddDays(-7));
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(Row(reader, idleBefore));
        return rows;
    }

    private static CockpitRow Row(SqliteDataReader row, DateTimeOffset idleBefore)
    {
        DateTimeOffset? idleSince = row.IsDBNull(19) ? null : Moment(row, 19);
        return new CockpitRow(row.GetGuid(0), row.GetGuid(1), row.GetString(2), Text(row, 3), row.GetString(4), row.GetString(5), Text(row, 6), row.GetBoolean(7))
        {
            Status = (StepStatus)row.GetInt32(8), Waits = row.IsDBNull(9) ? null : (WaitsFor)row.GetInt32(9), Who = Text(row, 10), Why = Said(row, 11), Next = Said(row, 12),
            IsStuck = row.GetBoolean(13), AtStep = Text(row, 14), Verified = row.GetInt32(15), Steps = row.GetInt32(16), Since = Moment(row, 17), LastActivityAt = Moment(row, 18),
            IdleSince = idleSince, IsIdle = idleSince < idleBefore,
        };
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static Sentence? Said(SqliteDataReader row, int column) => Text(row, column) is { } json ? JsonSerializer.Deserialize<Sentence>(json, JsonSerializerOptions.Web) : null;

    private static DateTimeOffset Moment(SqliteDataReader row, int column) => new(row.GetInt64(column), TimeSpan.Zero);

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
