using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.CustomerPages;

/// <summary>The page once everything is verified: what comes next, and each object before and now.</summary>
public sealed partial class VerifiedPanel
{
    [Parameter, EditorRequired] public required OnboardingView View { get; set; }

    [Parameter] public bool Reading { get; set; }

    /// <summary>The test calls, which come next.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    [Parameter] public EventCallback Again { get; set; }

    private IEnumerable<string> Lead => new[] { Text, Reached, Days is > 0 and var days ? Say.Count("Verified.Old", days) : null }.OfType<string>();

    private string Text => OldestReading is not { } at ? Say["Verified.TextAllByHand"]
        : ByHand.Count == 0 && Clock.Text(at) is var from && Clock.Text(LatestReading!.Value) is var to
            ? from == to ? Say["Verified.Text", Clock.In(Say, at)] : Say["Verified.TextBetween", from, to]
        : Say["Verified.TextByHand", Clock.In(Say, at), string.Join(", ", ByHand)];

    private IReadOnlyList<string> ByHand => [.. View.Steps.Where(s => s.Status == StepStatus.VerifiedByHand).Select(s => Say.Step(s.Step))];

    /// <summary>Null if people vouch for every step.</summary>
    private DateTimeOffset? OldestReading => View.Steps.Where(s => s.Status == StepStatus.Verified).Min(s => s.Plan?.ReadAt);

    private DateTimeOffset? LatestReading => View.Steps.Where(s => s.Status == StepStatus.Verified).Max(s => s.Plan?.ReadAt);

    /// <summary>How many people the policy has reached, while it is on its way to others.</summary>
    private string? Reached =>
        View.Steps.SelectMany(s => s.Plan?.Objects ?? []).Select(o => o.Spread).OfType<Spread>().ToList() is var spreads && spreads.Exists(s => s.OnTheWay > 0)
            ? Say["Verified.Reached", spreads.Sum(s => s.InForce), spreads.Sum(s => s.Total)]
            : null;

    private int Days => LatestReading is { } at ? (Clock.Now.Date - Clock.Local(at).Date).Days : 0;

    private string Before(string step, PlannedObject item) =>
        View.Run?.Before.FirstOrDefault(b => b.Step == step && b.Key == item.Key) is { } before ? $"Was.{before.State}" : "Was.Nobody";
}
