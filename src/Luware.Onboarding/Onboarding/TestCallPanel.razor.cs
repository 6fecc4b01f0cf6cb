using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Grants;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Onboarding;

/// <summary>Guides through the test calls that show whether recording works, and stores their reported results.</summary>
public sealed partial class TestCallPanel
{
    [Inject] public required IAftercare Aftercare { get; init; }

    [Parameter, EditorRequired] public required OnboardingView View { get; set; }

    /// <summary>Groups get the policy only after the test user has tried it.</summary>
    private bool IsGateOpen => TriedBy is not null;

    private string? TriedBy => View.Run?.Waits.Select(w => w.Gate?.TriedBy).FirstOrDefault(name => name is not null);

    /// <summary>The people for whom the policy is in force according to the latest reading.</summary>
    private string? Caller => TriedBy ?? (InForce.Any() ? string.Join(", ", InForce) : null);

    private IEnumerable<string> InForce => View.Steps.SelectMany(s => s.Plan?.Objects ?? [])
        .Where(o => o.State == ObjectState.Found && o.Key.StartsWith(GrantsStep.EffectPrefix, StringComparison.Ordinal)).Select(o => o.Name);

    /// <summary>True if a test call is the next task: only a test user has the policy, or a failed call holds up the others.</summary>
    /// <param name="step">Considers only the waits of this step.</param>
    public static bool IsNext(OnboardingView view, string? step = null) => !view.IsHanded && view.Run?.Waits
        .Any(w => (step is null || w.Step == step) && (w.Gate is { TriedBy: not null, ReadyFlag: true } || w.For.Key == TestCalls.Stand.Key)) == true;

    /// <summary>True if somebody reported a test call of each kind, and the latest of each worked.</summary>
    public static bool HaveAllWorked(OnboardingView view) =>
        view.TestCalls.Count == Enum.GetValues<TestCallKind>().Length && view.TestCalls.All(c => c.Worked);

    private async Task TellAsync(TestCallKind kind, bool worked) => await DecideAsync((who, token) => Aftercare.RecordTestCallAsync(who, kind, worked, token));
}
