using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Regions;
using Luware.Onboarding.Steps.Consent;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Whitelisting;

/// <summary>Step 3 of the article: an application instance in Teams for every recording application.</summary>
public sealed class WhitelistingStep(ITeams teams, IDirectory directory, IRegionCatalog regions) : IStep
{
    public const string StepName = "whitelisting";
    public const string DomainOption = "domain";

    private const string DomainKey = "whitelisting/domain";
    private const string ObjectIdPrefix = "whitelisting/object-id/";

    internal static readonly IReadOnlyList<Guid> MakerRoles = [DirectoryRoles.GlobalAdministrator, DirectoryRoles.UserAdministrator];

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles => MakerRoles;

    public string? RestsOn(Region region) => RegionTexts.Of(region.Applications.Select(a => $"{a.ApplicationId} {a.UserPrincipalNamePrefix}"));

    public static string ObjectIdKey(int application) => ObjectIdPrefix + application.ToString(CultureInfo.InvariantCulture);

    /// <summary>Object ids of the instances that the latest reading wanted.</summary>
    internal static IEnumerable<Guid> WantedInstances(StepContext context) =>
        context.Known.Where(k => k.Key.StartsWith(ObjectIdPrefix, StringComparison.Ordinal)).Select(k => Guid.Parse(k.Value, CultureInfo.InvariantCulture));

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        var organization = await directory.GetOrganizationAsync(context.Access, cancellationToken);
        var instances = await ListAsync(context, cancellationToken);
        var domain = Domains.Choose(organization, context.Choices.Get<WhitelistingChoice>(StepName).Domain);

        var outputs = new Dictionary<string, string>(StringComparer.Ordinal) { [DomainKey] = domain.Name };
        var objects = new List<PlannedObject>();
        var questions = new List<Sentence>();
        var wanted = new HashSet<Guid>();
        foreach (var application in context.Region.Applications)
        {
            var planner = new InstancePlanner(context, application, context.Region.Applications.Where(a => a != application), domain.Name, instances);
            if ((planner.Found ?? (planner.CanTakeOver ? planner.Other : null)) is { } instance)
            {
                wanted.Add(instance.ObjectId);
                outputs[ObjectIdKey(application.Number)] = instance.ObjectId.ToString();
            }

            var isFree = planner is { Found: null, Other: null, IsBegun: false } && domain.IsVerified;
            var holder = isFree ? await NameHolder.FindAsync(teams, context.Access, planner.UserPrincipalName, cancellationToken) : null;
            var reach = planner.Changing is { } changing
                ? await PolicyReach.OfInstanceAsync(teams, directory, context.Access, changing.ObjectId, cancellationToken)
                : null;
            objects.AddRange(planner.Objects(reach, holder));
            questions.AddRange(planner.Questions(holder));
        }

        var ours = regions.All.Append(context.Region).SelectMany(r => r.Applications).Select(a => a.ApplicationId).ToHashSet();
        foreach (var (key, name) in FormerInstances.Outputs(context, instances, ours, wanted))
            outputs[key] = name;

        // If the instances exist already, no domain is needed.
        if (!domain.IsVerified && objects.Exists(o => o.State == ObjectState.Missing))
            questions.Insert(0, new Sentence("Whitelisting.DomainGone", domain.Name));
        var why = new Sentence(domain.IsManaged ? "Whitelisting.Why" : "Whitelisting.WhyFederated");
        var plan = new StepPlan(StepName, new Sentence("Whitelisting.Choice", domain.Name), why, objects, outputs, questions)
        {
            Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>(StringComparer.Ordinal) { [DomainOption] = Domains.Options(organization) },
        };
        return plan.HeldBy(ForeignApplications.Obstacle(context));
    }

    public async Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        if (InstanceSync.Is(action))
            return await InstanceSync.ApplyAsync(teams, context, action, cancellationToken);

        try
        {
            await teams.InvokeAsync(context.Access, TeamsActions.Complete(action), cancellationToken);
            return new StepOutcome.Done();
        }
        catch (RefusedException refused) when (refused.Answer.MeansAlreadyThere())
        {
            // Created a moment ago by an interrupted run, or the name belongs to somebody else: the list tells which.
            var instances = await ListAsync(context, cancellationToken);
            var isOurs = context.Region.Applications.Any(a =>
                InstancePlanner.CreateKey(a) == action.Key && instances.Any(i => i.ApplicationId == a.ApplicationId));
            return isOurs
                ? new StepOutcome.Done()
                : new StepOutcome.Refused(new UserPrincipalNameTaken(), refused.Answer);
        }
    }

    /// <summary>The instances stay: no cmdlet removes one. A person must delete it like any other account.</summary>
    public async Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken)
    {
        var instances = await ListAsync(context, cancellationToken);
        return Staying.Plan(StepName,
        [
            .. instances.Where(i => context.Region.Applications.Any(a => a.ApplicationId == i.ApplicationId)).Select(i => Staying.Object(
                $"instance/{i.ObjectId}", i.UserPrincipalName, new Sentence("Whitelisting.Kind"), new Sentence("Whitelisting.Undo.Stays"),
                $"Remove-MgUser -UserId '{i.ObjectId}'",
                new Uri($"https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/{i.ObjectId}"))),
        ]);
    }

    public IReadOnlyList<ScriptPart> Script(StepContext context)
    {
        if (ForeignApplications.Script(context) is { } held)
            return held;

        return (context.Choices.Get<WhitelistingChoice>(StepName).Domain ?? context.Find(DomainKey)) is { Length: > 0 } domain
            ? [.. context.Region.Applications.Select(a =>
                WhitelistingScript.Instance(InstancePlanner.CreateKey(a), a, $"{a.UserPrincipalNamePrefix}@{domain}"))]
            : [new ScriptPart.Person("domain", new Sentence("Whitelisting.Script.NoDomain"))];
    }

    public Refusal? Explain(RemoteAnswer answer) => WhitelistingRefusals.Explain(answer);

    private async Task<List<ApplicationInstance>> ListAsync(StepContext context, CancellationToken cancellationToken)
    {
        var result = await teams.InvokeAsync(context.Access, WhitelistingCommands.List, cancellationToken);
        return [.. result.Objects.Select(ApplicationInstance.From).OfType<ApplicationInstance>()];
    }
}
