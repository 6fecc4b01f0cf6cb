using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Policies;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>A policy of step 4, reduced to what grants need.</summary>
internal sealed record WantedPolicy(string Name, bool CanStopCalls)
{
    public bool Is(string? policy) => TeamsAnswers.IsSameName(policy, Name);

    public static IReadOnlyList<WantedPolicy> AllOf(StepContext context) =>
        [.. context.Choices.Get<PoliciesChoice>(PoliciesStep.StepName).Policies.Select(p => new WantedPolicy(p.Name, p.CanStopCalls))];

    /// <summary>The policy chosen for a group, or the first one if none was chosen or the chosen one is no longer wanted.</summary>
    public static WantedPolicy Of(StepContext context, GrantsChoice choice, string identity) =>
        Named(AllOf(context), choice.PolicyOf.GetValueOrDefault(identity));

    public static WantedPolicy Of(StepContext context, WantedException exception) => Named(AllOf(context), exception.Policy);

    /// <summary>The policy that a test user proves: the policy of the first group that they test.</summary>
    public static WantedPolicy OfTester(StepContext context, GrantsChoice choice, Guid user)
    {
        var tested = RecordedUsers.IdentitiesOf(context, choice).FirstOrDefault(i => RecordedUsers.TestersOf(context, choice, i).Contains(user));
        return Of(context, choice, tested ?? string.Empty);
    }

    private static WantedPolicy Named(IReadOnlyList<WantedPolicy> policies, string? name) => policies.FirstOrDefault(p => p.Is(name)) ?? policies[0];
}
