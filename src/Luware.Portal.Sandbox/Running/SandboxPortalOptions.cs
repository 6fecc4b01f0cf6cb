namespace Luware.Portal.Sandbox.Running;

/// <param name="World">Address of the running world.</param>
public sealed record SandboxPortalOptions(Uri World)
{
    /// <summary>Where the portal listens.</summary>
    public Uri Address { get; init; } = FreePort.Address(FreePort.From(0));

    /// <summary>Folder of the database; null for a temporary one that goes when the portal stops.</summary>
    public string? Data { get; init; }

    /// <summary>The PowerShell that runs Teams commands, with the module that stands in for Microsoft's; null for the sandbox's own worker program.</summary>
    public string? PowerShell { get; init; }

    /// <summary>Who is being onboarded.</summary>
    public IReadOnlyList<SandboxCustomer> Customers { get; init; } = SandboxCustomer.Named;

    /// <summary>Settings that win over the sandbox's own.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings { get; init; } = [];

    /// <summary>What is registered before the portal's own services.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };

    internal static string Database(string folder) => Path.Combine(Path.GetFullPath(folder), "portal.db");
}
