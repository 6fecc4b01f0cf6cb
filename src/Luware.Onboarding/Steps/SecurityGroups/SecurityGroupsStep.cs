using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>Step 1 of the article: the groups that Luware Recording reads every day (found, picked or created) and the test users in them.</summary>
public sealed class SecurityGroupsStep(IDirectory directory, ITeams teams, IOptions<SecurityGroupsOptions> options) : IStep
{
    public const string StepName = "security-groups";
    public const string GroupOption = "group";
    public const string PersonOption = "person";

    /// <summary>One option: the number of groups that the customer's package allows.</summary>
    public const string MostOption = "most";

    private const string GroupIdPrefix = $"{StepName}/group/";
    private const string NamePrefix = $"{StepName}/name/";
    private const string PersonPrefix = $"{StepName}/person/";

    private static readonly Uri NewGroupPage = new("https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AddGroupBlade");

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles => GroupPlanner.Roles;

    /// <summary>The group's object id: its identity itself, or, once the group exists, a known value.</summary>
    public static Guid? FindId(StepContext context, string identity) =>
        Guid.TryParse(identity, CultureInfo.InvariantCulture, out var id)
        || Guid.TryParse(context.Find(GroupIdPrefix + identity), CultureInfo.InvariantCulture, out id)
            ? id
            : null;

    /// <summary>A group's role: as chosen, or an access role derived from the article's name; null for any other group.</summary>
    public static GroupRole? RoleOf(StepContext context, Guid group, string? name) =>
        context.Choices.Get<SecurityGroupsChoice>(StepName).Groups
            .Where(g => FindId(context, g.Identity) == group).Select(g => (GroupRole?)g.Role).Order().FirstOrDefault()
        ?? WantedGroup.AccessRoleOf(name);

    /// <summary>The name under which the group was found, which is not the wanted one for a picked group.</summary>
    private static string NameOf(StepContext context, WantedGroup group) => context.Find(NamePrefix + group.Identity) ?? group.Name;

    /// <summary>The name of a chosen person among the known values, or their object id if they could not be found.</summary>
    public static string NameOf(StepContext context, Guid person) => FindName(context, person) ?? person.ToString();

    public static string? FindName(StepContext context, Guid person) => context.Find(PersonPrefix + person);

    public async Task<StepPlan> PlanAsync(StepContext context, CancellationToken cancellationToken)
    {
        var choice = context.Choices.Get<SecurityGroupsChoice>(StepName);
        var reading = await SecurityGroupsReading.ReadAsync(directory, context.Access, choice, cancellationToken);
        var granted = await GrantedAsync(context, choice, reading, cancellationToken);
        var most = context.Tenant.MostGroups ?? options.Value.MostGroups;
        var notes = new GroupNotes(reading.Licences, options.Value);
        return new StepPlan(
            StepName, new Sentence("SecurityGroups.Choice", choice.Groups.Count.ToString(CultureInfo.InvariantCulture)),
            new Sentence(choice.ByHand ? "SecurityGroups.Why.ByHand" : "SecurityGroups.Why"), [.. new GroupPlanner(choice, reading, granted, notes).Objects()],
            Outputs(choice, reading), [.. new GroupQuestions(choice, reading, most).All()])
        {
            ForLuware = [.. reading.Groups.Where(g => g.Group is not null).Select(g => new NamedValue(g.Group!.DisplayName, g.Group.Id.ToString()))],
            Options = new Dictionary<string, IReadOnlyList<ChoiceOption>>(StringComparer.Ordinal)
            {
                [MostOption] = [new ChoiceOption(most.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture))],
                [GroupOption] = [.. reading.Offered.Select(g => new ChoiceOption(g.Id.ToString(), g.DisplayName) { Note = GroupNotes.Kind(g) })],
                [PersonOption] = [.. reading.Suggested.Concat(reading.People.Keys.Except(reading.Suggested)).Select(id => Option(reading.People[id]))],
            },
        };
    }

    public async Task<StepOutcome> ApplyAsync(StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        var choice = context.Choices.Get<SecurityGroupsChoice>(StepName);
        if (choice.Groups.FirstOrDefault(g => GroupPlanner.CreateKey(g) == action.Key) is { } wanted)
        {
            await directory.CreateGroupAsync(context.Access, GroupNames.ToMake(wanted), cancellationToken);
            return new StepOutcome.Done();
        }

        var (group, relation, person) = Additions(choice).Single(a => GroupPlanner.AddKey(a.Group, a.Relation, a.Person) == action.Key);
        return await AddAsync(context, group, relation, person, cancellationToken);
    }

    /// <summary>Groups stay: rights in Luware Recording depend on them, and the customer may use them for other purposes.</summary>
    public Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken) => Task.FromResult<StepPlan?>(Staying.Plan(StepName,
    [
        .. context.Choices.Get<SecurityGroupsChoice>(StepName).Groups.Select(g => (Group: g, Id: FindId(context, g.Identity))).Where(g => g.Id is not null)
            .Select(g => Staying.Object(
                $"group/{g.Id}", NameOf(context, g.Group), GroupPlanner.Kind(g.Group.Role),
                new Sentence("SecurityGroups.Undo.Stays"), $"Remove-MgGroup -GroupId '{g.Id}'",
                new Uri($"https://entra.microsoft.com/#view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Overview/groupId/{g.Id}"))),
    ]));

    /// <summary>Leaves the groups to a person, because the Teams module cannot create them.</summary>
    public IReadOnlyList<ScriptPart> Script(StepContext context)
    {
        var choice = context.Choices.Get<SecurityGroupsChoice>(StepName);
        return
        [
            .. choice.Groups.Where(g => FindId(context, g.Identity) is null)
                .Select(g => new ScriptPart.Person(GroupPlanner.CreateKey(g), new Sentence("SecurityGroups.Script.Make", g.Name), NewGroupPage)),
            .. Additions(choice).Select(a => new ScriptPart.Person(
                GroupPlanner.AddKey(a.Group, a.Relation, a.Person),
                new Sentence(
                    a.Relation == GroupRelation.Owner ? "SecurityGroups.Script.AddOwner" : "SecurityGroups.Script.Add",
                    NameOf(context, a.Person), NameOf(context, a.Group)))),
        ];
    }

    public Refusal? Explain(RemoteAnswer answer) => SecurityGroupsRefusals.Explain(answer);

    public static ChoiceOption Option(Person person) => new(person.Id.ToString(), person.Label);

    private static IEnumerable<(WantedGroup Group, GroupRelation Relation, Guid Person)> Additions(SecurityGroupsChoice choice) => choice.Groups.SelectMany(g =>
        choice.TestersOf(g).Select(p => (g, GroupRelation.Member, p)).Concat(choice.Owners.Select(p => (g, GroupRelation.Owner, p))));

    private async Task<StepOutcome> AddAsync(StepContext context, WantedGroup wanted, GroupRelation relation, Guid person, CancellationToken cancellationToken)
    {
        var group = FindId(context, wanted.Identity) ?? throw new InvalidOperationException($"{wanted.Name} was to get a member before it was there.");
        try
        {
            await directory.AddToGroupAsync(context.Access, group, relation, person, cancellationToken);
            return new StepOutcome.Done();
        }
        catch (RefusedException refused) when (refused.Answer is { Category: "404" })
        {
            // A group created a moment ago is not known everywhere.
            return new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("SecurityGroups.WaitForGroup", NameOf(context, wanted)));
        }
        catch (RefusedException refused) when (refused.Answer is { Category: "400" or "409" } answer)
        {
            // Graph's answer for a person who is a member already has no code of its own, so only a reading can tell.
            if (await HasAsync(context, group, relation, person, cancellationToken))
                return new StepOutcome.Done();
            if (!answer.MeansAlreadyThere())
                throw;

            // Added by an interrupted run, or changed by somebody else at the same moment: the reading does not know it yet.
            return new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("SecurityGroups.WaitForPerson", NameOf(context, wanted)));
        }
    }

    private async Task<bool> HasAsync(StepContext context, Guid group, GroupRelation relation, Guid person, CancellationToken cancellationToken)
    {
        var people = relation == GroupRelation.Owner
            ? await directory.GetOwnersAsync(context.Access, group, cancellationToken)
            : await directory.GetMembersAsync(context.Access, group, cancellationToken);
        return people.Any(m => m.Id == person);
    }

    /// <summary>Asks Teams, which takes a worker, only if somebody would join an existing group.</summary>
    private async Task<IReadOnlySet<Guid>> GrantedAsync(
        StepContext context, SecurityGroupsChoice choice, SecurityGroupsReading reading, CancellationToken cancellationToken)
    {
        var joined = reading.Groups.Where(g => choice.TestersOf(g.Wanted).Any(p => !g.Has(GroupRelation.Member, p)))
            .Select(g => g.Group?.Id).OfType<Guid>().ToHashSet();
        try
        {
            var assignments = joined.Count == 0
                ? []
                : (await GroupAssignments.ListAsync(teams, context.Access, cancellationToken)).Where(a => joined.Contains(a.GroupId)).ToList();
            if (assignments.Count == 0)
                return new HashSet<Guid>();

            var links = (await FoundLink.ListAsync(teams, context.Access, cancellationToken)).Where(l => l.Rules.CanStopCalls).ToList();
            return assignments.Where(a => links.Exists(l => l.IsOf(a.PolicyName))).Select(a => a.GroupId).ToHashSet();
        }
        catch (GatewayException unread) when (unread is ScopesMissingException
            || (unread is RefusedException { Answer: { } answer } && (answer.MeansAccessDenied() || answer.MeansCmdletNotOffered())))
        {
            // A person who creates groups may lack the right to read Teams, for example a colleague who was handed only this step; then any of the groups may
            // have such a policy.
            return joined;
        }
    }

    /// <summary>The object ids and names of the groups and the names of the people, for later readings.</summary>
    private static Dictionary<string, string> Outputs(SecurityGroupsChoice choice, SecurityGroupsReading reading)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var found in reading.Groups.Where(g => g.Group is not null))
        {
            outputs[GroupIdPrefix + found.Wanted.Identity] = found.Group!.Id.ToString();
            outputs[NamePrefix + found.Wanted.Identity] = found.Group.DisplayName;
        }

        foreach (var person in choice.Groups.SelectMany(choice.TestersOf).Concat(choice.Owners).Distinct().Where(reading.People.ContainsKey))
            outputs[PersonPrefix + person] = reading.NameOf(person);
        return outputs;
    }
}
