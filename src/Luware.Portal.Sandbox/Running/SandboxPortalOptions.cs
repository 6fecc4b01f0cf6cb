namespace Luware.Portal.Sandbox.Running;

/// <param name="World">Address of the running world.</param>
public sealed record SandboxPortalOptions(Uri World)
{
    /// <summary>The portal's address.</summary>
    public Uri Address { get; init; } = FreePort.Address(FreePort.ForLater());

    /// <summary>Folder of the database; null for a temporary one that is deleted when the portal stops.</summary>
    public string? Data { get; init; }

    /// <summary>The PowerShell that runs Teams commands with the stand-in module; null for the sandbox's own worker program.</summary>
    public string? PowerShell { get; init; }

    /// <summary>The customers that are being onboarded.</summary>
    public IReadOnlyList<SandboxCustomer> Customers { get; init; } = SandboxCustomer.Named;

    /// <summary>Settings that override the sandbox's own.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings { get; init; } = [];

    /// <summary>Registers services before the portal's own.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    internal static string Database(string folder) => Path.Combine(Path.GetFullPath(folder), "portal.db");
}
