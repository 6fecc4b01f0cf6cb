using Luware.Onboarding.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Luware.Onboarding.Tests.Data;

/// <summary>What is SQLite's own.</summary>
public sealed class SqliteTests
{
    [Fact]
    public async Task A_migration_lock_that_a_killed_process_left_does_not_stop_the_next_start()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using (var connection = new SqliteConnection($"Data Source={database.File}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO __EFMigrationsLock(Id, Timestamp) VALUES (1, '2026-11-23 07:00:00');";
            await command.ExecuteNonQueryAsync();
        }

        await database.MigrateAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Starts_at_the_same_moment_all_end_well()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);

        var starts = Task.WhenAll(database.MigrateAsync(), database.MigrateAsync(), database.MigrateAsync());
        while (await Task.WhenAny(starts, Task.Delay(10)) != starts)
            database.Clock.Advance(TimeSpan.FromSeconds(1));

        await starts;
        await using var db = await database.Contexts.CreateDbContextAsync();
        (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_but_its_owner_reads_the_file_its_log_and_a_folder_that_was_made_for_them()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Folders hand their rights down there.");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var db = await database.Contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await db.Tenants.CountAsync(TestContext.Current.CancellationToken);

        var folder = Path.GetDirectoryName(database.File)!;
        Directory.GetFiles(folder).Select(Path.GetFileName).ShouldBe(["portal.db", "portal.db-wal", "portal.db-shm", "portal.db.migrating"], ignoreOrder: true);
        Directory.GetFiles(folder).ShouldAllBe(file => Mode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Mode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_file_that_others_could_read_is_closed_to_them_at_the_next_start()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Folders hand their rights down there.");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(database.File, Mode(database.File) | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await database.MigrateAsync();

        Mode(database.File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task The_file_is_in_write_ahead_mode()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var db = await database.Contexts.CreateDbContextAsync();

        (await db.Database.SqlQuery<string>($"SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()).ShouldBe("wal");
        (await db.Database.SqlQuery<int>($"SELECT timeout AS Value FROM pragma_busy_timeout").SingleAsync()).ShouldBe(10_000);
    }

    [Fact]
    public async Task Housekeeping_tells_SQLite_which_index_leads_to_few_rows()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using (var connection = new SqliteConnection($"Data Source={database.File};Foreign Keys=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = Thousands;
            await command.ExecuteNonQueryAsync();
        }

        await database.Get<IEnumerable<IHostedService>>().OfType<Housekeeping>().Single().RunOnceAsync(default);

        await using var db = await database.Contexts.CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await using var question = db.Database.GetDbConnection().CreateCommand();
        question.CommandText = "EXPLAIN QUERY PLAN SELECT COUNT(*) FROM Summaries WHERE IsClosed = 0 AND Region = 'MTCH' AND OwnerName = 'Owner 7'";
        await using var plan = await question.ExecuteReaderAsync();
        (await plan.ReadAsync()).ShouldBeTrue();
        plan.GetString(3).ShouldContain("IX_Summaries_IsClosed_OwnerName");
    }

    private const string Thousands = """
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4999)
        INSERT INTO Summaries (Id, TenantId, EntraTenantId, Name, NameKey, Region, Language, OwnerName, Ready, Status, IsStuck, Verified, Steps, Since, LastActivityAt, Rule, Version)
            SELECT printf('%036d', i), printf('%036d', i), printf('%036d', i), i, i, CASE i % 2 WHEN 0 THEN 'MTCH' ELSE 'MTDE' END, 'de', 'Owner ' || (i % 50), 0, 0, 0, 0, 7, 0, 0, 1, 0 FROM n
        """;

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(path);
}
