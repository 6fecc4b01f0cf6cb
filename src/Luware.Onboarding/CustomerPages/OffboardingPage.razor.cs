using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Offboarding;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;

namespace Luware.Onboarding.CustomerPages;

/// <summary>The end of recording as a plan: read afresh, shown completely, approved by typing the tenant's name.</summary>
public sealed partial class OffboardingPage
{
    private TenantReading reading = null!;
    private OffboardingPlan? plan;
    private string typed = "";
    private bool hasLooked;

    [Inject] public required IAftercare Aftercare { get; init; }
    [Inject] public required ILogger<TenantReading> ReadingLog { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    private OnboardingView? View => State.View;
    private bool IsSignedOut => State.Kind == CustomerStateKind.SignedOut || reading.Problem == ReadingProblem.SignedOut;

    private bool IsOnItsWay => View!.Run is { Kind: RunKind.Offboard } run && run.State.IsActive();

    /// <summary>The number of people whose calls will no longer be recorded; a person in several groups counts in each.</summary>
    private int People => plan!.Steps.SelectMany(s => s.Actions).Sum(a => a.Impact.People);

    private bool IsTyped => string.Equals(typed.Trim(), View!.Tenant.Name, StringComparison.OrdinalIgnoreCase);

    private bool CanApprove => IsTyped && !plan!.IsUnread && !IsBusy && reading.Since is null && !View!.WritesStopped;

    private string ReadWord => this switch
    {
        { reading.Since: not null } or { plan: null, reading.Problem: ReadingProblem.None } => Say["Plan.ReadingAgain"],
        { plan: { } read } => Say["Plan.ReadAt", Clock.In(Say, read.ReadAt)],
        _ => "",
    };

    private string ConditionWord => this switch
    {
        { Problem: { } sentence } => Say[sentence],
        { View.WritesStopped: true } => Say["Decision.Stopped"],
        { plan.IsUnread: true } => Say["Offboarding.Unread"],
        { IsTyped: false } => Say["Offboarding.TypeFirst"],
        _ => Say["Offboarding.Slowly"],
    };

    protected override void OnInitialized() =>
        reading = new TenantReading(
            LookAsync, Time, ReadingLog, fault => _ = InvokeAsync(() => State.LookAgain(fault)), () => _ = InvokeAsync(StateHasChanged));

    protected override async Task OnParametersSetAsync()
    {
        if (State.Kind != CustomerStateKind.Open || View!.IsWithheld || View.IsHanded || hasLooked)
            return;

        hasLooked = true;
        await ReadAsync();
    }

    protected override async Task LeaveAsync() => await reading.DisposeAsync();

    private Task ReadAsync()
    {
        Problem = null;
        return reading.StartAsync(State.Actor!, TimeSpan.Zero);
    }

    private async Task LookAsync(Actor actor, CancellationToken cancellationToken) => plan = await Aftercare.PlanOffboardingAsync(actor, cancellationToken);

    private void Type(ChangeEventArgs change) => typed = change.Value?.ToString() ?? "";

    private async Task ApproveAsync()
    {
        if (await DecideAsync((who, token) => Aftercare.OffboardAsync(who, plan!, token)))
            Navigation.NavigateTo("onboarding");
    }
}
