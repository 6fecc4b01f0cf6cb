using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Luware.Onboarding.Engine.Views;

/// <summary>Signals that something about a tenant has changed, never what: followers read the rows again.</summary>
internal sealed class RunFeed
{
    /// <summary>The tenant that each channel follows; null for all tenants.</summary>
    private readonly ConcurrentDictionary<Channel<Pulse>, Guid?> followers = new();

    /// <summary>The tenants that have followers now.</summary>
    public IReadOnlyCollection<Guid> Followed => [.. followers.Values.OfType<Guid>().Distinct()];

    /// <summary>True when somebody follows every tenant.</summary>
    public bool HasOverviews => followers.Values.Contains(null);

    public void Publish(Guid tenantId) => Signal(tenant => tenant is null || tenant == tenantId);

    public void PublishToOverviews() => Signal(tenant => tenant is null);

    public void PublishToAll() => Signal(_ => true);

    /// <summary>The first pulse comes at once; changes in quick succession come as one.</summary>
    /// <param name="tenantId">Null for every tenant.</param>
    public async IAsyncEnumerable<Pulse> FollowAsync(Guid? tenantId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<Pulse>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        followers[channel] = tenantId;
        try
        {
            yield return default;
            await foreach (var pulse in channel.Reader.ReadAllAsync(cancellationToken))
                yield return pulse;
        }
        finally
        {
            followers.TryRemove(channel, out _);
        }
    }

    private void Signal(Func<Guid?, bool> follows)
    {
        foreach (var (channel, tenant) in followers)
        {
            if (follows(tenant))
                channel.Writer.TryWrite(default);
        }
    }

    public readonly record struct Pulse;
}
