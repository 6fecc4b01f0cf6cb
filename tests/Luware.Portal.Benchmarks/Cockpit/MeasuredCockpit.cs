using System.Security.Cryptography;
using Luware.Onboarding;
using Luware.Onboarding.Data;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Tenants;
using Luware.Onboarding.Tenants.Cockpit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Luware.Portal.Benchmarks.Cockpit;

/// <summary>The cockpit's own service on a database with this many tenants and a signed-in specialist; nothing else of the portal runs.</summary>
internal sealed class MeasuredCockpit : IAsyncDisposable
{
    private static readonly Guid Luware = Guid.Parse("99999999-9999-4999-8999-999999999999");

    private readonly ServiceProvider _services;

    private MeasuredCockpit(ServiceProvider services, Actor nina) => (_services, Nina) = (services, nina);

    public Actor Nina { get; }

    public ICockpit Cockpit => _services.GetRequiredService<ICockpit>();

    public CockpitCsv Csv => _services.GetRequiredService<CockpitCsv>();

    /// <param name="fill">Puts the tenants into the empty database.</param>
    public static async Task<MeasuredCockpit> CreateAsync(
        DatabaseProvider provider, string connectionString, Func<Task> fill, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = $"{provider}", ["Database:ConnectionString"] = connectionString, ["Staff:TenantId"] = $"{Luware}",
            ["Audit:CurrentKey"] = "1", ["Audit:Keys:1"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(StoppedClock.Now).AddLogging().AddMetrics()
            .AddOnboarding(configuration).BuildServiceProvider();
        var access = new TenantAccess(Luware, Guid.CreateVersion7(), "account", "session");
        var nina = new Actor(access, "Nina Keller", "nina.keller@luware.example", []) { AppRoles = [Staff.SuccessSpecialist] };
        var contexts = services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
            await db.Database.MigrateAsync(cancellationToken);
        await fill();
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
            await db.OptimizeAsync(cancellationToken);
        var session = new SessionTicket("session", Luware, nina.Access.PersonId, [1], StoppedClock.Now.GetUtcNow().AddDays(1));
        await services.GetRequiredService<ISessions>().PutAsync(session, cancellationToken);
        return new MeasuredCockpit(services, nina);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
