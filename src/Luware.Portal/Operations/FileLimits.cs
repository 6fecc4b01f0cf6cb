using System.Threading.RateLimiting;
using Luware.Onboarding.Engine;
using Luware.Portal.Settings;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

/// <summary>
/// Limits how many files one person may download per minute and at once: each download adds an entry to the audit, which is never deleted, and a hand-over
/// verifies the whole audit.
/// </summary>
internal sealed class FileLimits(IOptions<RateLimitSettings> settings) : IDisposable
{
    private const int AtOnce = 2;

    private readonly PartitionedRateLimiter<Actor> _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<Actor, string>(actor => RateLimitPartition.GetConcurrencyLimiter(Person(actor), _ => new() { PermitLimit = AtOnce })),
        PartitionedRateLimiter.Create<Actor, string>(actor =>
            RateLimitPartition.GetSlidingWindowLimiter(Person(actor), _ => RateLimits.Window(settings.Value.FilesPerMinuteHere))));

    /// <summary>Counts a download until its response is complete.</summary>
    /// <returns>False if it was refused; the response then says so.</returns>
    public bool TryEnter(HttpContext http, Actor actor)
    {
        var lease = _limiter.AttemptAcquire(actor);
        http.Response.RegisterForDispose(lease);
        if (!lease.IsAcquired)
            RateLimits.Refuse(http.Response);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();

    private static string Person(Actor actor) => $"{actor.Access.TenantId}/{actor.Access.PersonId}";
}
