using System.Text.Json;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;
using Luware.Onboarding.Texts;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Luware.Portal.Benchmarks.Cockpit;

/// <summary>
/// The same queries as SQL through ADO.NET, with the same result and the same number of statements: the session, the count (unless the first page shows it),
/// and the page.
/// </summary>
internal sealed class ByHand(string connectionString, Actor actor)
{
    private const int BusyMilliseconds = 10_000, IdleDays = 7;

    private const string Session = "SELECT EXISTS (SELECT 1 FROM Sessions WHERE SessionId = $session AND EndedAt IS NULL AND ExpiresAt > $now AND EntraTenantId = $tenant AND PersonId = $person)";

    /// <summary>The portal counts the open tenants of the whole list in this way too.</summary>
    private const string CountOpen = "SELECT (SELECT COUNT(*) FROM Summaries) - (SELECT COUNT(*) FROM Summaries WHERE IsClosed = 1)";

    private const string Having = "SELECT TenantId FROM Words WHERE Text >= $from AND Text < $to";

    private const string OfRow = "EXISTS (SELECT 1 FROM Words w WHERE w.TenantId = s.Id AND w.Text >= $from AND w.Text < $to)";

    private const string Columns =
        "Id, EntraTenantId, Name, Domain, Region, Language, OwnerName, Ready, Status, Waits, Who, WhyJson, NextJson, IsStuck, AtStep, Verified, Steps, Since, LastActivityAt, IdleSince";

    public async Task<CockpitPage> AskAsync(Question question, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
        await AdmitAsync(connection, cancellationToken);

        var where = $"IsClosed = 0 AND {question.Where}";
        if (question.Word is not null)
        {
            await ScalarAsync(connection, question, $"SELECT COUNT(*) FROM ({Having} LIMIT {1001})", cancellationToken);
            where += question.IsBroad ? $" AND {OfRow}" : $" AND Id IN ({Having})";
        }

        if (question.IsBroad && question.View.IsOnlySearched)
            return await ByNameAsync(connection, question, cancellationToken);

        var first = question.View.Page == 1
            ? await ReadAsync(connection, question, where, question.View.Descending, CockpitView.PageSize, 0, cancellationToken)
            : null;
        if (question.IsBroad)
            return new CockpitPage(first!, 1000, IsMore: true);
        if (first is { Count: < CockpitView.PageSize })
            return new CockpitPage(first, first.Count, IsMore: false);

        var count = question.View.IsFiltered ? $"SELECT COUNT(*) FROM Summaries s WHERE {where}" : CountOpen;
        var total = Convert.ToInt32(await ScalarAsync(connection, question, count, cancellationToken), null);
        return new CockpitPage(first ?? await PageAsync(connection, question, where, total, cancellationToken), total, IsMore: false);
    }

    /// <summary>Counts all, stuck, idle and closed tenants, and finds each owner with one index lookup.</summary>
    public async Task<CockpitFilters> AskFiltersAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        raw.sqlite3_busy_timeout(connection.Handle, BusyMilliseconds);
        await AdmitAsync(connection, cancellationToken);

        var counts = new List<int>();
        var idleBefore = StoppedClock.Now.GetUtcNow().AddDays(-IdleDays).UtcTicks;
        string[] others = ["IsClosed = 0 AND IsStuck", $"IsClosed = 0 AND IdleSince < {idleBefore}", "IsClosed = 1"];
        foreach (var question in others.Select(where => $"SELECT COUNT(*) FROM Summaries WHERE {where}").Prepend(CountOpen))
        {
            await using var count = connection.CreateCommand();
            count.CommandText = question;
            counts.Add(Convert.ToInt32(await count.ExecuteScalarAsync(cancellationToken), null));
        }

        var owners = new List<string>();
        await using var next = connection.CreateCommand();
        next.CommandText = "SELECT MIN(OwnerName) FROM Summaries WHERE IsClosed = 0 AND OwnerName > $last";
        for (var last = next.Parameters.AddWithValue("$last", ""); await next.ExecuteScalarAsync(cancellationToken) is string owner; last.Value = owner)
            owners.Add(owner);
        return new CockpitFilters(counts[0], counts[1], counts[2], counts[3], IdleDays, owners);
    }

    /// <summary>Finds out whether there is only one word with this prefix.</summary>
    private static async Task<CockpitPage> ByNameAsync(SqliteConnection connection, Question question, CancellationToken cancellationToken)
    {
        var word = (string)(await ScalarAsync(connection, question, "SELECT MIN(Text) FROM Words WHERE Text >= $from AND Text < $to", cancellationToken))!;
        var only = question with { Values = [.. question.Values, ("$word", word)] };
        if (await ScalarAsync(connection, only, "SELECT MIN(Text) FROM Words WHERE Text > $word AND Text < $to", cancellationToken) is string other)
            throw new InvalidOperationException($"{word} is not the only one, there is {other}.");
        var where = $"Id IN (SELECT TenantId FROM Words WHERE Text = $word ORDER BY NameKey, TenantId LIMIT {CockpitView.PageSize})";
        return new CockpitPage(await ReadAsync(connection, only, where, isDescending: false, CockpitView.PageSize, 0, cancellationToken), 1000, IsMore: true);
    }

    private async Task AdmitAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Session;
        command.Parameters.AddWithValue("$session", actor.Access.SessionId);
        command.Parameters.AddWithValue("$now", StoppedClock.Now.GetUtcNow().UtcTicks);
        command.Parameters.AddWithValue("$tenant", actor.Access.TenantId);
        command.Parameters.AddWithValue("$person", actor.Access.PersonId);
        if (await command.ExecuteScalarAsync(cancellationToken) is not 1L)
            throw new UnauthorizedAccessException("The session that is measured is none.");
    }

    private static async Task<List<CockpitRow>> PageAsync(
        SqliteConnection connection, Question question, string where, int total, CancellationToken cancellationToken)
    {
        var skip = (question.View.Page - 1) * CockpitView.PageSize;
        var take = Math.Min(CockpitView.PageSize, total - skip);
        var isNearEnd = skip > total / 2;
        var rows = await ReadAsync(
            connection, question, where, question.View.Descending != isNearEnd, take, isNearEnd ? total - skip - take : skip, cancellationToken);
        if (isNearEnd)
            rows.Reverse();
        return rows;
    }

    private static async Task<object?> ScalarAsync(SqliteConnection connection, Question question, string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, question, sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static async Task<List<CockpitRow>> ReadAsync(
        SqliteConnection connection, Question question, string where, bool isDescending, int take, int skip, CancellationToken cancellationToken)
    {
        var direction = isDescending ? "DESC" : "ASC";
        var order = question.Order.Length > 0 ? $"{question.Order} {direction}, NameKey {direction}, Id {direction}" : $"NameKey {direction}, Id {direction}";
        var sql = $"SELECT {Columns} FROM Summaries s WHERE {where} ORDER BY {order} LIMIT {take} OFFSET {skip}";
        await using var command = Command(connection, question, sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (rows, idleBefore) = (new List<CockpitRow>(), StoppedClock.Now.GetUtcNow().AddDays(-IdleDays));
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(Row(reader, idleBefore));
        return rows;
    }

    private static CockpitRow Row(SqliteDataReader row, DateTimeOffset idleBefore)
    {
        DateTimeOffset? idleSince = row.IsDBNull(19) ? null : Moment(row, 19);
        return new CockpitRow(
            row.GetGuid(0), row.GetGuid(1), row.GetString(2), Text(row, 3), row.GetString(4), row.GetString(5), Text(row, 6), row.GetBoolean(7))
        {
            Status = (StepStatus)row.GetInt32(8), Waits = row.IsDBNull(9) ? null : (WaitsFor)row.GetInt32(9), Who = Text(row, 10),
            Why = Said(row, 11), Next = Said(row, 12), IsStuck = row.GetBoolean(13), AtStep = Text(row, 14),
            Verified = row.GetInt32(15), Steps = row.GetInt32(16), Since = Moment(row, 17), LastActivityAt = Moment(row, 18),
            IdleSince = idleSince, IsIdle = idleSince < idleBefore,
        };
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static Sentence? Said(SqliteDataReader row, int column) =>
        Text(row, column) is { } json ? JsonSerializer.Deserialize<Sentence>(json, JsonSerializerOptions.Web) : null;

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
