namespace Luware.Portal.Tokens;

/// <summary>The named HTTP clients; every request of the portal to Microsoft uses one of them.</summary>
public static class BackChannels
{
    /// <summary>Metadata, keys and tokens.</summary>
    public const string Entra = "entra";

    public const string Graph = "graph";

    /// <summary>Azure Resource Manager.</summary>
    public const string Azure = "azure";

    public const string Blobs = "blobs";
}
