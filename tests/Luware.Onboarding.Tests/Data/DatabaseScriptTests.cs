using System.Data.Common;
using System.Text.RegularExpressions;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tests.Engine;
using Microsoft.Data.SqlClient;
using Npgsql;

namespace Luware.Onboarding.Tests.Data;

/// <summary>The script for those who apply SQL by hand.</summary>
public sealed partial class DatabaseScriptTests
{
    [Fact]
    public async Task On_postgresql_it_makes_all_that_a_portal_needs_that_may_make_nothing_itself()
    {
        await using var own = await OwnDatabase.CreateEmptyAsync(DatabaseProvider.PostgreSql);
        var role = $"portal_{Guid.NewGuid():N}";
        await using var owner = new NpgsqlConnection(own.ConnectionString);
        await owner.OpenAsync(TestContext.Current.CancellationToken);
        var script = DatabaseScript.Of(DatabaseProvider.PostgreSql);
        await TellAsync(owner, script, script, $"CREATE ROLE {role}", "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}");
        try
        {
            own.Role = role;

            await RunAsync(own);
        }
        finally
        {
            await TellAsync(owner, $"DROP OWNED BY {role}", $"DROP ROLE {role}");
        }
    }

    [Fact]
    public async Task On_sql_server_it_makes_all_that_a_portal_needs()
    {
        await using var own = await OwnDatabase.CreateEmptyAsync(DatabaseProvider.SqlServer);
        await using var connection = new SqlConnection(own.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var batches = Batches(DatabaseScript.Of(DatabaseProvider.SqlServer));
        await TellAsync(connection, [.. batches, .. batches]);

        await RunAsync(own);
    }

    [Fact]
    public void For_sql_server_every_batch_begins_and_ends_its_own_transaction()
    {
        var batches = Batches(DatabaseScript.Of(DatabaseProvider.SqlServer));

        batches[0].ShouldContain("SET XACT_ABORT ON");
        batches.ShouldAllBe(b => Count(b, "BEGIN TRANSACTION;") == Count(b, "COMMIT;") && Count(b, "COMMIT;") <= 1);
        batches.Where(b => b.Contains("ALTER DATABASE", StringComparison.Ordinal)).ShouldAllBe(b => !b.Contains("TRANSACTION", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DatabaseProvider.PostgreSql)]
    [InlineData(DatabaseProvider.SqlServer)]
    public void It_holds_the_fifteen_tables_of_the_scheduler_by_their_names(DatabaseProvider provider)
    {
        var script = DatabaseScript.Of(provider);

        SchedulerTable().Matches(script).Select(m => m.Groups["table"].Value.ToUpperInvariant()).Distinct().Count().ShouldBe(15);
        script.ShouldNotContain("{0}");
        script.ShouldNotContain("{1}");
    }

    [GeneratedRegex(@"CREATE TABLE (?:IF NOT EXISTS )?(?<table>QRTZ_\w+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex SchedulerTable();

    [GeneratedRegex(@"^GO\r?$", RegexOptions.Multiline)]
    private static partial Regex BatchEnd();

    private static string[] Batches(string script) => [.. BatchEnd().Split(script).Where(batch => !string.IsNullOrWhiteSpace(batch))];

    private static int Count(string batch, string word) => Regex.Count(batch, Regex.Escape(word));

    /// <summary>A whole run on the database as it is.</summary>
    private static async Task RunAsync(OwnDatabase own)
    {
        var world = new FakeWorld();
        await using var portal = await EngineHost.StartAsync(world, own, null, ("Database:MigrateAtStart", "false"));

        await portal.ApproveAsync();

        await portal.UntilRunIsAsync(RunState.Done);
        world.Applied.ShouldBeUnique();
    }

    private static async Task TellAsync(DbConnection connection, params string[] commands)
    {
        foreach (var text in commands)
        {
            await using var command = connection.CreateCommand();
            // Our own script, and names that are made here.
#pragma warning disable CA2100
            command.CommandText = text;
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
