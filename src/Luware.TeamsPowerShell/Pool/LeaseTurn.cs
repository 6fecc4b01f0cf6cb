namespace Luware.TeamsPowerShell.Pool;

/// <summary>One lease's wait for a worker, over all tries: they share its limit.</summary>
/// <param name="Asked">The timestamp of the first try.</param>
internal sealed record LeaseTurn(long Asked)
{
    /// <summary>It was given a worker once; a further try does not wait behind those who asked later.</summary>
    public bool HasCome { get; set; }
}
