using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;

namespace Luware.Portal.Tests.Doubles;

/// <summary>What the engine has stored of a tenant, as far as the host looks at it.</summary>
internal static class Views
{
    /// <param name="consented">Numbers of the applications whose consent the latest reading found.</param>
    public static OnboardingView Of(Region region, Guid entraTenantId, params IEnumerable<int> consented)
    {
        var none = new Sentence("None");
        var objects = region.Applications
            .Select(a => new PlannedObject($"consent/{a.Number}", a.DisplayName, none, consented.Contains(a.Number) ? ObjectState.Found : ObjectState.Missing, none, ""));
        var plan = new StepPlan("consent", DateTimeOffset.UnixEpoch, none, none, [.. objects], new Dictionary<string, string>(StringComparer.Ordinal), []);
        var tenant = new OnboardingTenant(Guid.NewGuid(), entraTenantId, "A customer", Ready: false);
        return new OnboardingView(tenant, region, StepChoices.None, [new StepView("consent", StepStatus.Ready, null, plan, null)], null, null, WritesStopped: false);
    }

    /// <summary>A run that waits and is about these steps alone.</summary>
    public static RunView RunOver(params IEnumerable<string> steps) => new(
        Guid.CreateVersion7(), RunKind.Apply, RunState.Waiting, DateTimeOffset.UnixEpoch, "Somebody", [], [], [])
    {
        Steps = steps.ToHashSet(StringComparer.Ordinal),
    };
}
