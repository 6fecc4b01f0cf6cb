using System.Text;
using Luware.Onboarding.Engine;
using Luware.Portal.Operations;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Whole;
using Luware.TeamsPowerShell;

namespace Luware.Portal.Tests.Operations;

/// <summary>Alone in the process: OpenTelemetry takes the meters of all portals of a process for one, and forgets them when one ends.</summary>
[CollectionDefinition(nameof(TelemetryTests), DisableParallelization = true)]
public sealed class TelemetryCollection;

/// <summary>A whole portal that exports to a collector, while a person signs in, reads their tenant and has a run at work.</summary>
[Collection(nameof(TelemetryTests))]
public sealed class TelemetryTests(AzuriteFixture azurite, OtlpReceiver collector) : EngineJourney(azurite, collector.Settings), IClassFixture<OtlpReceiver>
{
    [Fact]
    public async Task Everything_of_a_run_carries_its_id_and_nothing_names_a_person_or_a_tenant()
    {
        var person = World.Tenants.FindPerson("anna.keller@contoso.com")!.Value.Person;
        using var browser = new Visitor(person);
        var actor = await ApproveAsync(browser, person);
        var run = (await UntilAsync(actor, v => v.Run is { State: RunState.Waiting } run && run.Waits.Count > 0)).Run!;
        await browser.GoAsync(new Uri(Portal.Address, HealthPaths.Ready));
        // The last one is the route by which the alert on readiness knows its probes.
        (string Signal, string Last)[] awaited =
        [
            ("traces", "run pass Apply"), ("metrics", "onboarding.pass.duration"), ("logs", "has come to: Waiting"), ("metrics", HealthPaths.Ready),
        ];
        foreach (var (signal, last) in awaited)
            await collector.ReceivesAsync(signal, last);

        var (traces, metrics, logs) = (collector.TextOf("traces"), collector.TextOf("metrics"), collector.TextOf("logs"));
        var hash = TeamsWorkerTelemetry.TenantHash(actor.Access.TenantId);
        traces.ShouldContain($"{run.Id}");
        traces.ShouldContain("teams command ");
        traces.ShouldContain("client_request_id");
        traces.ShouldContain("action consent");
        traces.ShouldContain(hash);
        metrics.ShouldContain("teams.command.duration");
        metrics.ShouldContain("http.server.request.duration");
        logs.ShouldContain($"Run {run.Id} (Apply) is taken up");
        logs.ShouldContain("RunId");
        logs.ShouldContain("TenantHash");
        logs.ShouldContain(hash);
        logs.ShouldContain("The first Teams worker has imported module");
        (traces + metrics + logs).ShouldContain("luware-portal");
        logs.ShouldContain("logrecord.event.id");
        foreach (var text in (string[])[traces, metrics, logs])
            text.ShouldSatisfyAllConditions(
                t => t.ShouldContain($"{Environment.MachineName}:{Environment.ProcessId}"), t => t.ShouldContain("service.version"),
                t => t.ShouldContain(PortalVersion.Text));
        metrics.ShouldContain(
            Encoding.Latin1.GetString([.. ((double[])[0.1, 0.25, 0.5, 1, 2.5, 5, 10]).SelectMany(BitConverter.GetBytes)]),
            Case.Sensitive, "buckets for seconds");

        var tenant = World.Tenants.Find($"{actor.Access.TenantId}")!;
        string[] personal =
        [
            .. tenant.People.SelectMany(p => (string[])[p.DisplayName, p.UserPrincipalName, $"{p.Id}"]), tenant.Name, $"{tenant.Id}", tenant.DefaultDomain,
        ];
        foreach (var text in (string[])[traces, metrics, logs])
            personal.Where(p => text.Contains(InBytes(p), StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    private static string InBytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
