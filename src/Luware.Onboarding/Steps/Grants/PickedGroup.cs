using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Steps.SecurityGroups;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>
/// A group picked for the grant instead of those of step 1. Luware records the people whom it synchronises, and a fail-close policy stops the calls of
/// everybody else. So groups of supervisors or administrators are refused, and for any other group a person confirms that Luware synchronises it.
/// </summary>
internal static class PickedGroup
{
    public static IEnumerable<Sentence> Questions(GrantsReading read)
    {
        if (read.Groups is not [{ IsPicked: true, Group: not null } picked])
            yield break;

        if (Fault(read.Choice, picked.Role, picked.Id!.Value, picked.Name) is { } fault)
            yield return fault;
        if (picked.People.Count == 0)
            yield break;

        if (read.Choice.TestUsers.Count == 0)
            yield return new Sentence("Grants.Question.NoTestUser");
        if (read.Choice.TestUsers.Count - picked.Testers.Count is > 0 and var strangers)
            yield return new Sentence("Grants.Question.NotInGroup", Sentence.Number(strangers), picked.Name);
    }

    public static IEnumerable<PlannedObject> Objects(GrantsReading read) => read.Groups.Where(g => g.IsPicked).Select(g => Row(read.Choice, g));

    /// <summary>The part of a script that leaves the picked group to a person, because a script cannot ask for the confirmation.</summary>
    public static ScriptPart.Person? Kept(StepContext context, GrantsChoice choice) =>
        choice.GroupId is { } picked && Fault(choice, SecurityGroupsStep.RoleOf(context, picked, name: null), picked, picked.ToString()) is { } fault
            ? new ScriptPart.Person($"group/{picked}", fault)
            : null;

    /// <summary>Picked groups that are in none of step 1's groups, so Luware has not been told of them.</summary>
    public static IEnumerable<Group> New(GrantsReading read) =>
        read.Groups.Where(g => g is { IsPicked: true, Role: null }).Select(g => g.Group).OfType<Group>();

    private static Sentence? Fault(GrantsChoice choice, GroupRole? role, Guid id, string name) => role switch
    {
        GroupRole.RecordedUsers => null,
        null => choice.Synchronised == id ? null : new Sentence("Grants.Question.Synchronised", name),
        _ => new Sentence("Grants.Question.AccessGroup", name),
    };

    private static PlannedObject Row(GrantsChoice choice, RecordedUsers recorded)
    {
        var kind = new Sentence("Grants.Kind.Group");
        var request = $"GET /v1.0/groups/{recorded.Identity}/members";
        if (recorded.Group is not { } group)
            return new PlannedObject("group", recorded.Name, kind, ObjectState.Later, new Sentence("Grants.Group.Gone"), request);

        var (state, what) = Fault(choice, recorded.Role, group.Id, recorded.Name) is null ? (ObjectState.Found, MembersOf(recorded))
            : (ObjectState.Different, new Sentence(recorded.Role is null ? "Grants.Group.Unconfirmed" : "Grants.Assignment.ForAccess"));
        var found = $"{request}\n→ direct members: {Sentence.Number(recorded.Members.Count)}";
        return new PlannedObject("group", recorded.Name, kind, state, what, found)
        {
            Notes = recorded.Role is null ? [new Sentence("Grants.Group.Synchronise", recorded.Name, recorded.Identity)] : [],
        };
    }

    private static Sentence MembersOf(RecordedUsers recorded) =>
        recorded.People.Count == 1 ? new Sentence("Grants.Group.One") : new Sentence("Grants.Group.Many", Sentence.Number(recorded.People.Count));
}
