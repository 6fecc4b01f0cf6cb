using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>Step 1 of the article: the groups that Luware Recording reads every day, found, picked or made, and the test users in them.</summary>
public sealed class SecurityGroupsStep(IDirectory directory, ITeams teams, IOptions<SecurityGroupsOptions> options, TimeProvider time) : IStep
{
    public const string StepName = "security-groups";
    public const string GroupOption = "group";
    public const string PersonOption = "person";

    /// <summary>One option: how many groups the customer's package allows.</summary>
    public const string MostOption = "most";

    private const string GroupIdPrefix = $"{StepName}/group/";
    private const string PersonPrefix = $"{StepName}/person/";

    private static readonly Uri NewGroupPage = new("https://entra.microsoft.com/#view/Microsoft_AAD_IAM/AddGroupBlade");

    public string Name => StepName;

    public IReadOnlyList<Guid> Roles => GroupPlanner.Roles;

    /// <summary>The group's object id: its identity itself, or among the known values once the group is there.</summary>
    public static Guid? FindId(StepContext context, string identity) =>
        Guid.TryParse(identity, CultureInfo.InvariantCulture, out var id) || Guid.TryParse(context.Find(GroupIdPrefix + identity), CultureInfo.InvariantCulture, out id) ? id : null;

    /// <summary>What a group is for: as it is chosen, or an access group by the article's name for it; null for any other.</summary>
    public static GroupRole? RoleOf(StepContext context, Guid group, string? name) =>
        context.Choices.Get<SecurityGroupsChoice>(StepName).Groups.Where(g => FindId(context, g.Identity) == group).Select(g => (GroupRole?)g.Role).Order().FirstOrDefault()
        ?? WantedGroup.AccessRoleOf(name);

    /// <summary>The name of a chosen person among the known values, or the object id of one who could not be found.</summary>
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
            StepName, time.GetUtcNow(), new Sentence("SecurityGroups.Choice", choice.Groups.Count.ToString(CultureInfo.InvariantCulture)),
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

        var (group, place, person) = Additions(choice).Single(a => GroupPlanner.AddKey(a.Group, a.Place, a.Person) == action.Key);
        return await AddAsync(context, group, place, person, cancellationToken);
    }

    /// <summary>Groups stay: rights in Luware Recording hang on them, and a group may serve for more than the portal knows.</summary>
    public Task<StepPlan?> PlanUndoAsync(StepContext context, CancellationToken cancellationToken) => Task.FromResult<StepPlan?>(Staying.Plan(StepName, time.GetUtcNow(),
    [
        .. context.Choices.Get<SecurityGroupsChoice>(StepName).Groups.Select(g => (Group: g, Id: FindId(context, g.Identity))).Where(g => g.Id is not null)
            .Select(g => Staying.Object(
                $"group/{g.Id}", g.Group.Name, GroupPlanner.Kind(g.Group.Role), new Sentence("SecurityGroups.Undo.Stays"), $"Remove-MgGroup -GroupId '{g.Id}'",
                new Uri($"https://entra.microsoft.com/#view/Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Overview/groupId/{g.Id}"))),
    ]));

    /// <summary>PowerShell for Teams makes no groups, so that a person does it.</summary>
    public IReadOnlyList<ScriptPart> Script(StepContext context)
    {
        var choice = context.Choices.Get<SecurityGroupsChoice>(StepName);
        return
        [
            .. choice.Groups.Where(g => FindId(context, g.Identity) is null)
                .Select(g => new ScriptPart.Person(GroupPlanner.CreateKey(g), new Sentence("SecurityGroups.Script.Make", g.Name), NewGroupPage)),
            .. choice.Groups.SelectMany(g => choice.TestersOf(g).Select(p => new ScriptPart.Person(
                GroupPlanner.AddKey(g, GroupPlace.Member, p), new Sentence("SecurityGroups.Script.Add", NameOf(context, p), g.Name)))),
        ];
    }

    public Refusal? Explain(RemoteAnswer answer) => SecurityGroupsRefusals.Explain(answer);

    public static ChoiceOption Option(Person person) => new(person.Id.ToString(), person.Label);

    private static IEnumerable<(WantedGroup Group, GroupPlace Place, Guid Person)> Additions(SecurityGroupsChoice choice) => choice.Groups.SelectMany(g =>
        choice.TestersOf(g).Select(p => (g, GroupPlace.Member, p)).Concat(choice.Owners.Select(p => (g, GroupPlace.Owner, p))));

    private async Task<StepOutcome> AddAsync(StepContext context, WantedGroup wanted, GroupPlace place, Guid person, CancellationToken cancellationToken)
    {
        var group = FindId(context, wanted.Identity) ?? throw new InvalidOperationException($"{wanted.Name} was to get a member before it was there.");
        try
        {
            await directory.AddToGroupAsync(context.Access, group, place, person, cancellationToken);
            return new StepOutcome.Done();
        }
        catch (RefusedException refused) when (refused.Answer is { Category: "404" })
        {
            // A group of a moment ago is not known everywhere.
            return new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("SecurityGroups.WaitForGroup", wanted.Name));
        }
        catch (RefusedException refused) when (refused.Answer is { Category: "400" })
        {
            // The answer to somebody who belongs to it already has no code of its own: only a reading tells.
            if (await HasAsync(context, group, place, person, cancellationToken))
                return new StepOutcome.Done();
            throw;
        }
    }

    private async Task<bool> HasAsync(StepContext context, Guid group, GroupPlace place, Guid person, CancellationToken cancellationToken)
    {
        var people = place == GroupPlace.Owner
            ? await directory.GetOwnersAsync(context.Access, group, cancellationToken)
            : await directory.GetMembersAsync(context.Access, group, cancellationToken);
        return people.Any(m => m.Id == person);
    }

    /// <summary>Asks Teams only where somebody would join a group that is there: it takes a worker.</summary>
    private async Task<IReadOnlySet<Guid>> GrantedAsync(
        StepContext context, SecurityGroupsChoice choice, SecurityGroupsReading reading, CancellationToken cancellationToken)
    {
        var joined = reading.Groups.Where(g => choice.TestersOf(g.Wanted).Any(p => !g.Has(GroupPlace.Member, p))).Select(g => g.Group?.Id).OfType<Guid>().ToHashSet();
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
        catch (GatewayException unread) when (unread is ScopesMissingException || (unread is RefusedException { Answer: { } answer } && (answer.MeansAccessDenied() || answer.MeansCmdletNotOffered())))
        {
            // Whoever makes groups need not be allowed to read Teams, as a colleague whom this step alone was handed; then any of them may have such a policy.
            return joined;
        }
    }

    /// <summary>Object ids of the groups, and the names of the people.</summary>
    private static Dictionary<string, string> Outputs(SecurityGroupsChoice choice, SecurityGroupsReading reading)
    {
        var outputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var found in reading.Groups.Where(g => g.Group is not null))
            outputs[GroupIdPrefix + found.Wanted.Identity] = found.Group!.Id.ToString();
        foreach (var person in choice.Groups.SelectMany(choice.TestersOf).Distinct().Where(reading.People.ContainsKey))
            outputs[PersonPrefix + person] = reading.NameOf(person);
        return outputs;
    }
}
