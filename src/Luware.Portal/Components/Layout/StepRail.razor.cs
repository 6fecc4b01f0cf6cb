using Luware.Onboarding.Engine;
using Luware.Onboarding.CustomerPages;
using Luware.Onboarding.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Luware.Portal.Components.Layout;

/// <summary>The list of steps with their states and whom they are waiting for; marks the current page.</summary>
public sealed partial class StepRail : ComponentBase, IDisposable
{
    private bool _open;

    [Inject] public required PersonClock Clock { get; init; }

    [CascadingParameter] public required CustomerState State { get; set; }

    public void Dispose() => Navigation.LocationChanged -= Moved;

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    /// <summary>Counts a skipped step as complete.</summary>
    private string Progress(OnboardingView view, string key)
    {
        var skipped = view.Steps.Count(s => s.Status == StepStatus.Skipped);
        var verified = Say[key, view.Steps.Count(s => s.Status.IsVerified()), view.Steps.Count - skipped];
        return skipped == 0 ? verified : $"{verified}, {Say.Count("Rail.Skipped", skipped)}";
    }

    private string? Who(StepView step) => step switch
    {
        { Status: StepStatus.Verified, VerifiedAt: { } at } => Clock.Text(at),
        { Detail: { } detail } => Say[detail],
        _ => null,
    };

    private string? Current(string path) =>
        string.Equals(new Uri(Navigation.Uri).AbsolutePath.Trim('/'), path, StringComparison.OrdinalIgnoreCase) ? "page" : null;

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        _open = false;
        _ = InvokeAsync(StateHasChanged);
    }
}
