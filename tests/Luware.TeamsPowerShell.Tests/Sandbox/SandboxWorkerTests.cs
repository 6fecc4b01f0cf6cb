using System.Text.Json;
using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests.Sandbox;

/// <summary>The sandbox's worker executable under the real pool.</summary>
public sealed class SandboxWorkerTests : IAsyncLifetime
{
    private SmallTeams _teams = null!;
    private TestPool _pool = null!;

    public async ValueTask InitializeAsync()
    {
        _teams = await SmallTeams.StartAsync();
        _pool = new TestPool(configure: options => Use(options, _teams.Address));
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        await _teams.DisposeAsync();
    }

    [Fact]
    public async Task It_connects_and_returns_the_selected_properties()
    {
        await using var lease = await _pool.LeaseAsync();

        var found = await lease.InvokeAsync(Commands.Policies with { Select = ["identity", "Missing"] }, CancellationToken.None);

        found.Objects.Single().GetRawText().ShouldBe($$"""{"identity":"{{Commands.Policies.Name}}","Missing":null}""");
    }

    [Fact]
    public async Task Parameters_arrive_as_natural_json_and_a_paired_application_as_its_object()
    {
        await using var lease = await _pool.LeaseAsync();
        TeamsCommand command = Commands.Pairing with
        {
            Select = ["Sent"], Parameters = [.. Commands.Pairing.Parameters, new("Priority", new TeamsValue.Number(1))],
        };

        var sent = (await lease.InvokeAsync(command, CancellationToken.None)).Objects.Single().GetProperty("Sent");

        JsonSerializer.Serialize(sent).ShouldBe(
            """
            {"Identity":"Tag:luwarerecordingfailclose1/b00d2f48-bdc2-4e27-b2a5-93090e99c17e","ComplianceRecordingPairedApplications":[{"Id":"52097e72-d9b8-4a1a-8d23-d44e2e03c27b"}],"Priority":1}
            """.Trim());
    }

    [Fact]
    public async Task Warnings_and_refusals_come_through()
    {
        List<TeamsOutput> output = [];
        await using var lease = await _pool.LeaseAsync(output: output.Add);
        await lease.InvokeAsync(Commands.Policies, CancellationToken.None);
        TeamsParameter[] parameters = [new("UserPrincipalName", new TeamsValue.Text("x")), new("ApplicationId", new TeamsValue.Id(Guid.NewGuid()))];

        var refused = await Should.ThrowAsync<CommandRefusedException>(
            () => lease.InvokeAsync(new TeamsCommand("New-CsOnlineApplicationInstance", parameters, []), CancellationToken.None));

        output.ShouldContain(new TeamsOutput("warning", "A warning."));
        refused.Error.Category.ShouldBe("PermissionDenied");
        refused.Error.CorrelationId.ShouldBe("c0ffee");
    }

    [Fact]
    public async Task A_sandbox_that_is_gone_is_a_lost_worker()
    {
        await using var lease = await _pool.LeaseAsync();
        await _teams.DisposeAsync();

        await Should.ThrowAsync<WorkerLostException>(() => lease.InvokeAsync(Commands.Policies, CancellationToken.None));
    }

    [Fact]
    public async Task Without_an_address_it_says_what_is_missing()
    {
        await using var pool = new TestPool(configure: options =>
        {
            Use(options, "");
            options.RestartBudget = 1;
        });

        (await Should.ThrowAsync<NoWorkerException>(() => pool.LeaseAsync())).Message.ShouldContain("SANDBOX_TEAMS_ADDRESS");
    }

    private static void Use(TeamsWorkerOptions options, string address)
    {
        options.Executable = Path.Combine(AppContext.BaseDirectory, "Luware.Portal.Sandbox" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        options.Arguments.Clear();
        options.Arguments.Add("worker");
        options.Environment["SANDBOX_TEAMS_ADDRESS"] = address;
    }
}
