using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests.Pool;

public sealed class LeaseTests
{
    [Fact]
    public async Task A_lease_runs_a_command_and_returns_the_selected_properties()
    {
        await using var pool = new TestPool();
        await using var lease = await pool.LeaseAsync();

        var result = await lease.InvokeAsync(Commands.Policies, CancellationToken.None);

        result.Objects.Single().GetProperty("Identity").GetString().ShouldBe("Get-CsTeamsComplianceRecordingPolicy");
    }

    [Fact]
    public async Task A_lease_ends_in_a_killed_process_and_an_empty_folder()
    {
        await using var pool = new TestPool();
        var lease = await pool.LeaseAsync();
        pool.Folders.Count.ShouldBe(1);

        await lease.DisposeAsync();

        pool.Folders.ShouldBeEmpty();
        pool.Stock.Count().Leased.ShouldBe(0);
    }
}
