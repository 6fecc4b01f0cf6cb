using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.JSInterop;

namespace Luware.Portal.Operations;

/// <summary>
/// Tells open pages that the portal is restarting before their connections are cut, so that people do not read that their network has failed.
/// </summary>
internal sealed class RestartNotice
{
    /// <summary>The longest that stopping waits for a page: a sleeping browser never answers.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, IJSRuntime> _pages = new(StringComparer.Ordinal);
    private readonly Lazy<CancellationTokenRegistration> _stop;

    /// <remarks>
    /// Callbacks run in the reverse order of their registration. SignalR registers the one that cuts connections with its first endpoint; this one is
    /// registered later, with the first page, and so runs before it.
    /// </remarks>
    public RestartNotice(IHostApplicationLifetime lifetime) =>
        _stop = new(() => lifetime.ApplicationStopping.Register(() => Task.WhenAll(_pages.Values.Select(TellAsync)).GetAwaiter().GetResult()));

    private void Add(Circuit circuit, IJSRuntime page)
    {
        _pages[circuit.Id] = page;
        _ = _stop.Value;
    }

    private static async Task TellAsync(IJSRuntime page)
    {
        try
        {
            await page.InvokeVoidAsync("luware.restarting", Limit);
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The page is gone or asleep; its script reconnects in any case.
        }
    }

    /// <summary>One per circuit.</summary>
    internal sealed class Page(RestartNotice notice, IJSRuntime page) : CircuitHandler
    {
        public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            notice.Add(circuit, page);
            return Task.CompletedTask;
        }

        public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            notice._pages.TryRemove(circuit.Id, out _);
            return Task.CompletedTask;
        }
    }
}
