using Luware.Portal.Sandbox.Running;
using Luware.Portal.Sandbox.World;
using Luware.TeamsPowerShell;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Luware.Portal.Tests.Sandbox;

/// <summary>The real pool starts this program's real worker processes, which find the sandbox's Teams.</summary>
public sealed class PoolTests : SandboxTest
{
    private static readonly TeamsCommand GetPolicies = new("Get-CsTeamsComplianceRecordingPolicy", [], ["Identity", "Enabled"]);

    [Fact]
    public async Task A_leased_worker_answers_for_the_tenant_of_the_tokens()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        using var host = await StartPoolAsync();
        await using var lease = await LeaseAsync(host, stefan);

        var policies = await lease.InvokeAsync(GetPolicies, TestContext.Current.CancellationToken);

        policies.Objects.Select(p => p.GetProperty("Identity").GetString()).ShouldBe(["Global", "Tag:luwarerecordingfailclose1"]);
    }

    [Fact]
    public async Task A_service_that_answers_for_another_tenant_gets_no_command()
    {
        using var stefan = Person(Tenants.Northwind, "Stefan Albrecht");
        World.Faults.TeamsAnswersFor = Tenants.Tailspin.Id;
        using var host = await StartPoolAsync();

        await Should.ThrowAsync<WrongTenantException>(() => LeaseAsync(host, stefan));

        Tenants.Northwind.Writes.ShouldNotContain(w => w.What.Contains("-Cs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_worker_is_lost_on_purpose_after_the_effect()
    {
        using var anna = Person(Tenants.Contoso, "Anna Keller");
        using var host = await StartPoolAsync();
        await using var lease = await LeaseAsync(host, anna);
        World.Faults.LoseWorker("New-CsTeamsComplianceRecordingPolicy", WorkerFaultKind.Crash, afterEffect: true);

        await Should.ThrowAsync<WorkerLostException>(() => lease.InvokeAsync(
            new TeamsCommand("New-CsTeamsComplianceRecordingPolicy", [new("Identity", new TeamsValue.Text("luwarerecordingfailclose1"))], []),
            TestContext.Current.CancellationToken));

        Tenants.Contoso.Writes.Count(w => w.What == "New-CsTeamsComplianceRecordingPolicy").ShouldBe(1);
    }

    private async Task<IHost> StartPoolAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(SandboxSettings.Worker(World.Address));
        builder.Services.AddLogging().AddTeamsWorkerPool(builder.Configuration.GetSection("Teams"));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    private static Task<ITeamsLease> LeaseAsync(IHost host, MsalPerson person) => host.Services.GetRequiredService<ITeamsWorkerPool>().LeaseAsync(
        new TeamsLeaseRequest(person.Tenant.Id, async _ =>
        {
            var graph = await person.SignInAsync(["User.Read", MsalPerson.TeamsScope], ["User.Read"]);
            var teams = await person.SilentAsync(graph.Account, force: false, MsalPerson.TeamsScope);
            return new TeamsTokens(graph.AccessToken, teams.AccessToken);
        }),
        TestContext.Current.CancellationToken);
}
