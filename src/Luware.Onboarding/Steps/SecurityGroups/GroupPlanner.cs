using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>Compares the groups and their members with what is wanted.</summary>
/// <param name="granted">Groups that have a policy which can stop calls: new members have it at once.</param>
internal sealed class GroupPlanner(SecurityGroupsChoice choice, SecurityGroupsReading reading, IReadOnlySet<Guid> granted, GroupNotes notes)
{
    public static readonly IReadOnlyList<Guid> Roles =
        [DirectoryRoles.GlobalAdministrator, DirectoryRoles.GroupsAdministrator, DirectoryRoles.UserAdministrator];

    /// <summary>Groups first, then their members; memberships that the safety gate may hold come last, so that they hold nothing else.</summary>
    public IEnumerable<PlannedObject> Objects() =>
    [
        .. reading.Groups.Select(Group),
        .. reading.Groups.SelectMany(g => choice.Owners.Select(p => Belonging(g, GroupRelation.Owner, p))),
        .. reading.Groups.SelectMany(g => choice.TestersOf(g.Wanted).Select(p => Belonging(g, GroupRelation.Member, p)))
            .OrderBy(o => o.Action?.Impact.CanStopCalls == true),
    ];

    public static string CreateKey(WantedGroup group) => $"create-group/{group.Name}";

    public static string AddKey(WantedGroup group, GroupRelation relation, Guid person) => $"add-{Word(relation)}/{group.Identity}/{person}";

    private PlannedObject Group(GroupReading found)
    {
        var wanted = found.Wanted;
        var key = $"group/{wanted.Identity}";
        if (found.Group is { } group)
        {
            return new PlannedObject(
                key, group.DisplayName, Kind(wanted.Role), ObjectState.Found, MembersOf(found),
                $"{GroupRequests.Read(group.Id)}\n→ direct members: {Sentence.Number(found.Members.Count)}, {group.Id}")
            {
                Warnings = [.. notes.Warnings(found)], Notes = [.. notes.Of(found)],
            };
        }

        var detail = GroupRequests.FindByName(wanted.Name);
        if (wanted.Id is { } id)
            return new PlannedObject(key, wanted.Name, Kind(wanted.Role), ObjectState.Later, new Sentence("SecurityGroups.Group.Gone"), GroupRequests.Read(id));
        if (found.SameName.Count > 0 || GroupNames.Check(wanted.Name) is not null)
        {
            return new PlannedObject(key, wanted.Name, Kind(wanted.Role), ObjectState.Later, new Sentence("SecurityGroups.Group.ToPick"), detail)
            {
                IsToChoose = true,
            };
        }

        if (choice.ByHand)
            return new PlannedObject(key, wanted.Name, Kind(wanted.Role), ObjectState.Missing, new Sentence("SecurityGroups.Group.ByHand"), detail);

        var request = GroupRequests.Create(GroupNames.ToMake(wanted));
        var action = new PlannedAction(CreateKey(wanted), new Sentence("SecurityGroups.Create", wanted.Name), request, Roles, Impact.Nobody);
        return new PlannedObject(key, wanted.Name, Kind(wanted.Role), ObjectState.Missing, new Sentence("SecurityGroups.Group.Missing"), request, action);
    }

    private PlannedObject Belonging(GroupReading found, GroupRelation relation, Guid person)
    {
        var (key, wanted) = ($"{Word(relation)}/{found.Wanted.Identity}/{person}", found.Wanted);
        var groupName = found.Group?.DisplayName ?? wanted.Name;
        var kind = new Sentence(relation == GroupRelation.Owner ? "SecurityGroups.Kind.Owner" : "SecurityGroups.Kind.Tester", groupName);
        var name = reading.NameOf(person);
        if (found.Has(relation, person))
            return new PlannedObject(key, name, kind, ObjectState.Found, new Sentence("SecurityGroups.Person.Found"), GroupRequests.Read(found.Group!.Id));
        if (!CanAdd(found, person))
            return new PlannedObject(key, name, kind, ObjectState.Missing, new Sentence("SecurityGroups.Person.ByHand"), GroupRequests.FindByName(groupName));

        var id = found.Group?.Id.ToString() ?? GroupRequests.IdToCome(wanted.Name);
        var (state, what) = found.Group is null
            ? (ObjectState.Later, new Sentence("SecurityGroups.Person.Later"))
            : (ObjectState.Missing, new Sentence("SecurityGroups.Person.Missing"));
        var action = Add(found, relation, person, name);
        return new PlannedObject(key, name, kind, state, what, GroupRequests.Add(id, relation, person), action)
        {
            Notes = action.Impact.CanStopCalls ? [new Sentence("SecurityGroups.Note.NotSynchronisedYet")] : [],
        };
    }

    private PlannedAction Add(GroupReading found, GroupRelation relation, Guid person, string name)
    {
        var wanted = found.Wanted;
        var title = new Sentence(
            relation == GroupRelation.Owner ? "SecurityGroups.AddOwner" : "SecurityGroups.AddTester", name, found.Group?.DisplayName ?? wanted.Name);
        // The same before and after the group is created, so that one approval covers both.
        var essence = GroupRequests.Add(wanted.Id?.ToString() ?? GroupRequests.IdToCome(wanted.Name), relation, person);
        return new PlannedAction(AddKey(wanted, relation, person), title, essence, Roles, ImpactOf(found, relation, name));
    }

    /// <summary>The impact of joining a group. New members of a group with a policy get that policy, which can cut people off like a grant.</summary>
    private Impact ImpactOf(GroupReading found, GroupRelation relation, string name) =>
        relation == GroupRelation.Member && found.Group is { } group && granted.Contains(group.Id)
            ? new Impact(1, CanStopCalls: true, new Sentence("Impact.WithinADay"))
            {
                TestUsers = [name], Group = new AffectedGroup(group.Id, group.DisplayName),
            }
            : Impact.Nobody;

    private bool CanAdd(GroupReading found, Guid person) =>
        !choice.ByHand && reading.People.ContainsKey(person) && (found.Group?.TakesMembers ?? (found.Wanted.Id is null && found.SameName.Count == 0));

    private static Sentence MembersOf(GroupReading found) => (found.People, found.NestedGroups) switch
    {
        (1, 0) => new Sentence("SecurityGroups.Group.One"),
        (var people, 0) => new Sentence("SecurityGroups.Group.Many", Sentence.Number(people)),
        var (people, nested) => new Sentence("SecurityGroups.Group.Nested", Sentence.Number(people), Sentence.Number(nested)),
    };

    public static Sentence Kind(GroupRole role) => role switch
    {
        GroupRole.RecordedUsers => new Sentence("SecurityGroups.Kind.RecordedUsers"),
        GroupRole.Supervisors => new Sentence("SecurityGroups.Kind.Supervisors"),
        _ => new Sentence("SecurityGroups.Kind.Administrators"),
    };

    private static string Word(GroupRelation relation) => relation == GroupRelation.Owner ? "owner" : "member";
}
