using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Whitelisting;

/// <summary>Step 3 of the article: an application instance in Teams for every recording application.</summary>
public sealed class WhitelistingStep(ITeams teams, IDirectory directory, TimeProvider time) : IStep
{
    public const string StepName = "whitelisting";
    public const string DomainOption = "domain";

    private const string DomainKey = "whitelisting/domain";

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles { get; } = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.UserAdministrator];

    public static string ObjectIdKey(int application) => $"whitelisting/object-id/{application.ToString(CultureInfo.InvariantCulture)}";

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        var organization = await directory.GetOrganizationAsync(context.Access, cancellationToken);
        var instances = await ListAsync(context, cancellationToken);
        var domain = Domains.Choose(organization, context.Choices.Get<WhitelistingChoice>(StepName).Domain);

        var outputs = new Dictionary<string, string>(StringComparer.Ordinal) { [DomainKey] = domain.Name };
        var objects = new List<PlannedObject>();
        var questions = new List<Sentence>();
        if (!domain.IsVerified)
            questions.Add(new Sentence("Whitelisting.DomainGone", domain.Name));
        foreach (var application in context.Region.Applications)
            objects.Add(Describe(application, domain.Name, instances, outputs, questions));

        return new StepPlan(
            StepName, time.GetUtcNow(), new Sentence("Whitelisting.Choice", domain.Name), new Sentence(domain.IsManaged ? "Whitelisting.Why" : "Whitelisting.WhyFederated"),
            objects, outputs, questions)
        {
            Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>(StringComparer.Ordinal) { [DomainOption] = Domains.Options(organization) },
        };
    }

    public async Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        try
        {
            await teams.InvokeAsync(context.Access, TeamsActions.Complete(action), cancellationToken);
            return new StepOutcome.Done();
        }
        catch (RefusedException refused) when (refused.Answer.MeansAlreadyThere())
        {
            // Made a moment ago by a run that was interrupted, or the name belongs to somebody else: the list tells which.
            var instances = await ListAsync(context, cancellationToken);
            var isOurs = context.Region.Applications.Any(a => ActionKey(a) == action.Key && instances.Any(i => i.ApplicationId == a.ApplicationId));
            return isOurs ? new StepOutcome.Done() : new StepOutcome.Refused(new UserPrincipalNameTaken(), refused.Answer);
        }
    }

    /// <summary>There is no cmdlet that removes an application instance: it is deleted like any account, which is a person's to do.</summary>
    public async Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var instances = await ListAsync(context, cancellationToken);
        return Staying.Plan(StepName, time.GetUtcNow(),
        [
            .. instances.Where(i => context.Region.Applications.Any(a => a.ApplicationId == i.ApplicationId)).Select(i => Staying.Object(
                $"instance/{i.ObjectId}", i.UserPrincipalName, new Sentence("Whitelisting.Kind"), new Sentence("Whitelisting.Undo.Stays"),
                $"Remove-MgUser -UserId '{i.ObjectId}'",
                new Uri($"https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/{i.ObjectId}"))),
        ]);
    }

    public IReadOnlyList<ScriptPart> Script(StepContext context) =>
        (context.Choices.Get<WhitelistingChoice>(StepName).Domain ?? context.Find(DomainKey)) is { Length: > 0 } domain
            ? [.. context.Region.Applications.Select(a => WhitelistingScript.Instance(ActionKey(a), a, $"{a.UserPrincipalNamePrefix}@{domain}"))]
            : [new ScriptPart.Person("domain", new Sentence("Whitelisting.Script.NoDomain"))];

    public Refusal? Explain(RemoteAnswer answer) => WhitelistingRefusals.Explain(answer);

    private async Task<List<ApplicationInstance>> ListAsync(StepContext context, CancellationToken cancellationToken)
    {
        var result = await teams.InvokeAsync(context.Access, WhitelistingCommands.List, cancellationToken);
        return [.. result.Objects.Select(ApplicationInstance.From).OfType<ApplicationInstance>()];
    }

    private PlannedObject Describe(
        RecordingApplication application, string domain, List<ApplicationInstance> instances, Dictionary<string, string> outputs, List<Sentence> questions)
    {
        var name = $"{application.UserPrincipalNamePrefix}@{domain}";
        var key = $"instance/{application.Number.ToString(CultureInfo.InvariantCulture)}";
        var kind = new Sentence("Whitelisting.Kind");
        var create = WhitelistingCommands.Create(application, name);

        if (ApplicationInstance.Of(application, name, instances) is { } found)
        {
            outputs[ObjectIdKey(application.Number)] = found.ObjectId.ToString();
            var what = found.IsNamed(name) ? new Sentence("Whitelisting.Found") : new Sentence("Whitelisting.Adopted");
            return new PlannedObject(key, found.UserPrincipalName, kind, ObjectState.Found, what, Reading(found));
        }

        if (instances.Find(i => i.IsNamed(name)) is { } other)
        {
            questions.Add(new Sentence("Whitelisting.OtherApplication", name, other.ApplicationId?.ToString() ?? "–"));
            return new PlannedObject(key, name, kind, ObjectState.Different, new Sentence("Whitelisting.Different", application.DisplayName), Reading(other));
        }

        var action = TeamsActions.Action(ActionKey(application), new Sentence("Whitelisting.Create", name), create, Roles, Impact.Nobody);
        return new PlannedObject(key, name, kind, ObjectState.Missing, new Sentence("Whitelisting.Missing", application.DisplayName), TeamsActions.Detail(create), action);
    }

    private static string Reading(ApplicationInstance instance) =>
        $"{TeamsActions.Detail(WhitelistingCommands.List)}\n→ {instance.UserPrincipalName}, ObjectId {instance.ObjectId}, ApplicationId {instance.ApplicationId}";

    private static string ActionKey(RecordingApplication application) => $"create-instance/{application.Number.ToString(CultureInfo.InvariantCulture)}";
}
