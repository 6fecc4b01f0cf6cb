using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Grants;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Onboarding;

/// <summary>Guides through the calls that show whether recording works, and keeps what a person told of them.</summary>
public sealed partial class TestCallPanel
{
    [Inject] public required IAftercare Aftercare { get; init; }

    [Parameter, EditorRequired] public required OnboardingView View { get; set; }

    /// <summary>The groups get the policy only after the test user has tried it.</summary>
    private bool IsGateOpen => TriedBy is not null;

    private string? TriedBy => View.Run?.Waits.Select(w => w.Gate?.TriedBy).FirstOrDefault(name => name is not null);

    /// <summary>For whom the policy is in force by the latest reading.</summary>
    private string? Caller => TriedBy ?? (InForce.Any() ? string.Join(", ", InForce) : null);

    private IEnumerable<string> InForce => View.Steps.SelectMany(s => s.Plan?.Objects ?? [])
        .Where(o => o.State == ObjectState.Found && o.Key.StartsWith(GrantsStep.EffectPrefix, StringComparison.Ordinal)).Select(o => o.Name);

    /// <summary>Where a test call is the next thing to do: a test user has the policy alone, or a call that failed holds the others up.</summary>
    /// <param name="step">Only what this step waits for.</param>
    public static bool IsNext(OnboardingView view, string? step = null) => !view.IsHanded && view.Run?.Waits
        .Any(w => (step is null || w.Step == step) && (w.Gate is { TriedBy: not null, ReadyFlag: true } || w.For.Key == TestCalls.Stand.Key)) == true;

    private async Task TellAsync(TestCallKind kind, bool worked) => await DecideAsync((who, token) => Aftercare.RecordTestCallAsync(who, kind, worked, token));
}
