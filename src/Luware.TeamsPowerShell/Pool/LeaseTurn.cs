namespace Luware.TeamsPowerShell.Pool;

/// <summary>One lease's wait for a worker. All its tries share one time limit.</summary>
/// <param name="asked">The timestamp of the first try.</param>
internal sealed class LeaseTurn(long asked)
{
    public long Asked => asked;

    /// <summary>True once the lease was given a worker: a further try does not queue behind leases that came later.</summary>
    public bool HasCome { get; set; }
}
