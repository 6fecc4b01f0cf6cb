using Luware.Onboarding.Engine;
using Luware.Onboarding.Steps.Grants;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Policies;

/// <summary>Plans for every policy whether and in which order it is removed, or why it stays.</summary>
internal sealed class PolicyUndoPlanner(IReadOnlyDictionary<string, PastAction> past, PolicyUndoReading reading)
{
    /// <summary>All policies go through each stage together, so that several wait for the same day.</summary>
    public IEnumerable<PlannedObject> Objects(IReadOnlyList<string> made)
    {
        var there = made.Where(p => reading.Find(p) is not null).ToList();
        // A policy that is assigned again during its day is still removed from everybody who has it: the wait starts again after that.
        var going = there.Where(p => (!reading.Elsewhere.Contains(p) || UnassignedSince(p) is not null) && !reading.IsShared(p)).ToList();
        return
        [
            .. going.Select(Unassigned), .. going.Select(OutOfForce),
            .. going.SelectMany(p => reading.LinksOf(p).Select(l => Link(p, l))), .. going.Select(Policy),
            .. there.Except(going, StringComparer.Ordinal).Select(p => reading.Elsewhere.Contains(p)
                ? Staying(p, new Sentence("Policies.Undo.AssignedElsewhere", string.Join(", ", reading.Elsewhere[p])))
                : Staying(p, new Sentence("Policies.Undo.Shared"))),
            .. made.Except(there, StringComparer.Ordinal).Select(Gone),
        ];
    }

    /// <summary>Chosen policies that somebody else created: it is unknown who else has them.</summary>
    public IEnumerable<PlannedObject> Others(IEnumerable<string> chosen) =>
        chosen.Where(p => reading.Find(p) is not null).Select(p => Staying(p, new Sentence("Policies.Undo.NotOurs")));

    private PlannedObject Unassigned(string policy)
    {
        var (kind, action) = (new Sentence("Policies.Undo.Kind.Unassigned"), Wait(PolicyUndo.UnassignedKey(policy), "Policies.Undo.AwaitUnassigned", policy));
        var isSo = UnassignedSince(policy) is not null && !reading.IsAssigned(policy);
        return new PlannedObject(
            $"unassigned/{policy}", policy, kind, isSo ? ObjectState.Found : ObjectState.Later,
            new Sentence(isSo ? "Policies.Undo.Unassigned" : "Policies.Undo.UnassignedLater"),
            $"{TeamsActions.Detail(GroupAssignments.List)}\n{TeamsActions.Detail(DirectHolders.HoldersOf(policy))}", isSo ? null : action);
    }

    private PlannedObject OutOfForce(string policy)
    {
        var (kind, action) = (new Sentence("Policies.Undo.Kind.OutOfForce"), Wait(PolicyUndo.OutOfForceKey(policy), "Policies.Undo.AwaitOutOfForce", policy));
        var isSo = !reading.IsAssigned(policy) && past.GetValueOrDefault(PolicyUndo.OutOfForceKey(policy))?.DoneAt > UnassignedSince(policy);
        return new PlannedObject(
            $"out-of-force/{policy}", policy, kind, isSo ? ObjectState.Found : ObjectState.Later,
            new Sentence(isSo ? "Policies.Undo.OutOfForce" : "Policies.Undo.OutOfForceLater"),
            string.Empty, isSo ? null : action);
    }

    /// <summary>Named as in the plan that made it; the command beneath it holds the object id.</summary>
    private PlannedObject Link(string policy, FoundLink link)
    {
        var command = PolicyCommands.Unlink(policy, link.ObjectId);
        var key = PolicyUndo.UnlinkKey(policy, link.ObjectId);
        return new PlannedObject(
            key, $"{reading.Ours[link.ObjectId]} → {policy}", new Sentence("Policies.Kind.Link"), ObjectState.Different,
            new Sentence("Policies.Undo.LinkGoes"), TeamsActions.Detail(command),
            TeamsActions.Action(key, new Sentence("Policies.Undo.Unlink", policy), command, PolicyPlanner.Roles, Impact.Nobody));
    }

    private static PlannedObject Policy(string policy)
    {
        var command = PolicyCommands.Remove(policy);
        var key = PolicyUndo.RemoveKey(policy);
        return new PlannedObject(
            key, policy, new Sentence("Policies.Kind.Policy"), ObjectState.Different, new Sentence("Policies.Undo.PolicyGoes"), TeamsActions.Detail(command),
            TeamsActions.Action(key, new Sentence("Policies.Undo.Remove", policy), command, PolicyPlanner.Roles, Impact.Nobody));
    }

    private PlannedObject Staying(string policy, Sentence why) => new(
        $"policy/{policy}", policy, new Sentence("Policies.Kind.Policy"), ObjectState.Different, why,
        string.Join('\n',
        [
            .. reading.LinksOf(policy).Where(l => reading.Ours.ContainsKey(l.ObjectId)).Select(l => PolicyCommands.Unlink(policy, l.ObjectId).ToPowerShell()),
            PolicyCommands.Remove(policy).ToPowerShell(),
        ]))
    {
        Notes = [new Sentence("Policies.Undo.ByHand")],
    };

    private static PlannedObject Gone(string policy) => new(
        $"policy/{policy}", policy, new Sentence("Policies.Kind.Policy"), ObjectState.Found, new Sentence("Policies.Undo.Gone"),
        TeamsActions.Detail(PolicyCommands.ListPolicies));

    private DateTimeOffset? UnassignedSince(string policy) => PolicyUndo.UnassignedSince(past, policy);

    private static PlannedAction Wait(string key, string title, string policy) =>
        new(key, new Sentence(title, policy), $"await {key}", Roles: [], Impact.Nobody) { OnlyWaits = true };
}
