using Luware.Onboarding.Audit;
using Luware.Onboarding.Data;
using Luware.Onboarding.Data.Entities;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Runs;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tests.Audit;
using Luware.Onboarding.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Luware.Onboarding.Tests.Engine;

/// <summary>A portal without pages: the real engine, a real database, the real scheduler, and a world of fake steps.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    public static readonly Guid Tenant = Guid.Parse("11111111-1111-4111-8111-111111111111");
    public static readonly Guid Luware = Guid.Parse("99999999-9999-4999-8999-999999999999");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IHost host;
    private readonly OwnDatabase? own;

    private EngineHost(IHost host, OwnDatabase? own) => (this.host, this.own) = (host, own);

    /// <summary>The portal's database, where it came with the portal and goes with it.</summary>
    public OwnDatabase Database => own ?? throw new InvalidOperationException("The database belongs to the test.");

    public Actor Admin { get; private set; } = Person("Ada");

    public IEngine Engine => Get<IEngine>();

    public OneRegion Regions => (OneRegion)Get<IRegionCatalog>();

    public static Actor Person(string name, Guid? tenant = null, string? session = null, params Guid[] roles)
    {
        var id = Guid.CreateVersion7();
        var access = new TenantAccess(tenant ?? Tenant, id, $"{id}.{Tenant}", session ?? Guid.NewGuid().ToString("N"));
        return new Actor(access, name, $"{name}@contoso.com", roles is [] ? [FakeWorld.Role] : roles);
    }

    /// <summary>One of Luware's people, with no role in Luware's directory.</summary>
    public static Actor Specialist(string name = "Nina") => Person(name, Luware) with { Roles = [], AppRoles = [Staff.SuccessSpecialist] };

    /// <summary>On a database of its own, which goes with it.</summary>
    public static async Task<EngineHost> StartAsync(FakeWorld world, Actor? admin = null, params (string Key, string Value)[] settings)
    {
        var database = await OwnDatabase.CreateAsync();
        return await StartAsync(world, database.Settings, database, admin, settings);
    }

    /// <summary>One of several portals, at once or one after the other, on a database that belongs to the test.</summary>
    public static Task<EngineHost> StartAsync(FakeWorld world, OwnDatabase shared, Actor? admin = null, params (string Key, string Value)[] settings) =>
        StartAsync(world, shared.Settings, own: null, admin, settings);

    /// <param name="database">The settings that name it.</param>
    public static Task<EngineHost> StartAsync(
        FakeWorld world, IReadOnlyDictionary<string, string?> database, Actor? admin = null, params (string Key, string Value)[] settings) =>
        StartAsync(world, database, own: null, admin, settings);

    private static async Task<EngineHost> StartAsync(
        FakeWorld world, IReadOnlyDictionary<string, string?> database, OwnDatabase? own, Actor? admin, (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(Settings(settings));
        builder.Configuration.AddInMemoryCollection(database);
        builder.Logging.AddDebug();
        builder.Services.AddSingleton(world);
        builder.Services.AddScoped<IStepCatalog, FakeCatalog>().AddScoped<IDirectory, FakeRoles>().AddScoped<IPeopleSearch, PeopleSearch>();
        builder.Services.AddSingleton<IRegionCatalog, OneRegion>();
        builder.Services.AddSingleton<ITenantNames>(world.Names).AddSingleton<IDerivedRows>(new SavedRows(world));
        builder.Services.AddOnboarding(builder.Configuration);
        builder.Services.Configure<QuartzHostedServiceOptions>(options => options.StartDelay = world.SchedulerDelay);
        var engine = new EngineHost(builder.Build(), own);
        await engine.host.StartAsync();
        await engine.Get<ITenants>().AddAsync(Tenant, "Contoso", "MTCH", default);
        if (admin is not null)
            engine.Admin = admin;
        await engine.SignInAsync(engine.Admin);
        return engine;
    }

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    public void Set(string key, string value)
    {
        var configuration = (IConfigurationRoot)Get<IConfiguration>();
        configuration[key] = value;
        configuration.Reload();
    }

    /// <summary>The session, and the name by which the person is known from then on.</summary>
    public async Task SignInAsync(Actor actor)
    {
        var (tenant, person) = (actor.Access.TenantId, actor.Access.PersonId);
        await Get<ISessions>().PutAsync(new SessionTicket(actor.Access.SessionId, tenant, person, [1], TimeProvider.System.GetUtcNow().AddHours(1)), default);
        var chain = (await Get<CustomerTenants>().FindAsync(tenant, default))?.Id ?? tenant;
        await Get<IDbContextFactory<PortalDbContext>>().ChangeAsync(chain, db => People.KnowAsync(db, chain, actor, default), default);
    }

    /// <summary>Signs in somebody who accepted an invitation and whose sign-in names no role that a step needs.</summary>
    public async Task<Actor> InviteAsync(string name)
    {
        var guest = Person(name, roles: Guid.NewGuid());
        await InviteAsync(guest);
        return guest;
    }

    /// <summary>Signs in a person who accepted an invitation.</summary>
    public async Task InviteAsync(Actor guest)
    {
        var now = TimeProvider.System.GetUtcNow();
        var tenant = (await Get<CustomerTenants>().FindAsync(Tenant, default))!.Id;
        var invitation = new Invitation { TenantId = tenant, Hash = [1], CreatedBy = Guid.NewGuid(), CreatedAt = now, ExpiresAt = now.AddDays(1) };
        invitation.Accept(guest.Access.PersonId, now);
        await Get<IDbContextFactory<PortalDbContext>>().ChangeAsync(tenant, db => Task.FromResult(db.Invitations.Add(invitation)), default);
        await SignInAsync(guest);
    }

    public Task SignOutAsync(Actor actor) => Get<ISessions>().DeleteAsync(actor.Access.SessionId, default);

    /// <summary>It keeps what it has in hand and takes up nothing any more. On a server the others see that it is there.</summary>
    public async Task FreezeAsync()
    {
        var scheduler = await Get<ISchedulerFactory>().GetScheduler();
        // Its start, which comes after that of the host, would end the standby.
        while (scheduler.Status == SchedulerStatus.Created)
            await Task.Delay(5);
        await scheduler.Standby();
    }

    /// <summary>As good as dead: it keeps what it has in hand, takes up nothing any more, and on a server the others miss it.</summary>
    public async Task DieAsync() => await (await Get<ISchedulerFactory>().GetScheduler()).Shutdown(waitForJobsToComplete: false);

    /// <summary>Something happened for which whatever waits looks again.</summary>
    public async Task WakeAsync() => await Get<RunCommands>().NudgeAsync((await Get<CustomerTenants>().FindAsync(Tenant, default))!.Id, null, default);

    public Task SetReadyAsync() => Get<ITenants>().SetReadyAsync(Tenant, ready: true, "Lu", default);

    /// <summary>Plans everything, approves it, and returns the run's first view.</summary>
    public async Task ApproveAsync()
    {
        await Engine.PlanAsync(Admin, null, default);
        var view = (await Engine.ReadAsync(Admin, default)).ShouldNotBeNull();
        (await Engine.ApproveAsync(Admin, view.Digest.ShouldNotBeNull(), default)).Problem.ShouldBeNull();
    }

    /// <summary>Approves one step alone.</summary>
    /// <param name="plan">Whether to plan everything first.</param>
    public async Task ApproveStepAsync(string step, Actor? by = null, bool plan = true)
    {
        if (plan)
            await Engine.PlanAsync(by ?? Admin, null, default);
        var approval = (await Engine.ReadAsync(by ?? Admin, default))!.Steps.Single(s => s.Step == step).Approval.ShouldNotBeNull();
        (await Engine.ApproveAsync(by ?? Admin, approval.Digest, default)).Problem.ShouldBeNull();
    }

    /// <summary>Follows the view, as a page does, until it is as wanted.</summary>
    public async Task<OnboardingView> UntilAsync(Func<OnboardingView, bool> wanted, Actor? actor = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        OnboardingView? last = null;
        while (!limit.IsCancellationRequested)
        {
            try
            {
                await foreach (var view in Engine.FollowAsync(actor ?? Admin, limit.Token))
                {
                    last = view;
                    if (wanted(view))
                        return view;
                }
            }
            catch (OperationCanceledException)
            {
                // Said below, with what was seen last.
            }
            catch (Exception fault) when (StoreFaults.IsPassing(fault))
            {
                // A page looks again, too.
                await Task.Delay(5);
            }
        }

        throw new TimeoutException(
            $"Not seen in time. Run {last?.Run?.State}; steps {string.Join(", ", last?.Steps.Select(s => $"{s.Step} {s.Status}") ?? [])}; "
            + $"waits {string.Join(", ", last?.Run?.Waits.Select(w => $"{w.Step} {w.For.Key}") ?? [])}");
    }

    public Task<OnboardingView> UntilRunIsAsync(RunState state) => UntilAsync(v => v.Run?.State == state);

    public Task<OnboardingView> UntilHeldAsync(string step, string key) =>
        UntilAsync(v => v.Run is { State: RunState.Waiting } run && run.Waits.Any(w => w.Step == step && w.For.Key == key));

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await (own?.DisposeAsync() ?? default);
    }

    private static Dictionary<string, string?> Settings(IEnumerable<(string Key, string Value)> more)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Audit:CurrentKey"] = AuditKey.Name,
            [$"Audit:Keys:{AuditKey.Name}"] = AuditKey.Value,
            ["Packages:Standard:Name"] = "Standard",
            ["Staff:TenantId"] = $"{Luware}",
            ["Engine:FirstPoll"] = "00:00:00.050",
            ["Engine:LastPoll"] = "00:00:00.200",
            ["Engine:QuickRetryDelay"] = "00:00:00.010",
            ["Engine:ReconcileEvery"] = "00:00:01",
        };
        foreach (var (key, value) in more)
            settings[key] = value;
        return settings;
    }

    /// <summary>Reports every save to the world.</summary>
    private sealed class SavedRows(FakeWorld world) : IDerivedRows
    {
        public Task FollowAsync(PortalDbContext db, CancellationToken cancellationToken)
        {
            if (world.OnSaved is { } told)
                db.SavedChanges += (_, _) => told(db);
            return Task.CompletedTask;
        }
    }

    internal sealed class OneRegion : IRegionCatalog
    {
        public Region Switzerland { get; set; } = new("MTCH", "Switzerland",
            [new RecordingApplication(1, Guid.Parse("22222222-2222-4222-8222-222222222222"), "Luware Recording MTCH 1", "luwarerecording-mtch-1", null)]);

        public IReadOnlyCollection<Region> All => [Switzerland];

        public Region? Find(string key) => key == Switzerland.Key ? Switzerland : null;

        /// <summary>Changes the region as settings with a new application id would.</summary>
        public void RenewApplication() =>
            Switzerland = Switzerland with { Version = 2, Applications = [Switzerland.Applications[0] with { ApplicationId = Guid.NewGuid() }] };
    }
}
