using Luware.Portal.Sandbox.Azure;
using Luware.Portal.Sandbox.Running;
using Luware.Portal.Sandbox.World;

namespace Luware.Portal.Sandbox;

/// <summary>The commands of the sandbox program.</summary>
internal static class SandboxCommands
{
    private const int WorldPort = 5210;
    private const int PortalPort = 5200;

    private const string Usage = """
        Luware.Portal.Sandbox world  [--port 5210]                      the outside world alone
        Luware.Portal.Sandbox portal --world <address> [--port 5200]    the portal against a running world
                                     [--data <folder>] [--pwsh <path>] [--Any:Setting=value]
        Luware.Portal.Sandbox demo   [--port 5200] [--pwsh <path>]      both, from nothing; nothing is kept

        --pwsh names a PowerShell 7.4 or later, which runs the Teams commands; without it this program runs them itself.
        """;

    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string command, string[] arguments)
    {
        var settings = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        return command switch
        {
            "world" => RunWorldAsync(settings),
            "portal" when Uri.TryCreate(settings["world"], UriKind.Absolute, out var world) => RunPortalAsync(world, settings),
            "demo" => RunDemoAsync(settings),
            _ => ShowUsageAsync(),
        };
    }

    private static async Task<int> RunWorldAsync(IConfiguration settings)
    {
        await using var azurite = await Azurite.StartIfInstalledAsync(CancellationToken.None);
        await using var world = await SandboxWorld.StartAsync(
            new SandboxOptions { Port = FreePort.From(settings.GetValue("port", WorldPort)), Azurite = azurite });
        Console.WriteLine($"The outside world: {world.Address}");
        await world.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }

    private static async Task<int> RunPortalAsync(Uri world, IConfiguration settings)
    {
        var portal = new SandboxPortalOptions(world)
        {
            Address = FreePort.Address(FreePort.From(settings.GetValue("port", PortalPort))),
            Data = settings["data"],
            PowerShell = settings["pwsh"],
            Settings = settings.AsEnumerable(),
        };
        await SandboxPortal.AnnounceAsync(world, portal.Address, CancellationToken.None);
        Console.WriteLine($"The portal: {portal.Address}");
        return await PortalApp.RunAsync(() => SandboxPortal.Build(portal));
    }

    private static async Task<int> RunDemoAsync(IConfiguration settings)
    {
        await using var azurite = await Azurite.StartIfInstalledAsync(CancellationToken.None);
        await using var world = await SandboxWorld.StartAsync(new SandboxOptions { Port = FreePort.From(WorldPort), Azurite = azurite });
        // Long enough to be seen, short enough to wait for.
        (world.Faults.ConsentDelay, world.Faults.EffectiveDelay) = (TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(15));
        var portal = new SandboxPortalOptions(world.Address)
        {
            Address = FreePort.Address(FreePort.From(settings.GetValue("port", PortalPort))),
            PowerShell = settings["pwsh"],
            Settings = settings.AsEnumerable(),
        };
        world.Applications.AnnouncePortal(portal.Address);
        return await PortalApp.RunAsync(() =>
        {
            var app = SandboxPortal.Build(portal);
            app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(Greeting(portal, world)));
            return app;
        });
    }

    private static string Greeting(SandboxPortalOptions portal, SandboxWorld world)
    {
        var people = world.Tenants.All.SelectMany(
            tenant => tenant.People.Where(p => p.CanSignIn).Take(2),
            (tenant, person) => $"  {person.DisplayName,-18}{tenant.Name,-11}{DescribeRole(person)}");
        var accounts = world.Tenants.All.Where(t => t.Azure is not null).Select(t => $"  {t.Name,-11}{t.Azure!.Id}");
        var worker = portal.PowerShell is null ? "this program itself" : "PowerShell, with a module that stands in for Microsoft's";
        return $"""

            Open {portal.Address.AbsoluteUri}

            Sign in as one of these, or as another of the sign-in page:
            {string.Join(Environment.NewLine, people)}

            Storage accounts to paste:
            {string.Join(Environment.NewLine, accounts)}

            Teams commands are run by {worker}.
            Luware's ready flag, faults and the tenants' contents: {world.Address.AbsoluteUri}
            Ctrl-C ends everything.
            """;
    }

    private static string DescribeRole(Person person) =>
        person.Roles.FirstOrDefault()?.DisplayName ?? (person.AppRoles.Count > 0 ? person.JobTitle : "no administrator role");

    private static async Task<int> ShowUsageAsync()
    {
        await Console.Error.WriteLineAsync(Usage);
        return 1;
    }
}
