using System.Text;
using Luware.Onboarding.Colleagues;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants;
using Luware.Portal.Operations;
using Luware.Portal.SignIn;
using Luware.Portal.Tests.Doubles;
using Luware.Portal.Tests.Whole;
using Luware.TeamsPowerShell;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
        var secrets = await InviteAndHandAsync(actor);
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
            .. secrets,
        ];
        foreach (var text in (string[])[traces, metrics, logs])
            personal.Where(p => text.Contains(InBytes(p), StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    /// <summary>A specialist invites somebody of the tenant and writes a note, the administrator hands a step on, and both links are used.</summary>
    /// <returns>What none of the signals may hold.</returns>
    private async Task<string[]> InviteAndHandAsync(Actor admin)
    {
        const string note = "Ask for Ada on Wednesdays";
        var tenant = World.Tenants.Find($"{admin.Access.TenantId}")!;
        var nina = World.Tenants.FindPerson("nina.keller@luware.example")!.Value.Person;
        using var desk = new Visitor(nina);
        await desk.GoAsync(new Uri(Portal.Address, "/sign-in?returnUrl=/tenants"));
        var specialist = await Portal.ActorAsync(nina) with { AppRoles = [Staff.SuccessSpecialist] };
        var specialists = Portal.Services.GetRequiredService<ISpecialistDesk>();
        await using var db = await Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var customer = await db.Tenants.Where(t => t.EntraTenantId == tenant.Id).Select(t => t.Id).SingleAsync();
        var invitation = await specialists.InviteAsync(specialist, customer, default);
        (await specialists.WriteNoteAsync(specialist, customer, "", note, default)).Problem.ShouldBeNull();
        var link = await Portal.Services.GetRequiredService<IColleagueLinks>().HandAsync(admin, "storage", default);
        foreach (var (path, arrival) in new[] { (invitation.Path, LinkPaths.Arrival), (link.Path, $"{SignInPaths.Home}/storage") })
        {
            using var guest = new Visitor(tenant.People.Last(p => p.Id != admin.Access.PersonId));
            (await guest.GoAsync(new Uri(Portal.Address, path.ShouldNotBeNull()))).Address.PathAndQuery.ShouldBe(arrival, "it was accepted");
        }

        return [nina.DisplayName, nina.UserPrincipalName, $"{nina.Id}", note, invitation.Secret!, link.Secret!];
    }

    private static string InBytes(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
