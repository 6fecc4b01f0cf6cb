using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.Consent;

/// <summary>Step 2 of the article: the customer accepts what the recording applications may do. Only a person can, on Microsoft's page.</summary>
public sealed class ConsentStep(IDirectory directory, TimeProvider time, IOptions<ConsentOptions> options) : IStep
{
    public const string StepName = "consent";

    private static readonly TimeSpan Propagation = TimeSpan.FromMinutes(10);
    /// <summary>Only for a consent that was given elsewhere: coming back from Microsoft's page wakes the run.</summary>
    private static readonly TimeSpan PollForPerson = TimeSpan.FromSeconds(10);

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles { get; } = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.PrivilegedRoleAdministrator];

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var objects = new List<PlannedObject>();
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var application in context.Region.Applications)
        {
            var reading = await ReadAsync(context, application, cancellationToken);
            objects.Add(Describe(context, reading));
            AddOutputs(outputs, context, reading, now);
        }

        return new StepPlan(StepName, now, new Sentence("Consent.Choice"), Why(objects.Count(o => o.Action is not null)), objects, outputs, []);
    }

    public async Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        var application = context.Region.Applications.Single(a => ActionKey(a) == action.Key);
        var reading = await ReadAsync(context, application, cancellationToken);
        return reading switch
        {
            { IsComplete: true } => new StepOutcome.Done(),
            { IsDisabled: true } => new StepOutcome.Waiting(
                WaitsFor.Customer, new Sentence("Consent.WaitForSwitchOn", application.DisplayName), SwitchOnPage(reading), PollForPerson),
            { Principal: not null } when WasAcceptedLately(context, application) => new StepOutcome.Waiting(
                WaitsFor.Microsoft, new Sentence("Consent.WaitForMicrosoft", application.DisplayName), AcceptPage(application)),
            _ => new StepOutcome.Waiting(
                WaitsFor.Customer, new Sentence("Consent.WaitForAccept", application.DisplayName), AcceptPage(application), PollForPerson),
        };
    }

    /// <summary>The portal may read enterprise applications and not delete them.</summary>
    public async Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var objects = new List<PlannedObject>();
        foreach (var application in context.Region.Applications)
        {
            var reading = await ReadAsync(context, application, cancellationToken);
            if (reading.Principal is { } principal)
                objects.Add(Staying.Object(
                    $"application/{Number(application.Number)}", application.DisplayName, new Sentence("Consent.Kind"), new Sentence("Consent.Undo.Stays"),
                    $"Remove-MgServicePrincipal -ServicePrincipalId '{principal.Id}'", SwitchOnPage(reading)));
        }

        return Staying.Plan(StepName, time.GetUtcNow(), objects);
    }

    public IReadOnlyList<ScriptPart> Script(StepContext context) =>
        [.. context.Region.Applications.Select(a => new ScriptPart.Person(ActionKey(a), new Sentence("Consent.Accept", a.DisplayName), Link(context, a)))];

    public Refusal? Explain(RemoteAnswer answer) => ConsentRefusals.Explain(answer);

    private async Task<ConsentReading> ReadAsync(StepContext context, RecordingApplication application, CancellationToken cancellationToken) =>
        new(application, await directory.FindServicePrincipalAsync(context.Access, application.ApplicationId, cancellationToken));

    private static Sentence Why(int open) => open switch
    {
        0 => new Sentence("Consent.WhyDone"),
        1 => new Sentence("Consent.WhyOnce"),
        _ => new Sentence("Consent.WhyTwice"),
    };

    private PlannedObject Describe(StepContext context, ConsentReading reading)
    {
        var application = reading.Application;
        var (state, what) = State(reading);
        var title = new Sentence(reading.IsDisabled ? "Consent.SwitchOn" : "Consent.Accept", application.DisplayName);
        // One action whatever is missing: the person is asked, the portal changes nothing, so the same approval covers it.
        var action = new PlannedAction(
            ActionKey(application), title, $"consent {application.ApplicationId} permissions v{RequiredPermissions.Version}", Roles, Impact.Nobody) { OnlyWaits = true };
        return new PlannedObject(
            $"application/{application.Number}", application.DisplayName, new Sentence("Consent.Kind"), state, what,
            Detail(context, reading), state == ObjectState.Found ? null : action)
        {
            Notes = [.. RequiredPermissions.All.Select(p => new Sentence($"Permission.{p.Name}"))],
        };
    }

    private static (ObjectState State, Sentence What) State(ConsentReading reading)
    {
        var granted = Number(reading.Granted);
        var required = Number(RequiredPermissions.All.Count);
        return reading switch
        {
            { Principal: null } => (ObjectState.Missing, new Sentence("Consent.Missing", required)),
            { IsDisabled: true } => (ObjectState.Different, new Sentence("Consent.Disabled")),
            { IsComplete: true } => (ObjectState.Found, new Sentence("Consent.Found", required)),
            { Granted: 0 } => (ObjectState.Missing, new Sentence("Consent.NoneGranted", required)),
            _ => (ObjectState.Different, new Sentence("Consent.Partial", granted, required, string.Join(", ", reading.Missing.Select(p => p.Name)))),
        };
    }

    /// <summary>As a person could use it by hand, without the state that the portal adds.</summary>
    private Uri Link(StepContext context, RecordingApplication application) => new(
        $"{options.Value.Instance.AbsoluteUri.TrimEnd('/')}/{context.Tenant.EntraTenantId}/adminconsent?client_id={application.ApplicationId}");

    /// <summary>The link, then every permission with its reading.</summary>
    private string Detail(StepContext context, ConsentReading reading)
    {
        var permissions = RequiredPermissions.All.Select(p => $"{(reading.Missing.Contains(p) ? "☐" : "☑")} {p.Name} ({(p.Delegated ? "delegated" : "application")}, {p.Id})");
        return $"{Link(context, reading.Application)}\n\n{string.Join('\n', permissions)}";
    }

    /// <summary>
    /// Remembers when the application was last seen to be absent: roles missing soon afterwards are on their way through Microsoft,
    /// roles missing for long were never accepted.
    /// </summary>
    private static void AddOutputs(Dictionary<string, string> outputs, StepContext context, ConsentReading reading, DateTimeOffset now)
    {
        var absent = AbsentKey(reading.Application);
        if (reading.Principal is null)
            outputs.Keep(absent, now);
        else if (context.FindMoment(absent) is { } earlier)
            outputs.Keep(absent, earlier);
    }

    private bool WasAcceptedLately(StepContext context, RecordingApplication application) =>
        time.GetUtcNow() - context.FindMoment(AbsentKey(application)) < Propagation;

    private static Uri AcceptPage(RecordingApplication application) => new($"/consent/go/{Number(application.Number)}", UriKind.Relative);

    private static Uri SwitchOnPage(ConsentReading reading) => new(
        $"https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Properties/objectId/{reading.Principal?.Id}/appId/{reading.Application.ApplicationId}");

    private static string ActionKey(RecordingApplication application) => $"accept/{Number(application.Number)}";

    private static string AbsentKey(RecordingApplication application) => $"consent/absent/{Number(application.Number)}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
