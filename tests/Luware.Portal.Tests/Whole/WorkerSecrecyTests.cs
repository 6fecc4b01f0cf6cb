using Luware.Onboarding.Gateways;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Sandbox;
using Luware.Portal.Tokens;
using Luware.TeamsPowerShell;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Tests.Whole;

/// <summary>A signed-in person's real worker process and its failures reveal no token, secret or cookie.</summary>
public sealed class WorkerSecrecyTests : IAsyncLifetime
{
    private static readonly TeamsCommand Read = new("Get-CsTenant", [], ["TenantId"]);
    private static readonly TeamsCommand ReadWhatIsNotThere =
        new("Get-CsTeamsComplianceRecordingPolicy", [new("Identity", new TeamsValue.Text("nothing"))], ["Identity"]);
    private static readonly TeamsCommand Write = new("New-CsTeamsComplianceRecordingPolicy", [new("Identity", new TeamsValue.Text("luware"))], []);

    private SandboxWorld _world = null!;
    private RunningPortal _portal = null!;
    private Visitor _anna = null!;
    private TenantAccess _access = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await SandboxWorld.StartAsync(new SandboxOptions());
        // Without warm workers, the only process of this world is the connected one.
        _portal = await RunningPortal.StartAsync(_world, [new("Teams:WarmWorkers", "0"), new("Logging:LogLevel:Default", "Error")]);
        _anna = new Visitor(_world.Tenants.FindPerson("anna.keller@contoso.com")!.Value.Person);
        await _anna.GoAsync(new Uri(_portal.Address, "/sign-in"));
        await _anna.GoAsync(new Uri(_portal.Address, "/sign-in/more"));
        _access = (await _portal.ActorAsync(_anna.Person)).Access;
    }

    public async ValueTask DisposeAsync()
    {
        _anna.Dispose();
        await _portal.DisposeAsync();
        await _world.DisposeAsync();
    }

    [Fact]
    public async Task Arguments_and_environment_of_a_connected_worker_hold_none()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "Reads arguments and environments from /proc, which this system does not have.");
        await using var work = _portal.Services.CreateAsyncScope();
        await work.ServiceProvider.GetRequiredService<ITeams>().InvokeAsync(_access, Read, CancellationToken.None);

        var processes = WorkerProcesses.Of(_world.Address);

        processes.ShouldNotBeEmpty();
        processes[0].ShouldContain("worker");
        (await SecretsAsync()).Where(secret => processes.Any(p => p.Contains(secret, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Failures_hold_none_either()
    {
        List<Exception> failures = [await FailAsync<RefusedException>(ReadWhatIsNotThere)];
        _world.Faults.LoseWorker(Write.Name, WorkerFaultKind.Crash);
        failures.Add(await FailAsync<TransientException>(Write));
        var last = await SecretsAsync();
        _world.Faults.TeamsAnswersFor = _world.Tenants.Tailspin.Id;
        failures.Add(await FailAsync<WrongIdentityException>(Read));

        string[] secrets = [.. last, .. await SecretsAsync()];

        secrets.Where(secret => failures.Exists(f => f.ToString().Contains(secret, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private async Task<Exception> FailAsync<TFailure>(TeamsCommand command)
        where TFailure : GatewayException
    {
        await using var work = _portal.Services.CreateAsyncScope();
        return await Should.ThrowAsync<TFailure>(() => work.ServiceProvider.GetRequiredService<ITeams>().InvokeAsync(_access, command, CancellationToken.None));
    }

    /// <summary>The latest worker's tokens: it was given fresh ones, which are recorded.</summary>
    private async Task<IReadOnlyList<string>> SecretsAsync()
    {
        var tokens = _portal.Services.GetRequiredService<ITokens>();
        var graph = await tokens.GetAsync(_access, TokenPurpose.Directory, fresh: false, CancellationToken.None);
        var teams = await tokens.GetAsync(_access, TokenPurpose.Teams, fresh: false, CancellationToken.None);
        var cookies = _anna.CookiesAt(_portal.Address).Select(c => c.Value).ToList();
        cookies.ShouldNotBeEmpty();
        return [graph.Value, teams.Value, "eyJ", Applications.PortalSecret, .. cookies];
    }
}
