using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Luware.Onboarding.Tenants;

/// <summary>The cockpit: every tenant, its state, and who is waited for. The address determines the view; changes appear automatically.</summary>
public sealed partial class TenantsPage
{
    private const string Address = "tenants";

    private CockpitView view = new();
    private CockpitFilters? filters;

    // The rows that are there, with the view that asked for them: the address may be ahead of both.
    private (CockpitView View, CockpitPage Page)? found;

    [Inject] public required ICockpit Cockpit { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required LastList List { get; init; }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        view = Here();
        Navigation.LocationChanged += Moved;
    }

    protected override async Task ShowAsync(Actor who, CancellationToken cancellationToken)
    {
        await foreach (var _ in Cockpit.FollowAsync(who, cancellationToken))
        {
            filters = await Cockpit.ReadFiltersAsync(who, cancellationToken);
            await ReadAsync(who, view, cancellationToken);
        }
    }

    protected override Task LeaveAsync()
    {
        Navigation.LocationChanged -= Moved;
        return base.LeaveAsync();
    }

    private CockpitView Here() => CockpitView.Parse(new Uri(Navigation.Uri).Query);

    /// <summary>Replaces the current address while typing, so that going back does not undo single letters.</summary>
    private void Go(CockpitView next) => Navigation.NavigateTo(next.ToAddress(Address), replace: next with { Search = view.Search } == view);

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        // Ignore navigation to other pages.
        if (new Uri(e.Location).AbsolutePath == $"/{Address}" && Here() is var next && next != view && Who is not null)
            _ = InvokeAsync(() => WorkAsync((who, token) => ReadAsync(who, next, token)));
    }

    private async Task ReadAsync(Actor who, CockpitView next, CancellationToken cancellationToken)
    {
        view = next;
        List.Address = view.ToAddress(Address);
        var page = await Cockpit.ReadAsync(who, next, cancellationToken);
        // A fast typist may ask for the next page before the last one has arrived.
        if (next != view)
            return;

        found = (next, page);
        ShowNow();
    }
}
