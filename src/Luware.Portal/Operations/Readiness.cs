using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Luware.Portal.Operations;

/// <summary>Tells whether the portal can serve people. Anybody may ask, and each check queries the database, so an answer is reused for two seconds.</summary>
internal sealed class Readiness(HealthCheckService checks, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _one = new(1);
    private HealthReport? _last;
    private long _asked;

    public async Task<HealthReport> AskAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_last is null || time.GetElapsedTime(_asked) >= Fresh)
            {
                _last = await checks.CheckHealthAsync(cancellationToken);
                _asked = time.GetTimestamp();
            }

            return _last;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
