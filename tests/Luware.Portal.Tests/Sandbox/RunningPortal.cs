using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Portal.Sandbox.Running;
using Luware.Portal.Sandbox.World;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Person = Luware.Portal.Sandbox.World.Person;

namespace Luware.Portal.Tests.Sandbox;

/// <summary>The whole portal with a world in the same process. It is stopped, not only disposed, so that its workers and its scheduler end.</summary>
public sealed class RunningPortal : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningPortal(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }
    public IServiceProvider Services => _app.Services;

    public static Task<RunningPortal> StartAsync(SandboxWorld world, params IEnumerable<KeyValuePair<string, string?>> settings) =>
        StartAsync(world, powerShell: null, settings);

    public static Task<RunningPortal> StartAsync(SandboxWorld world, string? powerShell, params IEnumerable<KeyValuePair<string, string?>> settings) =>
        StartAsync(SandboxPortal.Build(world, settings, powerShell), world);

    /// <param name="services">Replacements for the portal's own services.</param>
    public static Task<RunningPortal> StartAsync(SandboxWorld world, Action<IServiceCollection> services, IEnumerable<KeyValuePair<string, string?>> settings,
        IReadOnlyList<SandboxCustomer>? customers = null) =>
        StartAsync(SandboxPortal.Build(world, settings, services: services, customers: customers), world);

    private static async Task<RunningPortal> StartAsync(WebApplication app, SandboxWorld world)
    {
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningPortal(app, world.Applications.PortalAddress!);
    }

    /// <summary>Somebody who has signed in, by their latest session.</summary>
    public async Task<Actor> ActorAsync(Person person)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        var session = (await db.Sessions.Where(s => s.PersonId == person.Id && s.EndedAt == null).ToListAsync()).MaxBy(s => s.Id)!;
        var home = person.HomeFrom(session.EntraTenantId);
        var access = new TenantAccess(session.EntraTenantId, session.PersonId, $"{home.PersonId}.{home.TenantId}", session.SessionId);
        return new Actor(access, person.DisplayName, person.UserPrincipalName, [.. person.Roles.Select(r => r.TemplateId)]);
    }

    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
    }
}
