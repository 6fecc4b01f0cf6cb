using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Luware.Onboarding.Tenants;

/// <summary>A page of Luware's own people: it knows who is there, and takes its contents away once the session or the role has ended.</summary>
public abstract class DeskPage : AskingComponent
{
    private Actor? who;
    private Task working = Task.CompletedTask;

    [Inject] public required Staff Staff { get; init; }

    [CascadingParameter] public required Task<AuthenticationState> Authentication { get; set; }

    /// <inheritdoc/>
    public override Actor? Who => who;

    /// <summary>They may do things; administrators of the portal see them.</summary>
    public bool MayAct => who is not null && Staff.IsSpecialist(who);

    protected bool SignedOut { get; private set; }

    public void SignOut()
    {
        SignedOut = true;
        StateHasChanged();
    }

    // Runs again when the circuit's sign-in is revalidated.
    protected override async Task OnParametersSetAsync()
    {
        var now = Actor.From((await Authentication).User);
        if (now is null)
        {
            SignedOut = true;
        }
        else if (now.Access != who?.Access)
        {
            who = now;
            working = WorkAsync(ShowAsync);
        }
    }

    /// <summary>Shows what the page is about, and goes on for as long as it changes.</summary>
    protected abstract Task ShowAsync(Actor who, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void Refuse() => SignOut();

    /// <inheritdoc/>
    protected override Task LeaveAsync() => working;

    /// <summary>Asks for what nobody waits for: what goes wrong would be lost.</summary>
    protected async Task WorkAsync(Func<Actor, CancellationToken, Task> work)
    {
        try
        {
            await AskAsync(work);
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }
}
