using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Tenants;

/// <summary>
/// A page of Luware's own people: it knows who is there, and takes its contents away once the session or the role has ended. While the portal's
/// database is out of reach it keeps what it shows and what was typed, says so, and looks again.
/// </summary>
public abstract partial class DeskPage : AskingComponent
{
    private Rounds? rounds;
    private Actor? who;
    private Task working = Task.CompletedTask;

    [Inject] public required Staff Staff { get; init; }
    [Inject] public required ILogger<DeskPage> OutageLog { get; init; }

    [CascadingParameter] public required Task<AuthenticationState> Authentication { get; set; }

    /// <inheritdoc/>
    public override Actor? Who => who;

    /// <summary>They may do things; administrators of the portal see them.</summary>
    public bool MayAct => who is not null && Staff.IsSpecialist(who);

    protected bool SignedOut { get; private set; }

    /// <summary>What is shown cannot be brought up to date now; it is tried again.</summary>
    protected bool IsBehind { get; private set; }

    public void SignOut()
    {
        SignedOut = true;
        StateHasChanged();
    }

    /// <summary>What follows the changes may have noticed nothing: it begins anew.</summary>
    public Task LookAgainAsync(Exception fault) => rounds?.LookAgainAsync(fault) ?? Task.CompletedTask;

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
            working = WorkAsync(ShowOnAsync);
        }
    }

    /// <summary>Shows what the page is about, and goes on for as long as it changes. Begun anew after an outage.</summary>
    protected abstract Task ShowAsync(Actor who, CancellationToken cancellationToken);

    /// <summary>What is shown is what stands in the database.</summary>
    protected void ShowNow()
    {
        IsBehind = false;
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override Task FallBehindAsync(Exception fault) => LookAgainAsync(fault);

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

    private Task ShowOnAsync(Actor actor, CancellationToken left) =>
        (rounds ??= new Rounds(Time, fault => Log.StoreOutOfReach(OutageLog, fault), FallBehind)).ShowAsync(round => ShowAsync(actor, round), left);

    private void FallBehind()
    {
        IsBehind = true;
        StateHasChanged();
    }

    private static partial class Log
    {
        [LoggerMessage(2253, LogLevel.Warning, "A page of Luware's own people is out of date, or did not do what it was asked, while the portal's database is out of reach; it looks again")]
        public static partial void StoreOutOfReach(ILogger logger, Exception exception);
    }
}
