using Luware.TeamsPowerShell.Protocol;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.TeamsPowerShell.Tests;

public sealed class TeamsWorkerOptionsTests
{
    [Fact]
    public void Settings_are_read_from_their_section()
    {
        var options = Read(new()
        {
            ["Teams:Executable"] = "/opt/pwsh", ["Teams:Arguments:0"] = "worker", ["Teams:LeaseLimit"] = "00:10:00",
            ["Teams:Environment:SANDBOX_TEAMS_ADDRESS"] = "http://127.0.0.1",
        });

        options.Executable.ShouldBe("/opt/pwsh");
        options.Arguments.ShouldBe(["worker"]);
        options.LeaseLimit.ShouldBe(TimeSpan.FromMinutes(10));
        options.Environment["SANDBOX_TEAMS_ADDRESS"].ShouldBe("http://127.0.0.1");
    }

    [Fact]
    public void The_defaults_are_valid() => Read([]).Executable.ShouldBe("pwsh");

    [Fact]
    public void Every_fault_is_listed_with_its_key()
    {
        var faults = Should.Throw<OptionsValidationException>(() => Read(new()
        {
            ["Teams:Executable"] = " ", ["Teams:ModuleVersion"] = "latest", ["Teams:PipeDirectory"] = "run",
            ["Teams:MaxWorkers"] = "0", ["Teams:WarmWorkers"] = "-1", ["Teams:QueueLimit"] = "0", ["Teams:MemoryLimit"] = "1",
            ["Teams:RestartBudget"] = "0", ["Teams:Retries"] = "-1", ["Teams:LeaseWait"] = "00:00:00", ["Teams:CommandLimit"] = "2.00:00:00",
        })).Failures.ToList();

        string[] keys =
        [
            "Executable", "ModuleVersion", "PipeDirectory", "MaxWorkers", "WarmWorkers", "QueueLimit", "MemoryLimit",
            "RestartBudget", "Retries", "LeaseWait", "CommandLimit",
        ];
        foreach (var key in keys)
            faults.ShouldContain(fault => fault.StartsWith($"Teams:{key} "));
    }

    [Fact]
    public void Every_time_has_a_lower_and_an_upper_bound()
    {
        foreach (var key in typeof(TeamsWorkerOptions).GetProperties().Where(p => p.PropertyType == typeof(TimeSpan)).Select(p => p.Name))
        {
            foreach (var time in (string[])["00:00:00", "1.00:00:01"])
            {
                Should.Throw<OptionsValidationException>(() => Read(new() { [$"Teams:{key}"] = time }))
                    .Failures.ShouldContain(f => f.StartsWith($"Teams:{key} "));
            }
        }
    }

    [Fact]
    public void A_lease_must_outlast_a_command()
    {
        Should.Throw<OptionsValidationException>(() => Read(new() { ["Teams:LeaseLimit"] = "00:03:00", ["Teams:CommandLimit"] = "00:03:00" }))
            .Failures.ShouldHaveSingleItem().ShouldStartWith("Teams:LeaseLimit ");
    }

    [Theory]
    [InlineData(WorkerProtocol.PipeVariable)]
    [InlineData(WorkerProtocol.LifeLineVariable)]
    [InlineData(WorkerProtocol.ConnectLimitVariable)]
    [InlineData(WorkerProtocol.ModuleVariable)]
    [InlineData(WorkerProtocol.ModuleVersionVariable)]
    [InlineData(WorkerProtocol.CmdletsVariable)]
    [InlineData("teams_worker_cmdlets")]
    public void Variables_that_the_pool_sets_itself_cannot_be_overwritten(string variable) =>
        Should.Throw<OptionsValidationException>(() => Read(new() { [$"Teams:Environment:{variable}"] = "x" }))
            .Failures.ShouldHaveSingleItem().ShouldStartWith($"Teams:Environment:{variable} ");

    [Fact]
    public void Every_option_stands_in_the_settings_file_and_in_the_librarys_page()
    {
        var names = typeof(TeamsWorkerOptions).GetProperties().Select(p => p.Name).ToList();
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Documents", "teams-powershell.md"));
        var settings = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "Documents", "appsettings.json"))
            .Build().GetSection("Teams");

        names.Where(name => !page.Contains($"| `{name}` |", StringComparison.Ordinal)).ShouldBeEmpty();
        settings.GetChildren().Select(c => c.Key).ShouldBe(names, ignoreOrder: true);
    }

    [Fact]
    public void A_folder_that_is_too_long_for_a_socket_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes are no files on Windows.");

        Should.Throw<OptionsValidationException>(() => Read(new() { ["Teams:PipeDirectory"] = "/" + new string('x', 100) })).Message.ShouldContain("too long");
    }

    private static TeamsWorkerOptions Read(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddTeamsWorkerPool(configuration.GetSection("Teams")).BuildServiceProvider();
        return services.GetRequiredService<IOptions<TeamsWorkerOptions>>().Value;
    }
}
