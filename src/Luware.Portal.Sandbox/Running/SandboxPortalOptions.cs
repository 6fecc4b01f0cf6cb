namespace Luware.Portal.Sandbox.Running;

/// <param name="World">Address of the running world.</param>
public sealed record SandboxPortalOptions(Uri World)
{
    private const string DatabaseName = "portal.db";

    /// <summary>Where the portal listens.</summary>
    public Uri Address { get; init; } = FreePort.Address(FreePort.From(0));

    /// <summary>Folder of the database; null for a temporary one that goes when the portal stops.</summary>
    public string? Data { get; init; }

    /// <summary>Settings that win over the sandbox's own.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings { get; init; } = [];

    public void ForgetEverything()
    {
        if (Data is null || !Directory.Exists(Data))
            return;
        foreach (var file in Directory.EnumerateFiles(Data, DatabaseName + "*"))
            File.Delete(file);
    }

    internal static string Database(string folder) => Path.Combine(Path.GetFullPath(folder), DatabaseName);
}
