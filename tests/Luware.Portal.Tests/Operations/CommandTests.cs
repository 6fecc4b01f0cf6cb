using System.Security.Cryptography;
using Luware.Portal.Operations;

namespace Luware.Portal.Tests.Operations;

public sealed class CommandTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("commands-");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("--migrate")]
    [InlineData("--migrate=true")]
    public async Task A_database_is_brought_up_to_date_by_the_command_alone_where_the_start_may_not(string command)
    {
        (await RunAsync()).ShouldBe(1, "it lacks migrations");

        (await RunAsync(command)).ShouldBe(0);

        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "portal.db")}");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('Runs', 'QRTZ_TRIGGERS')";
        (await count.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(2L, "our tables and the scheduler's");
    }

    [Fact]
    public async Task A_database_without_the_tables_of_the_scheduler_ends_the_start()
    {
        (await RunAsync("--migrate")).ShouldBe(0);
        await ExecuteAsync("DROP TABLE QRTZ_CRON_TRIGGERS");

        (await RunAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Chains_that_end_with_a_key_that_is_not_there_end_the_start()
    {
        (await RunAsync("--migrate")).ShouldBe(0);
        await ExecuteAsync("INSERT INTO AuditChains (TenantId, Sequence, At, Mac, KeyName, Seal) VALUES ('00000000-0000-0000-0000-000000000001', 1, 1, x'00', '2019', x'00'), ('00000000-0000-0000-0000-000000000002', 1, 1, x'00', '2019', x'00')");

        (await RunAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("[__EFMigrationsHistory]", "--script", "SqlServer")]
    [InlineData("\"__EFMigrationsHistory\"", "--script=postgresql", "--Database:Provider=Sqlite")]
    public async Task A_servers_script_is_written_without_a_setting_or_a_server(string history, params string[] args)
    {
        using var script = new StringWriter();

        (await Commands.WriteScriptAsync(args, script, TextWriter.Null)).ShouldBe(0);

        $"{script}".ShouldContain(history);
    }

    [Theory]
    [InlineData("--script")]
    [InlineData("--script", "Sqlite")]
    [InlineData("--script=Oracle")]
    public async Task A_script_of_no_server_is_refused_and_nothing_serves(params string[] args)
    {
        using var script = new StringWriter();
        using var errors = new StringWriter();

        (await Commands.WriteScriptAsync(args, script, errors)).ShouldBe(2);

        $"{script}".ShouldBeEmpty();
        $"{errors}".ShouldContain("--script PostgreSql");
    }

    [Fact]
    public async Task A_backup_without_a_file_copies_nothing_and_does_not_serve() => (await RunAsync("--Database:MigrateAtStart=true", "--backup")).ShouldBe(1);

    [Fact]
    public void A_command_keeps_the_arguments_around_it()
    {
        Commands.Spelled(["--migrate", "--Database:Provider=Sqlite"]).ShouldBe(["--migrate=true", "--Database:Provider=Sqlite"]);
        Commands.Spelled(["--migrate", "false"]).ShouldBe(["--migrate", "false"]);
        Commands.Spelled(["--backup", "/copy.db"]).ShouldBe(["--backup", "/copy.db"]);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder.FullName, "portal.db")}");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private Task<int> RunAsync(params string[] command) => PortalApp.RunAsync(
    [
        "--environment=Development", "--urls=http://127.0.0.1:0", "--Portal:PublicAddress=http://127.0.0.1:5000", "--Entra:Instance=http://127.0.0.1:1", "--Entra:TokenInstance=https://localhost:1", "--Entra:ClientId=6f2a1c1e-36d4-4a52-9d1f-2f4f6c0b8e11",
        "--Entra:ClientSecret=of-a-test", "--Audit:CurrentKey=1", $"--Audit:Keys:1={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}", $"--Database:ConnectionString=Data Source={Path.Combine(_folder.FullName, "portal.db")}",
        "--Database:MigrateAtStart=false", "--Teams:WarmWorkers=0", "--Regions:MTCH:Applications:0:ApplicationId=0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c101", "--Regions:MTDE:Applications:0:ApplicationId=0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c102",
        "--Regions:MTDE:Applications:1:ApplicationId=0c6a9f1e-7d54-4b0b-8a39-5f2e61b7c103", .. command,
    ]).WaitAsync(Limit);
}
