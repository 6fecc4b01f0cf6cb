using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Luware.Onboarding.Tenants;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;

namespace Luware.Onboarding.CustomerPages;

/// <summary>
/// Follows the engine for one circuit and passes on a snapshot at once, then every change, to the components inside. While the portal's database is
/// unavailable it keeps what is shown, says so, and tries again.
/// </summary>
public sealed partial class Following : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private CustomerState state = CustomerState.Loading;
    private Rounds rounds = null!;
    private Actor? followed;
    private Task following = Task.CompletedTask;

    [Inject] public required IEngine Engine { get; init; }
    [Inject] public required PersonClock Clock { get; init; }
    [Inject] public required IJSRuntime Js { get; init; }
    [Inject] public required Staff Staff { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required TimeProvider Time { get; init; }
    [Inject] public required ILogger<Following> OutageLog { get; init; }

    [CascadingParameter] public required Task<AuthenticationState> Authentication { get; set; }

    [Parameter, EditorRequired] public required RenderFragment ChildContent { get; set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await following;
        leaving.Dispose();
    }

    protected override void OnInitialized()
    {
        rounds = new Rounds(Time, fault => Log.StoreOutOfReach(OutageLog, fault), () => Show(state with { IsBehind = true }));
        state = state with { LookAgain = rounds.LookAgainAsync };
    }

    // Also called when the circuit's sign-in is revalidated: when the session has ended, the page's contents are removed.
    protected override async Task OnParametersSetAsync()
    {
        var actor = Actor.From((await Authentication).User);
        if (actor is null)
        {
            state = CustomerState.SignedOut;
        }
        else if (actor.Access != followed?.Access)
        {
            followed = actor;
            following = FollowAsync(actor, leaving.Token);
        }
    }

    private async Task FollowAsync(Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            await Clock.ReadZoneAsync(Js, cancellationToken);
            await rounds.ShowAsync(round => ShowAsync(actor, round), cancellationToken);
        }
        catch (UnauthorizedAccessException)
        {
            SignOut();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The circuit is closing.
        }
        catch (JSDisconnectedException)
        {
            // The browser disconnected before it reported its time zone.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    private async Task ShowAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (await Engine.ReadAsync(actor, cancellationToken) is null)
            GoElsewhere(actor);
        else
            await foreach (var view in Engine.FollowAsync(actor, cancellationToken))
                Show(new CustomerState(CustomerStateKind.Open, actor, view) { SignOut = SignOut, LookAgain = rounds.LookAgainAsync });
    }

    /// <summary>Redirects Luware's own people, who have no onboarding of their own, to the list of customers.</summary>
    private void GoElsewhere(Actor actor)
    {
        if (Staff.IsStaff(actor))
            Navigation.NavigateTo("tenants");
        else
            Show(new CustomerState(CustomerStateKind.NotCustomer, actor));
    }

    private void SignOut() => Show(CustomerState.SignedOut);

    private void Show(CustomerState next)
    {
        // Drop a view that was still being loaded when the session ended.
        if (state.Kind == CustomerStateKind.SignedOut)
            return;

        state = next;
        StateHasChanged();
    }

    private static partial class Log
    {
        [LoggerMessage(2252, LogLevel.Warning,
            "A customer's page is out of date, or did not do what it was asked, while the portal's database is out of reach; it looks again")]
        public static partial void StoreOutOfReach(ILogger logger, Exception exception);
    }
}
