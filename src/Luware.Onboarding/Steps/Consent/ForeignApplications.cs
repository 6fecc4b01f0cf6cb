using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Consent;

/// <summary>
/// Recording applications that another organization than Luware publishes. The publisher can be read only once the tenant has the application, which is after
/// the consent, so the steps that whitelist the application, invite it into a policy or grant that policy follow the consent in the catalog, and ask here.
/// </summary>
internal static class ForeignApplications
{
    private const string Prefix = $"{ConsentStep.StepName}/foreign/";

    public static void Remember(Dictionary<string, string> outputs, ConsentReading reading)
    {
        if (reading.IsForeign)
            outputs[Prefix + reading.Application.Key] = $"{reading.Application.ApplicationId}";
    }

    /// <summary>True until Luware has entered another id for the application.</summary>
    public static bool Contain(StepContext context, ConsentApplication application) =>
        context.Find(Prefix + application.Key) == $"{application.ApplicationId}";

    /// <summary>What Luware must mend before anything is done for the region's applications; null when nothing.</summary>
    public static Sentence? Obstacle(StepContext context) =>
        context.Region.Applications.FirstOrDefault(a => Contain(context, a)) is { } foreign ? Words(foreign) : null;

    /// <summary>The whole script of a step while Luware must mend something first; null when nothing is in the way.</summary>
    public static IReadOnlyList<ScriptPart>? Script(StepContext context) => Obstacle(context) is { } obstacle
        ? [new ScriptPart.Person("application-id", obstacle)]
        : null;

    public static Sentence Words(ConsentApplication foreign) => new("Consent.WaitForId", foreign.DisplayName, $"{foreign.ApplicationId}");
}
