using System.Text.Json;
using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests.Worker;

/// <summary>worker.ps1 in a process of its own, under pwsh where it is installed and under PowerShell's engine everywhere.</summary>
public sealed class WorkerScriptTests
{
    [Theory, MemberData(nameof(PowerShells))]
    public async Task The_script_connects_proves_its_tenant_and_runs_a_command(string powerShell)
    {
        var tenant = Guid.NewGuid();
        await using var pool = Pool(powerShell);
        await using var lease = await pool.LeaseAsync(tenant);

        var result = await lease.InvokeAsync(new TeamsCommand("Get-CsTenant", [], ["TenantId", "DisplayName", "Missing"]), CancellationToken.None);

        result.Objects.Single().GetRawText().ShouldBe($$"""{"TenantId":"{{tenant}}","DisplayName":"Contoso","Missing":null}""");
    }

    public static TheoryData<string> PowerShells => new(PowerShell.Engine, PowerShell.Installed);

    private static TestPool Pool(string powerShell) => new(configure: options =>
    {
        PowerShell.SkipUnlessThere(powerShell);
        options.Executable = powerShell == PowerShell.Engine ? TestPool.Program : PowerShell.Path!;
        options.Arguments.Clear();
        options.ModulePath = Path.Combine(AppContext.BaseDirectory, "Worker", "MicrosoftTeams.psd1");
        options.ModuleVersion = "7.8.0";
    });
}
