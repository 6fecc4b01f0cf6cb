using System.Diagnostics.Metrics;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Portal.Benchmarks.Teams;
using Luware.Portal.Sandbox.Running;
using Luware.Portal.Sandbox.World;
using Luware.Portal.Tests.Doubles;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Benchmarks.Runs;

/// <summary>The whole portal, composed as for production, with a world in the same process.</summary>
internal sealed class MeasuredPortal : IAsyncDisposable
{
    public const int WarmWorkers = 4;

    private readonly WebApplication _app;
    private readonly Uri _address;
    private readonly PoolMeter _meter;

    private MeasuredPortal(WebApplication app, Uri address)
    {
        (_app, _address) = (app, address);
        _meter = new PoolMeter(app.Services.GetRequiredService<IMeterFactory>());
    }

    public IEngine Engine => _app.Services.GetRequiredService<IEngine>();

    public static async Task<MeasuredPortal> StartAsync(SandboxWorld world, CancellationToken cancellationToken)
    {
        var app = SandboxPortal.Build(world, Settings, customers: [.. world.Tenants.Crowd.Select(t => SandboxCustomer.Of(t, "MTCH"))]);
        await app.StartAsync(cancellationToken);
        return new MeasuredPortal(app, world.Applications.PortalAddress!);
    }

    public Task WaitForWarmAsync(CancellationToken cancellationToken) => _meter.WaitForWarmAsync(WarmWorkers, cancellationToken);

    /// <summary>Signs in the tenant's administrator through the browser's redirects and grants all permissions.</summary>
    public async Task<Actor> SignInAsync(SandboxTenant tenant, CancellationToken cancellationToken)
    {
        var person = tenant.People[0];
        using var browser = new Visitor(person);
        await browser.GoAsync(new Uri(_address, "/sign-in"));
        await browser.GoAsync(new Uri(_address, "/sign-in/more"));
        await using var db = await OpenAsync(cancellationToken);
        var session = await db.Sessions.SingleAsync(s => s.PersonId == person.Id && s.EndedAt == null, cancellationToken);
        var access = new TenantAccess(tenant.Id, person.Id, $"{person.Id}.{tenant.Id}", session.SessionId);
        return new Actor(access, person.DisplayName, person.UserPrincipalName, [.. person.Roles.Select(r => r.TemplateId)]);
    }

    /// <summary>When the run began its first action, according to the journal.</summary>
    public async Task<DateTimeOffset> FirstActionAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using var db = await OpenAsync(cancellationToken);
        return await db.Journal.IgnoreQueryFilters().Where(e => e.RunId == runId && e.Kind == JournalKind.ActionStarted).MinAsync(e => e.At, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _meter.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private Task<PortalDbContext> OpenAsync(CancellationToken cancellationToken) =>
        _app.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);

    private static IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Teams:WarmWorkers", $"{WarmWorkers}"),
        new("Teams:MaxWorkers", $"{WarmWorkers}"),
        // All customers come from one address here.
        new("RateLimits:AnonymousPerMinute", "100000"),
    ];
}
