using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Settings;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.Consent;

/// <summary>
/// Step 2 of the article: the customer consents to the permissions of the recording applications. Only a person can do that, on Microsoft's page.
/// </summary>
public sealed class ConsentStep(IDirectory directory, TimeProvider time, IOptions<OwnApplicationOptions> own) : IStep
{
    public const string StepName = "consent";

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles => AdminConsent.Roles;

    public string? RestsOn(Region region) =>
        RegionTexts.Of(region.Applications.Select(a => $"{a.ApplicationId}"), RequiredPermissions.Recording.All.Select(p => $"{p.Id}"));

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        var objects = new List<PlannedObject>();
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var consent in Consents(context))
        {
            var reading = await consent.ReadAsync(directory, context, cancellationToken);
            objects.Add(consent.Describe(context, reading));
            if (consent.AssignmentNeeded(reading) is { } assignment)
                objects.Add(assignment);
            consent.Remember(outputs, context, reading);
            ForeignApplications.Remember(outputs, reading);
        }

        return new StepPlan(StepName, new Sentence("Consent.Choice"), Why(objects.Count(o => o.Action is not null)), objects, outputs, []);
    }

    public async Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        var consent = Consents(context).Single(c => c.ActionKey == action.Key);
        return consent.Await(context, await consent.ReadAsync(directory, context, cancellationToken));
    }

    /// <summary>The applications stay: the portal may read enterprise applications but not delete them.</summary>
    public async Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var objects = new List<PlannedObject>();
        foreach (var consent in Consents(context))
        {
            if ((await consent.ReadAsync(directory, context, cancellationToken)).Stays() is { } stays)
                objects.Add(stays);
        }

        return Staying.Plan(StepName, objects);
    }

    public IReadOnlyList<ScriptPart> Script(StepContext context) => [.. Consents(context).Select(c => c.Script(context))];

    public Refusal? Explain(RemoteAnswer answer) => ConsentRefusals.Explain(answer);

    private IEnumerable<AdminConsent> Consents(StepContext context) =>
        context.Region.Applications.Select(a => new AdminConsent(StepName, a, RequiredPermissions.Recording, Words, own.Value, time));

    internal static Sentence Words(RequiredPermission permission) => new($"Permission.{permission.Name}");

    private static Sentence Why(int open) => open switch
    {
        0 => new Sentence("Consent.WhyDone"),
        1 => new Sentence("Consent.WhyOnce"),
        _ => new Sentence("Consent.WhyTwice"),
    };
}
