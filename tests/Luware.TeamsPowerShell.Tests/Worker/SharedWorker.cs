using Luware.TeamsPowerShell.Tests.Processes;

namespace Luware.TeamsPowerShell.Tests.Worker;

/// <summary>One connected worker per PowerShell, shared by all tests of a class that leave it unchanged, because starting PowerShell takes long.</summary>
public sealed class SharedWorker : IAsyncDisposable
{
    private readonly Dictionary<string, (TestPool Pool, ITeamsLease Lease)> _workers = [];

    public Guid Tenant { get; } = Guid.NewGuid();

    /// <summary>The output of the worker's streams since the last lease was requested.</summary>
    public IList<TeamsOutput> Output { get; } = [];

    public async Task<ITeamsLease> LeaseAsync(string powerShell)
    {
        if (!_workers.TryGetValue(powerShell, out var worker))
        {
            var pool = ScriptPool.Create(powerShell, options => options.Retries = 0);
            worker = (pool, await pool.LeaseAsync(Tenant, output: Output.Add));
            _workers.Add(powerShell, worker);
        }
        Output.Clear();
        return worker.Lease;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (pool, lease) in _workers.Values)
        {
            await lease.DisposeAsync();
            await pool.DisposeAsync();
        }
    }
}
