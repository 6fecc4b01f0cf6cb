using Luware.Onboarding.Engine;
using Luware.Onboarding.Tenants.Cockpit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;

namespace Luware.Onboarding.Tenants;

/// <summary>The cockpit: every tenant, where it stands and who is waited for. The address says what is looked at; what changes shows by itself.</summary>
public sealed partial class TenantsPage : ComponentBase, IAsyncDisposable
{
    public const string Address = "tenants";

    private readonly CancellationTokenSource leaving = new();
    private CockpitView view = new();
    private CockpitPage? page;
    private CockpitFilters? filters;
    private Actor? actor;
    private bool signedOut;
    private Task following = Task.CompletedTask;

    [Inject] public required ICockpit Cockpit { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    [CascadingParameter] public required Task<AuthenticationState> Authentication { get; set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= Moved;
        await leaving.CancelAsync();
        await following;
        leaving.Dispose();
    }

    protected override void OnInitialized()
    {
        view = Here();
        Navigation.LocationChanged += Moved;
    }

    // Runs again when the circuit's sign-in is revalidated.
    protected override async Task OnParametersSetAsync()
    {
        var now = Actor.From((await Authentication).User);
        if (now is null)
            signedOut = true;
        else if (now.Access != actor?.Access)
            (actor, following) = (now, FollowAsync(now));
    }

    private CockpitView Here() => CockpitView.Parse(new Uri(Navigation.Uri).Query);

    /// <summary>Typing goes over the last address, so that going back does not go letter by letter.</summary>
    private void Go(CockpitView next) => Navigation.NavigateTo(next.ToAddress(Address), replace: next with { Search = view.Search } == view);

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        if (Here() is var next && next != view && actor is { } who)
            _ = InvokeAsync(() => GuardAsync(token => ShowAsync(who, next, token)));
    }

    private Task FollowAsync(Actor who) => GuardAsync(async token =>
    {
        await foreach (var _ in Cockpit.FollowAsync(who, token))
        {
            filters = await Cockpit.ReadFiltersAsync(who, token);
            await ShowAsync(who, view, token);
        }
    });

    private async Task ShowAsync(Actor who, CockpitView next, CancellationToken cancellationToken)
    {
        view = next;
        var found = await Cockpit.ReadAsync(who, next, cancellationToken);
        // Somebody who types fast asks for the next before the last is there.
        if (next != view)
            return;

        page = found;
        StateHasChanged();
    }

    private async Task GuardAsync(Func<CancellationToken, Task> act)
    {
        try
        {
            await act(leaving.Token);
        }
        catch (UnauthorizedAccessException)
        {
            signedOut = true;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The page is going.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }
}
