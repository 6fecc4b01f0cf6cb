using Luware.Onboarding.Consent;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Portal.Sandbox.Running;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Microsoft.EntityFrameworkCore;

namespace Luware.Portal.Benchmarks.Pages.Servers;

/// <summary>The whole portal in a process of its own, with additions for measuring.</summary>
internal static class PortalServer
{
    public const string Command = "serve-portal";
    public const string SignIn = "/measure/sign-in";
    public const string States = "/measure/states";

    /// <param name="crowd">The number of further customers.</param>
    public static async Task RunAsync(int port, Uri world, string data, int crowd)
    {
        var tenants = new SandboxTenants(crowd).Crowd;
        var options = new SandboxPortalOptions(world)
        {
            Address = FreePort.Address(port), Data = data, Customers = [.. tenants.Select(t => SandboxCustomer.Of(t, "MTCH"))],
            Settings =
            [
                // All people come from one address here.
                new("RateLimits:AnonymousPerMinute", "1000000"),
                // The benchmark polls for readiness.
                new("Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks", "None"),
            ],
        };
        var app = SandboxPortal.Build(options);
        app.MapMeasures();
        app.MapPost(SignIn, (int tenant, IEngine engine, IDbContextFactory<PortalDbContext> contexts) =>
            SignInAsync(options.Address, tenants[tenant], engine, contexts)).AllowAnonymous().DisableAntiforgery();
        app.MapPost(States, (int count, IConsentStates states) => IssueAsync(count, tenants, states)).AllowAnonymous().DisableAntiforgery();
        await app.RunAsync();
    }

    /// <summary>Signs in the tenant's administrator through the browser's redirects, and reads the tenant.</summary>
    /// <returns>The cookies of the session.</returns>
    private static async Task<string> SignInAsync(Uri address, SandboxTenant tenant, IEngine engine, IDbContextFactory<PortalDbContext> contexts)
    {
        var person = tenant.People[0];
        using var browser = new Visitor(person);
        await browser.GoAsync(new Uri(address, "/sign-in"));
        await browser.GoAsync(new Uri(address, "/sign-in/more"));
        await using var db = await contexts.CreateDbContextAsync();
        var session = await db.Sessions.SingleAsync(s => s.PersonId == person.Id && s.EndedAt == null);
        var access = new TenantAccess(tenant.Id, person.Id, $"{person.Id}.{tenant.Id}", session.SessionId);
        var actor = new Actor(access, person.DisplayName, person.UserPrincipalName, [.. person.Roles.Select(r => r.TemplateId)]);
        await engine.PlanAsync(actor, null, CancellationToken.None);
        return string.Join("; ", browser.CookiesAt(address));
    }

    private static async Task<List<string>> IssueAsync(int count, IReadOnlyList<SandboxTenant> tenants, IConsentStates states)
    {
        List<string> issued = [];
        for (var i = 0; i < count; i++)
            issued.Add(await states.IssueAsync(tenants[i % tenants.Count].Id, Applications.Switzerland1, Guid.Empty, CancellationToken.None));
        return issued;
    }
}
