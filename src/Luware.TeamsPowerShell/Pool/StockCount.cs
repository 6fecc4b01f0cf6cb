namespace Luware.TeamsPowerShell.Pool;

/// <summary>The number of workers and waiting leases at one moment.</summary>
internal sealed record StockCount(int Warm, int Leased, int Starting, int Waiting);
