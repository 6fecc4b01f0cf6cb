using Luware.Onboarding.Engine;
using Luware.Onboarding.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.Tenants;

/// <summary>
/// A page for Luware's own people. It knows the signed-in person, and removes its contents once the session or the role has ended. While the portal's database
/// is unavailable it keeps what is shown and typed, says so, and tries again.
/// </summary>
public abstract partial class DeskPage : AskingComponent
{
    /// <summary>The smallest unit of the ages that a page shows, such as "5 minutes ago".</summary>
    private static readonly TimeSpan AgesGrow = TimeSpan.FromMinutes(1);

    private Rounds? rounds;
    private Actor? who;
    private Task working = Task.CompletedTask;
    private PeriodicTimer? minute;
    private Task ageing = Task.CompletedTask;

    [Inject] public required Staff Staff { get; init; }
    [Inject] public required ILogger<DeskPage> OutageLog { get; init; }

    [CascadingParameter] public required Task<AuthenticationState> Authentication { get; set; }

    /// <inheritdoc/>
    public override Actor? Who => who;

    /// <summary>True for specialists; administrators of the portal may only look.</summary>
    public bool MayAct => who is not null && Staff.IsSpecialist(who);

    protected bool SignedOut { get; private set; }

    /// <summary>True while what is shown cannot be updated.</summary>
    protected bool IsBehind { get; private set; }

    public void SignOut()
    {
        SignedOut = true;
        StateHasChanged();
    }

    /// <summary>Starts again after an outage that the stream of changes may not have noticed.</summary>
    public Task LookAgainAsync(Exception fault) => rounds?.LookAgainAsync(fault) ?? Task.CompletedTask;

    protected override void OnInitialized()
    {
        minute = new PeriodicTimer(AgesGrow, Time);
        ageing = AgeAsync(minute);
    }

    // Also called when the circuit's sign-in is revalidated.
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

    /// <summary>Shows the page's content and follows its changes. Started again after an outage.</summary>
    protected abstract Task ShowAsync(Actor who, CancellationToken cancellationToken);

    /// <summary>Marks what is shown as up to date.</summary>
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
    protected override async Task LeaveAsync()
    {
        minute?.Dispose();
        await ageing;
        await working;
    }

    /// <summary>Runs work that nobody awaits, so that its exceptions are not lost.</summary>
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

    /// <summary>Draws the page anew as its ages grow, also while nothing else happens.</summary>
    private async Task AgeAsync(PeriodicTimer timer)
    {
        while (await timer.WaitForNextTickAsync())
            StateHasChanged();
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
        [LoggerMessage(2253, LogLevel.Warning,
            "A page of Luware's own people is out of date, or did not do what it was asked, while the portal's database is out of reach; it looks again")]
        public static partial void StoreOutOfReach(ILogger logger, Exception exception);
    }
}
