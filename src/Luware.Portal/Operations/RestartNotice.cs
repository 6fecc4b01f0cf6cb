using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.JSInterop;

namespace Luware.Portal.Operations;

/// <summary>Tells open pages that the portal restarts, before the connections are cut: their people then read that, and not that their network has failed.</summary>
internal sealed class RestartNotice
{
    /// <summary>A browser that sleeps answers nothing; nobody's stop waits longer for it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, IJSRuntime> _pages = new(StringComparer.Ordinal);
    private readonly Lazy<CancellationTokenRegistration> _stop;

    /// <remarks>
    /// What is registered last is called first. SignalR cuts every connection in a call of its own, which it registers with its first endpoint: ours is
    /// registered with the first page, and holds that one up until pages have heard.
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
            // The page is gone, or asleep: its script connects anew all the same.
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
