using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Luware.Onboarding.Tenants;

/// <summary>A page of Luware's own people: it knows who is there, does what they ask, and takes its contents away once the session or the role has ended.</summary>
public abstract class DeskPage : FocusingComponent, IAsyncDisposable
{
    private readonly CancellationTokenSource leaving = new();
    // Asked for once the page is left, the source would say only that it is gone.
    private readonly CancellationToken left;
    private Task working = Task.CompletedTask;

    protected DeskPage() => left = leaving.Token;

    [Inject] public required Staff Staff { get; init; }

    [CascadingParameter] public required Task<AuthenticationState> Authentication { get; set; }

    /// <summary>Null until the sign-in is known.</summary>
    public Actor? Who { get; private set; }

    /// <summary>They may do things; administrators of the portal see them.</summary>
    public bool MayAct => Who is { } who && Staff.IsSpecialist(who);

    protected bool SignedOut { get; private set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Carries out what the person asks for; what goes wrong beyond the expected stays in the page's panel.</summary>
    public async Task AskAsync(Func<Actor, CancellationToken, Task> act)
    {
        try
        {
            await act(Who ?? throw new UnauthorizedAccessException("Nobody is signed in."), left);
        }
        catch (UnauthorizedAccessException)
        {
            SignedOut = true;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // The page is going.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    // Runs again when the circuit's sign-in is revalidated.
    protected override async Task OnParametersSetAsync()
    {
        var now = Actor.From((await Authentication).User);
        if (now is null)
        {
            SignedOut = true;
        }
        else if (now.Access != Who?.Access)
        {
            Who = now;
            working = AskAsync(ShowAsync);
        }
    }

    /// <summary>Shows what the page is about, and goes on for as long as it changes.</summary>
    protected abstract Task ShowAsync(Actor who, CancellationToken cancellationToken);

    protected virtual async Task LeaveAsync()
    {
        await leaving.CancelAsync();
        await working;
        leaving.Dispose();
    }
}
