using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Luware.Onboarding.Data;
using Luware.Onboarding.Tests.Data;
using Luware.Portal.Operations;
using Luware.Portal.Tests.Doubles;
using Luware.TeamsPowerShell.Tests.Processes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Luware.Portal.Tests.Operations;

public sealed class CommandTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("commands-");

    public void Dispose()
    {
        using (var pooled = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(pooled);
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("--migrate")]
    [InlineData("--migrate=true")]
    public async Task A_database_is_brought_up_to_date_by_the_command_alone_where_the_start_may_not(string command)
    {
        await FailsAsync("migration(s), from");

        (await RunAsync(command)).ShouldBe(0);

        await using var connection = new SqliteConnection(ConnectionString);
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

        await FailsAsync("--migrate makes them");
    }

    [Fact]
    public async Task Chains_that_end_with_a_key_that_is_not_there_end_the_start()
    {
        (await RunAsync("--migrate")).ShouldBe(0);
        foreach (var tenant in (string[])["00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002"])
            await ExecuteAsync($"INSERT INTO AuditChains (TenantId, Sequence, At, Mac, KeyName, Seal) VALUES ('{tenant}', 1, 1, x'00', '2019', x'00')");

        await FailsAsync("Audit:Keys:2019 is missing");
    }

    [Theory]
    [InlineData]
    [InlineData("--migrate")]
    public async Task A_server_that_does_not_let_the_portal_in_ends_it_with_a_sentence(params string[] command)
    {
        await using var database = OwnDatabase.Absent(DatabaseProvider.PostgreSql);

        await FailsAsync(
            "does not let the portal in, or refuses what the portal needs: 28000: role \"nobody\" does not exist",
            ["--Database:Provider=PostgreSql", $"--Database:ConnectionString={database.ConnectionString};Username=nobody", .. command]);
    }

    [Fact]
    public async Task A_port_that_another_program_holds_ends_the_start_with_a_sentence_after_the_log_has_said_what_starts()
    {
        using var book = new LogBook();
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        await using var errors = new StringWriter();
        string[] settings = [.. Settings, "--Database:MigrateAtStart=true", "--Teams:ModuleVersion=7.9.0", $"--urls=http://{holder.LocalEndpoint}"];

        (await PortalApp.RunAsync(() => PortalApp.Build(settings, builder => builder.Logging.AddProvider(book)), errors).WaitAsync(Limit)).ShouldBe(1);

        $"{errors}".Trim().ShouldBe(
            "Another program listens where the portal should, or another portal does: "
            + $"Failed to bind to address http://{holder.LocalEndpoint}: address already in use.");
        book.Text.ShouldContain($"Portal {PortalVersion.Text} starts: database Sqlite, Teams module 7.9.0.");
        book.Text.ShouldNotContain("BackgroundService failed", Case.Sensitive, "the port is what failed");
    }

    [Fact]
    public async Task A_settings_file_that_is_broken_ends_the_start_with_its_place()
    {
        var file = Path.Combine(_folder.FullName, "more.json");
        await File.WriteAllTextAsync(file, """{ "Entra": """, TestContext.Current.CancellationToken);
        await using var errors = new StringWriter();

        var code = await PortalApp.RunAsync(() => PortalApp.Build(Settings, builder => builder.Configuration.AddJsonFile(file)), errors).WaitAsync(Limit);

        code.ShouldBe(1);
        $"{errors}".ShouldContain(file);
        $"{errors}".ShouldContain("LineNumber: 0");
        $"{errors}".ShouldNotContain("   at ");
    }

    /// <summary>A link to nothing, because whoever runs the tests may perhaps read everything.</summary>
    [Fact]
    public async Task A_secret_that_cannot_be_read_ends_the_start_with_its_place()
    {
        var secret = Path.Combine(_folder.CreateSubdirectory("secrets").FullName, "Entra__ClientSecret");
        File.CreateSymbolicLink(secret, "/nowhere/secret");

        await FailsAsync(
            $"The portal cannot start. Settings to mend:{Environment.NewLine}- Could not find file '{secret}'.",
            [$"--Secrets:Directory={Path.GetDirectoryName(secret)}"]);
    }

    [Fact]
    public async Task The_version_that_runs_is_printed()
    {
        string[] line = [typeof(PortalApp).Assembly.Location, "--version"];
        var start = new ProcessStartInfo("dotnet", line) { RedirectStandardOutput = true, UseShellExecute = false };
        using var portal = Process.Start(start)!;

        (await portal.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim().ShouldBe(PortalVersion.Text);
    }

    /// <summary>The outer exception says how often it was tried; only the innermost one says why it did not work.</summary>
    [Fact]
    public async Task Of_a_database_that_stays_out_of_reach_the_innermost_fault_is_said()
    {
        await using var errors = new StringWriter();
        var lost = new RetryLimitExceededException("Tried 6 times.", new InvalidOperationException("Name or service not known"));

        (await PortalApp.RunAsync(() => PortalApp.Build(Settings), _ => throw lost, errors).WaitAsync(Limit)).ShouldBe(1);

        $"{errors}".Trim().ShouldEndWith("refuses what the portal needs: Name or service not known");
    }

    [Theory]
    [InlineData(DatabaseProvider.SqlServer, "[__EFMigrationsHistory]")]
    [InlineData(DatabaseProvider.PostgreSql, "\"__EFMigrationsHistory\"")]
    public async Task A_servers_script_is_written_without_a_setting_or_a_server(DatabaseProvider provider, string history)
    {
        await using var script = new StringWriter();

        (await new Commands(script, TextWriter.Null).WriteScriptAsync(provider)).ShouldBe(0);

        $"{script}".ShouldContain(history);
    }

    [Theory]
    [InlineData("--backup")]
    [InlineData("--verify-audits")]
    [InlineData("migrate")]
    public async Task Arguments_that_cannot_be_meant_start_nothing(string argument)
    {
        await FailsAsync("--verify-audit", ["--Database:MigrateAtStart=true", argument], code: 2);

        File.Exists(Path.Combine(_folder.FullName, "portal.db")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("--migrate")]
    [InlineData("--backup")]
    public async Task A_setting_of_a_commands_name_is_no_command(string name)
    {
        // As the environment or a secret file would give it; the start then ends because the database lacks migrations.
        await using var errors = new StringWriter();
        (await PortalApp.RunAsync(() => PortalApp.Build([.. Settings, $"{name}=true"]), errors).WaitAsync(Limit)).ShouldBe(1);
        $"{errors}".ShouldContain("migration(s), from");

        File.Exists(Path.Combine(_folder.FullName, "true")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_backup_is_a_copy_and_replaces_no_file()
    {
        (await RunAsync("--migrate")).ShouldBe(0);
        var copy = Path.Combine(_folder.FullName, "copy.db");

        (await RunAsync("--backup", copy)).ShouldBe(0);
        await FailsAsync("Nothing was copied", ["--backup", copy]);

        File.Exists(copy).ShouldBeTrue();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private Task<int> RunAsync(params string[] command) => PortalApp.RunAsync([.. Settings, .. command]).WaitAsync(Limit);

    private async Task FailsAsync(string said, string[]? command = null, int code = 1)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        (await PortalApp.RunAsync([.. Settings, .. command ?? []], output, errors).WaitAsync(Limit)).ShouldBe(code);
        $"{errors}".ShouldContain(said);
        $"{output}".ShouldBeEmpty();
    }

    private string ConnectionString => $"Data Source={Path.Combine(_folder.FullName, "portal.db")}";

    private string[] Settings =>
    [
        .. StartSettings.Of(ConnectionString), "--urls=http://127.0.0.1:0", "--Entra:Instance=http://127.0.0.1:1", "--Entra:TokenInstance=https://localhost:1",
        "--Database:MigrateAtStart=false", "--Teams:WarmWorkers=0",
    ];
}
