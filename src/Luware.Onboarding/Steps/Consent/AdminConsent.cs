using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Settings;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Consent;

/// <summary>
/// Admin consent to one application, for every step that consists of one. Reads which permissions are granted, lists each of them, and waits until a person
/// has accepted and Microsoft shows the result.
/// </summary>
/// <param name="step">The step that asks; values kept between its readings are stored under its name.</param>
/// <param name="words">Explains what a permission is for.</param>
internal sealed class AdminConsent(
    string step, ConsentApplication application, PermissionSet required, Func<RequiredPermission, Sentence> words, OwnApplicationOptions own, TimeProvider time)
{
    public static readonly IReadOnlyList<Guid> Roles = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.PrivilegedRoleAdministrator];

    private static readonly TimeSpan Propagation = TimeSpan.FromMinutes(10);

    /// <summary>Only needed for a consent given elsewhere: coming back from Microsoft's page wakes the run.</summary>
    private static readonly TimeSpan PollForPerson = TimeSpan.FromSeconds(10);

    public string ActionKey => ConsentActions.KeyOf(application);

    private string AbsentKey => $"{step}/absent/{application.Key}";

    private Uri AcceptPage => new($"/consent/go/{application.Key}", UriKind.Relative);

    /// <summary>The page where a person can enable, disable and delete an enterprise application.</summary>
    public static Uri PropertiesPage(ConsentReading reading) => new(
        "https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Properties"
        + $"/objectId/{reading.Principal?.Id}/appId/{reading.Application.ApplicationId}");

    public async Task<ConsentReading> ReadAsync(IDirectory directory, StepContext context, CancellationToken cancellationToken)
    {
        var principal = await directory.FindServicePrincipalAsync(context.Access, application.ApplicationId, cancellationToken);
        var publishers = own.RecorderPublishers;
        return new ConsentReading(application, required, principal)
        {
            IsForeign = principal is not null && publishers.Count > 0 && !(principal.Owner is { } owner && publishers.Contains(owner)),
        };
    }

    public PlannedObject Describe(StepContext context, ConsentReading reading)
    {
        var (state, what) = State(reading);
        var title = new Sentence(reading.IsForeign ? "Consent.CheckId" : reading.IsDisabled ? "Consent.SwitchOn" : "Consent.Accept", application.DisplayName);
        // One action, however many permissions are missing: the person accepts and the portal changes nothing, so one approval covers all.
        var action = new PlannedAction(ActionKey, title, $"consent {application.ApplicationId} permissions v{required.Version}", Roles, Impact.Nobody)
        {
            OnlyWaits = true, Page = LeadsBack(reading) ? AcceptPage : null,
        };
        return new PlannedObject(
            ConsentActions.ObjectOf(application), application.DisplayName, new Sentence("Consent.Kind"), state, what, Link(context).ToString(),
            state == ObjectState.Found ? null : action)
        {
            Notes = [.. Notes(context, reading)],
            Permissions = [.. required.All.Select(p => Permission(reading, p))],
        };
    }

    /// <summary>
    /// A notice that only assigned users may sign in to the application. Recording works without, but Luware Recording's own users sign in through this
    /// application as well.
    /// </summary>
    /// <returns>Null if everybody may sign in.</returns>
    public PlannedObject? AssignmentNeeded(ConsentReading reading) => reading.Principal is not { NeedsAssignment: true }
        ? null
        : new PlannedObject(
            $"assignment/{application.Key}", application.DisplayName, new Sentence("Consent.Kind.Assignment"), ObjectState.Found,
            new Sentence("Consent.Assignment.Needed"),
            $"GET /v1.0/servicePrincipals?$filter=appId eq '{application.ApplicationId}'\n→ appRoleAssignmentRequired true")
        {
            Notes = [new Sentence("Consent.Assignment.Remedy", application.DisplayName)], IsAside = true,
        };

    /// <summary>
    /// Remembers when the application was last absent. Roles missing soon afterwards are still propagating through Microsoft; roles missing for long were
    /// never accepted.
    /// </summary>
    public void Remember(Dictionary<string, string> outputs, StepContext context, ConsentReading reading)
    {
        if (reading.Principal is null)
            outputs.Keep(AbsentKey, time.GetUtcNow());
        else if (context.FindMoment(AbsentKey) is { } earlier)
            outputs.Keep(AbsentKey, earlier);
    }

    public StepOutcome Await(StepContext context, ConsentReading reading) => reading switch
    {
        { IsComplete: true } => new StepOutcome.Done(),
        { IsForeign: true } => new StepOutcome.Waiting(WaitsFor.Luware, ForeignApplications.Words(application), PollAfter: Propagation),
        { IsDisabled: true } => new StepOutcome.Waiting(
            WaitsFor.Customer, new Sentence("Consent.WaitForSwitchOn", application.DisplayName), PropertiesPage(reading), PollForPerson),
        { Principal: null } when CameBackLately(context) => new StepOutcome.Waiting(
            WaitsFor.Microsoft, new Sentence("Consent.WaitForApplication", application.DisplayName), AcceptPage),
        { Principal: not null } when CameBackLately(context) || AppearedLately(context) => new StepOutcome.Waiting(
            WaitsFor.Microsoft, new Sentence("Consent.WaitForMicrosoft", application.DisplayName, NamesOf(reading.Missing)), AcceptPage),
        { IsPartial: true } => new StepOutcome.Waiting(
            WaitsFor.Customer, new Sentence("Consent.WaitForRest", application.DisplayName, NamesOf(reading.Missing)), AcceptPage, PollForPerson),
        _ => new StepOutcome.Waiting(
            WaitsFor.Customer,
            new Sentence(application.ConsentRedirect is null ? "Consent.WaitForAccept" : "Consent.WaitForAcceptElsewhere", application.DisplayName),
            AcceptPage, PollForPerson),
    };

    public ScriptPart Script(StepContext context) => new ScriptPart.Person(ActionKey, new Sentence("Consent.Accept", application.DisplayName), Link(context));

    private static (ObjectState State, Sentence What) State(ConsentReading reading)
    {
        var count = Sentence.Number(reading.Required.All.Count);
        return reading switch
        {
            { Principal: null } => (ObjectState.Missing, new Sentence("Consent.Missing", count)),
            { IsForeign: true } => (ObjectState.Different, new Sentence("Consent.Foreign")),
            { IsDisabled: true } => (ObjectState.Different, new Sentence("Consent.Disabled")),
            { IsComplete: true } => (ObjectState.Found, new Sentence("Consent.Found", count)),
            { IsPartial: true } => (ObjectState.Different, new Sentence("Consent.Partial", Sentence.Number(reading.Granted), count, NamesOf(reading.Missing))),
            _ => (ObjectState.Missing, new Sentence("Consent.NoneGranted", count)),
        };
    }

    private IEnumerable<Sentence> Notes(StepContext context, ConsentReading reading)
    {
        if (application.IsTenantsOwn)
            yield return new Sentence("Consent.OwnId", $"{application.ApplicationId}", context.Region.Name);
        if (reading.IsPartial)
            yield return new Sentence("Consent.AcceptAgain");
    }

    private PermissionReading Permission(ConsentReading reading, RequiredPermission permission)
    {
        var (state, word) = reading.Missing.Contains(permission) ? (ObjectState.Missing, "Consent.Permission.Missing")
            : reading.IsForeign ? (ObjectState.Different, "Consent.Permission.Foreign")
            : reading.IsDisabled ? (ObjectState.Different, "Consent.Permission.Disabled")
            : (ObjectState.Found, "Consent.Permission.Granted");
        return new PermissionReading(permission.Name, words(permission), state, new Sentence(word));
    }

    /// <summary>The consent link without the state that the portal adds, as a person could use it by hand.</summary>
    private Uri Link(StepContext context) =>
        new($"{own.Instance.AbsoluteUri.TrimEnd('/')}/{context.Tenant.EntraTenantId}/adminconsent?client_id={application.ApplicationId}");

    private bool AppearedLately(StepContext context) => IsLately(context.FindMoment(AbsentKey));

    private bool CameBackLately(StepContext context) => IsLately(context.Past.GetValueOrDefault(ActionKey)?.ReturnedAt);

    private bool IsLately(DateTimeOffset? moment) => time.GetUtcNow() - moment < Propagation;

    /// <summary>
    /// False if the redirect ends on another website, from which the person would not find the way back, or if the application is disabled or another
    /// organization's, which accepting again does not repair.
    /// </summary>
    private bool LeadsBack(ConsentReading reading) => application.ConsentRedirect is null && reading is { IsDisabled: false, IsForeign: false };

    private static string NamesOf(IEnumerable<RequiredPermission> permissions) => string.Join(", ", permissions.Select(p => p.Name));
}
