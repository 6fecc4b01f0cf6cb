namespace Luware.Portal.Operations;

internal static class HealthPaths
{
    public const string Root = "/health";

    /// <summary>The process answers.</summary>
    public const string Live = $"{Root}/live";

    /// <summary>It can serve people: database, key ring, and a worker that has imported the module.</summary>
    public const string Ready = $"{Root}/ready";
}
