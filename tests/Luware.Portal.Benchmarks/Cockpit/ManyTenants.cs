using Microsoft.Data.Sqlite;

namespace Luware.Portal.Benchmarks.Cockpit;

/// <summary>Tenants of a large portal in every state, written directly to the database: a million would take the portal hours.</summary>
internal static class ManyTenants
{
    // Without indexes, which are rebuilt at the end: sorting once is faster than a million index insertions.
    private const string Begin = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY;";

    private const string Summaries = """
        CREATE TEMP TABLE first(w); INSERT INTO first VALUES ('Alpine'),('Contoso'),('Wide World'),('Tailspin'),('Woodgrove'),('Adatum'),('Litware'),('Proseware'),('Graphic'),('Lucerne'),('Humongous'),('Margie'),('Coho'),('Trey'),('Northwind'),('Blue Yonder'),('Fabrikam'),('Relecloud'),('Fourth'),('Wingtip');
        CREATE TEMP TABLE second(w); INSERT INTO second VALUES ('Bank'),('Treasury'),('Versicherungen'),('Capital'),('Credit'),('Finance'),('Insurance'),('Exchange'),('Leasing'),('Securities'),('Broker'),('Clearing'),('Holding'),('Partners'),('Advisory'),('Trading'),('Research'),('Pension Fund'),('Asset Management'),('Privatbank');
        CREATE TEMP TABLE made AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < $count - 1)
            SELECT i, printf('%08X-0000-7000-8000-%012X', i, i) AS id, printf('%08X-1111-4000-8000-%012X', (i * 2654435761) % 4294967296, i) AS entra,
                (SELECT w FROM first WHERE rowid = 1 + i % 20) || ' ' || (SELECT w FROM second WHERE rowid = 1 + (i / 20) % 20) || ' ' || i AS name, abs(random()) AS r FROM n;
        INSERT INTO Summaries (Id, TenantId, EntraTenantId, Name, NameKey, Domain, Region, Language, OwnerName, Ready, Status, Waits, Who, WhyJson, IsStuck, AtStep, Verified, Steps, Since, LastActivityAt, IdleSince, Rule, Version)
            SELECT id, id, entra, name, lower(name), 'tenant' || i || '.example', CASE r % 2 WHEN 0 THEN 'MTCH' ELSE 'MTDE' END, 'de', 'Specialist ' || (r / 7 % 20), r / 11 % 2,
                CASE WHEN r / 13 % 100 < 40 THEN 7 WHEN r / 13 % 100 < 60 THEN 4 WHEN r / 13 % 100 < 70 THEN 5 WHEN r / 13 % 100 < 75 THEN 6 WHEN r / 13 % 100 < 78 THEN 11 WHEN r / 13 % 100 < 80 THEN 8 WHEN r / 13 % 100 < 90 THEN 0 ELSE 1 END,
                CASE WHEN r / 13 % 100 < 40 THEN NULL WHEN r / 13 % 100 < 60 THEN 0 WHEN r / 13 % 100 < 70 THEN 1 WHEN r / 13 % 100 < 75 THEN 2 ELSE 0 END,
                'Jonas Weber', '{"key":"Standing.ToApprove","arguments":[]}', r / 13 % 100 BETWEEN 75 AND 77, 'consent', r / 17 % 8, 7,
                $now - r / 19 % 40000 * 864000000, $now - r / 23 % 40000 * 864000000, CASE WHEN r / 13 % 100 < 40 THEN NULL ELSE $now - r / 29 % 12000 * 864000000 END, 1, 0 FROM made;
        INSERT INTO Words (TenantId, Text, NameKey) SELECT id, lower(w), lower(name) FROM (
            SELECT made.id, first.w, name FROM made JOIN first ON first.rowid = 1 + made.i % 20 UNION ALL
            SELECT made.id, second.w, name FROM made JOIN second ON second.rowid = 1 + (made.i / 20) % 20 UNION ALL
            SELECT id, i, name FROM made UNION ALL SELECT id, 'tenant' || i || '.example', name FROM made UNION ALL SELECT id, entra, name FROM made) ORDER BY 1, 2;
        """;

    public static void Write(string connectionString, int count)
    {
        // The journal mode can be changed only while nobody else, pools included, has the file open.
        SqliteConnection.ClearAllPools();
        using var connection = new SqliteConnection(connectionString + ";Foreign Keys=False;Pooling=False");
        connection.Open();
        Run(connection, Begin);
        var indexes = Indexes(connection);
        foreach (var (name, _) in indexes)
            Run(connection, $"DROP INDEX \"{name}\"");
        Run(connection, Summaries, ("$count", count), ("$now", StoppedClock.Now.GetUtcNow().UtcTicks));
        foreach (var (_, sql) in indexes)
            Run(connection, sql);
        Run(connection, "PRAGMA journal_mode = WAL;");
    }

    private static List<(string Name, string Sql)> Indexes(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('Summaries', 'Words')";
        using var reader = command.ExecuteReader();
        var found = new List<(string, string)>();
        while (reader.Read())
            found.Add((reader.GetString(0), reader.GetString(1)));
        return found;
    }

    private static void Run(SqliteConnection connection, string sql, params (string Name, object Value)[] values)
    {
        using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = sql;
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }
}
