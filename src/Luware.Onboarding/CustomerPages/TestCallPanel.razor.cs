using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Steps.Policies;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.CustomerPages;

/// <summary>Guides through the test calls that show whether recording works, policy by policy, and stores their reported results.</summary>
public sealed partial class TestCallPanel
{
    private List<string> policies = [];

    [Inject] public required IAftercare Aftercare { get; init; }

    [Parameter, EditorRequired] public required OnboardingView View { get; set; }

    /// <summary>Groups get the policy only after the test user has tried it.</summary>
    private bool IsGateOpen => TriedBy is not null;

    private string? TriedBy => View.Run?.Waits.Select(w => w.Gate?.TriedBy).FirstOrDefault(name => name is not null);

    /// <summary>True if a test call is the next task: only a test user has the policy, or a failed call holds up the others.</summary>
    /// <param name="step">Considers only the waits of this step.</param>
    public static bool IsNext(OnboardingView view, string? step = null) => !view.IsHanded && view.Run?.Waits
        .Any(w => (step is null || w.Step == step) && (w.Gate is { TriedBy: not null, ReadyFlag: true } || w.For.Key == TestCalls.Stand.Key)) == true;

    /// <summary>True if somebody reported a test call of each kind with each policy, and the latest of each worked.</summary>
    public static bool HaveAllWorked(OnboardingView view) => PoliciesOf(view).TrueForAll(policy =>
        Enum.GetValues<TestCallKind>().All(kind => view.TestCalls.Any(c => c.Worked && c.Kind == kind && c.IsOf(policy))));

    protected override void OnParametersSet() => policies = PoliciesOf(View);

    /// <summary>
    /// Policies that are in force for a test user according to the latest reading, or with which a call has failed; if there are none, the first chosen one.
    /// </summary>
    private static List<string> PoliciesOf(OnboardingView view)
    {
        var failed = view.TestCalls.Where(c => !c.Worked).Select(c => c.Policy);
        var tried = InForce(view).Select(o => o.What.Arguments[0]).Concat(failed).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return tried.Count > 0 ? tried : [view.Choices.Get<PoliciesChoice>(PoliciesStep.StepName).Policies[0].Name];
    }

    /// <summary>Rows of test users for whom a policy is in force, with the policy's name as the argument of their sentence.</summary>
    private static IEnumerable<PlannedObject> InForce(OnboardingView view) => view.Steps.SelectMany(s => s.Plan?.Objects ?? [])
        .Where(o => o is { State: ObjectState.Found, What.Key: GrantsStep.InForce });

    /// <summary>The people for whom the policy is in force according to the latest reading.</summary>
    private string? CallerOf(string policy)
    {
        var has = InForce(View).Where(o => string.Equals(o.What.Arguments[0], policy, StringComparison.OrdinalIgnoreCase));
        return has.Select(o => o.Name).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } names ? string.Join(", ", names)
            : policies.Count == 1 ? TriedBy
            : null;
    }

    private async Task TellAsync(TestCallKind kind, string policy, bool worked) =>
        await DecideAsync((who, token) => Aftercare.RecordTestCallAsync(who, kind, policy, worked, token));
}
