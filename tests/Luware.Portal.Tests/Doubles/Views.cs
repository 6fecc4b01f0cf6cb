using Luware.Onboarding.Engine;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps;
using Luware.Onboarding.Texts;

namespace Luware.Portal.Tests.Doubles;

/// <summary>The engine's stored view of a tenant, as far as the host uses it.</summary>
internal static class Views
{
    /// <param name="consented">Numbers of the applications whose consent the latest reading found.</param>
    public static OnboardingView Of(Region region, Guid entraTenantId, params IEnumerable<int> consented)
    {
        var none = new Sentence("None");
        // Each application also has an informative object, which does not count as consent.
        var objects = region.Applications.SelectMany(a => new[]
        {
            new PlannedObject(
                ConsentActions.ObjectOf(a), a.DisplayName, none, consented.Contains(a.Number) ? ObjectState.Found : ObjectState.Missing, none, ""),
            new PlannedObject($"assignment/{a.Key}", a.DisplayName, none, ObjectState.Found, none, "") { IsAside = true },
        });
        var plan = new StepPlan("consent", none, none, [.. objects], new Dictionary<string, string>(StringComparer.Ordinal), []);
        var tenant = new OnboardingTenant(Guid.NewGuid(), entraTenantId, "A customer", Ready: false);
        var step = new StepView("consent", StepStatus.Ready, null, plan, null);
        return new OnboardingView(tenant, region, StepChoices.None, [step], null, null, WritesStopped: false);
    }

    /// <summary>A waiting run that includes only these steps.</summary>
    public static RunView RunOver(params IEnumerable<string> steps) => new(
        Guid.CreateVersion7(), RunKind.Apply, RunState.Waiting, DateTimeOffset.UnixEpoch, "Somebody", [], [], [])
    {
        Steps = steps.ToHashSet(StringComparer.Ordinal),
    };
}
