using System.Text.RegularExpressions;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.PostgreSql;
using Luware.Onboarding.Data.Sqlite;
using Luware.Onboarding.Data.SqlServer;
using Luware.Onboarding.Tests.Architecture;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Luware.Onboarding.Tests.Data;

public sealed partial class MigrationTests
{
    public static TheoryData<DatabaseProvider> Providers => new(Enum.GetValues<DatabaseProvider>());

    [Theory]
    [MemberData(nameof(Providers))]
    public void The_migrations_are_those_of_the_model(DatabaseProvider provider)
    {
        using var db = Open(provider);

        db.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.SqlServer)]
    public async Task Portals_that_start_at_the_same_moment_migrate_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateEmptyAsync(provider);
        (await database.Get<IDatabaseMigration>().FindMissingAsync(default)).ShouldNotBeEmpty();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(database.MigrateAsync)));

        (await database.Get<IDatabaseMigration>().FindMissingAsync(default)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.SqlServer)]
    public async Task On_a_new_server_portals_that_start_at_the_same_moment_make_the_database(DatabaseProvider provider)
    {
        await using var database = TestDatabase.Absent(provider);
        (await database.Get<IDatabaseMigration>().FindMissingAsync(default)).ShouldNotBeEmpty();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(database.MigrateAsync)));

        (await database.Get<IDatabaseMigration>().FindMissingAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_waits_for_another_portals_migration_waits_longer_than_a_command_may_take()
    {
        await using var database = TestDatabase.Absent(DatabaseProvider.PostgreSql, limit: 1);
        await database.MigrateAsync();
        await using var other = await database.Contexts.CreateDbContextAsync();
        await other.Database.OpenConnectionAsync();
        await other.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({ServerMigration.Lock})");

        var later = database.MigrateAsync();
        while (!later.IsCompleted && !await HasWaitedAsync())
        {
        }

        later.IsCompleted.ShouldBeFalse(later.Exception?.Message);
        await other.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({ServerMigration.Lock})");
        await later;

        Task<bool> HasWaitedAsync() => other.Database.SqlQuery<bool>(
            $"""
             SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND waitstart < clock_timestamp() - interval '2 seconds'
                 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS "Value"
             """).SingleAsync();
    }

    [Fact]
    public void Everything_is_rendered_for_sql_server_with_bounded_keys_and_times_of_full_precision()
    {
        using var db = Open(DatabaseProvider.SqlServer);

        var script = db.Database.GenerateCreateScript();

        script.ShouldContain("[At] datetimeoffset NOT NULL");
        script.ShouldContain("[Hash] varbinary(32) NOT NULL");
        // What the list of tenants sorts by and is searched by; a collation of people's languages would find other beginnings of words.
        script.Split('\n').Where(line => line.Contains("COLLATE Latin1_General_100_BIN2", StringComparison.Ordinal)).Select(line => line.Split()[4])
            .ShouldBe(["[NameKey]", "[OwnerName]", "[Text]", "[NameKey]"], ignoreOrder: true);
        var indexed = db.Model.GetEntityTypes().SelectMany(t => t.GetIndexes()).SelectMany(i => i.Properties)
            .Where(p => p.ClrType == typeof(string) || p.ClrType == typeof(byte[])).ToList();
        indexed.ShouldAllBe(p => p.GetMaxLength() <= 450, "SQL Server refuses longer keys");
    }

    /// <summary>What one kind of server alone knows, or understands in its own way.</summary>
    [Fact]
    public void Nothing_of_ours_needs_merge_sequences_several_result_sets_or_lock_hints() =>
        Repository.Files("src", "*.cs").SelectMany(file => Repository.Lines(file).Where(line => OfOneServer().IsMatch(line))).ShouldBeEmpty();

    [Theory]
    [InlineData(256, "Name", "OwnerName", "ReadyBy", "ApprovedBy", "Who")]
    [InlineData(303, "UserPrincipalName")]
    [InlineData(253, "Domain")]
    [InlineData(304, "ActionKey")]
    [InlineData(345, "Subject")]
    public void No_column_is_shorter_than_what_entra_allows(int length, params string[] columns)
    {
        using var db = Open(DatabaseProvider.SqlServer);
        var named = db.Model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(p => columns.Contains(p.Name)).ToList();

        named.Select(p => p.Name).Distinct().ShouldBe(columns, ignoreOrder: true);
        named.ShouldAllBe(p => p.GetMaxLength() >= length);
    }

    [Fact]
    public void Sql_server_is_told_to_allow_the_moments_that_pages_read()
    {
        using var db = Open(DatabaseProvider.SqlServer);

        db.GetService<IMigrator>().GenerateScript().ShouldContain("SET ALLOW_SNAPSHOT_ISOLATION ON");
    }

    [GeneratedRegex(@"\b(MERGE (INTO )?\W?\w+\W? (AS|USING)|NEXT VALUE FOR|HasSequence|UseHiLo|UseSequence|MultipleActiveResultSets|UPDLOCK|ROWLOCK|HOLDLOCK|NOLOCK|FOR (NO KEY )?UPDATE|FOR SHARE)\b")]
    private static partial Regex OfOneServer();

    private static PortalDbContext Open(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.SqlServer => new SqlServerPortalDbContextFactory().CreateDbContext([]),
        DatabaseProvider.PostgreSql => new PostgreSqlPortalDbContextFactory().CreateDbContext([]),
        _ => new SqlitePortalDbContextFactory().CreateDbContext([]),
    };
}
