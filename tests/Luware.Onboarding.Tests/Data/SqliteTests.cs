using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Luware.Onboarding.Tests.Data;

/// <summary>What is SQLite's own.</summary>
public sealed class SqliteTests
{
    [Fact]
    public async Task A_migration_lock_that_a_killed_process_left_does_not_stop_the_next_start()
    {
        await using var database = await TestDatabase.CreateAsync();
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
    public async Task Two_starts_at_the_same_moment_migrate_one_after_the_other()
    {
        await using var database = await TestDatabase.CreateAsync();

        var starts = Task.WhenAll(database.MigrateAsync(), database.MigrateAsync(), database.MigrateAsync());
        while (await Task.WhenAny(starts, Task.Delay(10)) != starts)
            database.Clock.Advance(TimeSpan.FromSeconds(1));

        await starts;
    }

    [Fact]
    public async Task The_file_is_in_write_ahead_mode()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = await database.Contexts.CreateDbContextAsync();

        (await db.Database.SqlQuery<string>($"SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()).ShouldBe("wal");
        (await db.Database.SqlQuery<int>($"SELECT timeout AS Value FROM pragma_busy_timeout").SingleAsync()).ShouldBe(10_000);
    }
}
