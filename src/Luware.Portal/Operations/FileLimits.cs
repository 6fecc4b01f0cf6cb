using System.Threading.RateLimiting;
using Luware.Onboarding.Engine;
using Luware.Portal.Settings;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Operations;

/// <summary>
/// Limits how many files of a kind one person may download per minute and at once: each download adds an entry to the audit, which is never deleted, and a
/// hand-over verifies the whole audit.
/// </summary>
internal sealed class FileLimits(IOptions<RateLimitSettings> settings) : IDisposable
{
    private const int AtOnce = 2;

    private readonly PartitionedRateLimiter<(FileKind Kind, Actor Actor)> _limiter = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<(FileKind, Actor), string>(asked =>
            RateLimitPartition.GetConcurrencyLimiter(Key(asked), _ => new() { PermitLimit = AtOnce })),
        PartitionedRateLimiter.Create<(FileKind, Actor), string>(asked =>
            RateLimitPartition.GetSlidingWindowLimiter(Key(asked), _ => RateLimits.Window(settings.Value.FilesPerMinuteHere))));

    /// <summary>Counts a download until its response is complete.</summary>
    /// <returns>False if it was refused; the response then says so.</returns>
    public bool TryEnter(HttpContext http, FileKind kind, Actor actor)
    {
        var lease = _limiter.AttemptAcquire((kind, actor));
        http.Response.RegisterForDispose(lease);
        if (!lease.IsAcquired)
            RateLimits.Refuse(http.Response);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();

    private static string Key((FileKind Kind, Actor Actor) asked) => $"{asked.Kind}/{asked.Actor.Access.TenantId}/{asked.Actor.Access.PersonId}";
}

internal enum FileKind
{
    Record,

    /// <summary>A script that takes a grant back. Pages save it before anything can stop a call, so other downloads must not keep it away.</summary>
    WayBack,
}
