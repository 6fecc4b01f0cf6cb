namespace Luware.TeamsPowerShell.Pool;

/// <summary>How many workers and waiting leases there are at this moment.</summary>
internal sealed record StockCount(int Warm, int Leased, int Starting, int Waiting);
