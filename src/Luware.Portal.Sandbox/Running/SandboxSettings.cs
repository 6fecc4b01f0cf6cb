using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Luware.Portal.Sandbox.World;
using Luware.TeamsPowerShell;

namespace Luware.Portal.Sandbox.Running;

/// <summary>The portal's settings that point it to a sandbox instead of Microsoft.</summary>
public static class SandboxSettings
{
    private static readonly SandboxTenants Tenants = new();

    /// <summary>The folder in which PowerShell finds the stand-in for MicrosoftTeams.</summary>
    public static string ModuleFolder => Path.Combine(Path.GetDirectoryName(typeof(SandboxSettings).Assembly.Location)!, "Module");

    internal static IEnumerable<KeyValuePair<string, string?>> For(SandboxPortalOptions options, string database) =>
    [
        new("urls", options.Address.GetLeftPart(UriPartial.Authority)),
        new("Portal:PublicAddress", options.Address.AbsoluteUri),
        new("Database:ConnectionString", $"Data Source={database}"),
        // Not a secret, since everybody can read it here. It is constant, so that stored data can be checked at the next start.
        new("Audit:CurrentKey", "sandbox"),
        new("Audit:Keys:sandbox", Convert.ToBase64String(SHA256.HashData("sandbox"u8))),
        new("Entra:Instance", options.World.AbsoluteUri),
        new("Entra:TokenInstance", $"https://{LoopbackHandler.EntraHost}"),
        new("Entra:ClientId", Applications.PortalClientId.ToString()),
        new("Entra:ClientSecret", Applications.PortalSecret),
        new("Graph:BaseAddress", new Uri(options.World, Graph.GraphEndpoints.BasePath).AbsoluteUri),
        new("Azure:ResourceManager", new Uri(options.World, Azure.ArmEndpoints.BasePath).AbsoluteUri),
        new("Regions:MTCH:Applications:0:ApplicationId", Applications.Switzerland1.ToString()),
        new("Regions:MTDE:Applications:0:ApplicationId", Applications.Germany1.ToString()),
        new("Regions:MTDE:Applications:1:ApplicationId", Applications.Germany2.ToString()),
        new("Regions:MTCH:Chat:ApplicationId", Applications.Chat.ToString()),
        new("Regions:MTDE:Chat:ApplicationId", Applications.Chat.ToString()),
        new("Regions:MTCH:EndpointSubscription", AzureEndpoint.LuwareSubscription.ToString()),
        new("Regions:MTDE:EndpointSubscription", AzureEndpoint.LuwareSubscription.ToString()),
        // A demonstration does not wait for a day.
        new("Engine:OutOfForceAfter", "00:01:00"),
        // Keeps the program's own output visible.
        new("Logging:LogLevel:Default", nameof(LogLevel.Warning)),
        new("Logging:LogLevel:Microsoft.AspNetCore.DataProtection", nameof(LogLevel.Error)),
        new("Staff:TenantId", Tenants.Luware.Id.ToString()),
        .. Worker(options.World, options.PowerShell),
    ];

    /// <param name="powerShell">If null, this program is the worker.</param>
    public static IEnumerable<KeyValuePair<string, string?>> Worker(Uri world, string? powerShell = null) =>
    [
        new("Teams:WarmWorkers", "1"),
        new("Teams:Environment:SANDBOX_TEAMS_ADDRESS", world.AbsoluteUri),
        .. powerShell is null ? OwnProgram : StandInModule(powerShell),
    ];

    /// <summary>Starts this program through dotnet, because the worker's environment offers no other way to find it.</summary>
    private static KeyValuePair<string, string?>[] OwnProgram =>
    [
        new("Teams:Executable", Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"))),
        new("Teams:Arguments:0", typeof(SandboxSettings).Assembly.Location),
        new("Teams:Arguments:1", "worker"),
    ];

    private static KeyValuePair<string, string?>[] StandInModule(string powerShell) =>
    [
        new("Teams:Executable", powerShell),
        new("Teams:ModulePath", Path.Combine(ModuleFolder, "MicrosoftTeams", "MicrosoftTeams.psd1")),
        new("Teams:ModuleVersion", $"{TeamsCmdlets.OldestModule}"),
    ];
}
