using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>Takes back from the group and from the one who tried it first what the portal has granted; also what was asked for a moment ago and does not show yet.</summary>
/// <param name="sure">A grant that was begun before then shows, or never was.</param>
internal sealed class GrantUndo(string policy, IReadOnlyDictionary<string, PastAction> past, DateTimeOffset sure)
{
    private const string Prefix = "ungrant/";

    public static bool Ungrants(PlannedAction action) => action.Key.StartsWith(Prefix, StringComparison.Ordinal);

    public IEnumerable<PlannedObject> Objects(
        IReadOnlyList<RecordedUsers> groups, IReadOnlyList<GroupAssignment> assignments, IReadOnlyDictionary<Guid, EffectivePolicy> effective)
    {
        foreach (var recorded in groups)
        {
            if (recorded.Id is { } group)
                yield return Assignment(recorded, group, assignments.FirstOrDefault(a => a.GroupId == group));
        }

        var trials = new Trials(past);
        foreach (var user in trials.Begun.Where(u => effective[u].IsDirect(policy) || IsOnItsWay(Trials.Key(u), Trials.EndKey(u))))
            yield return Trials.End(user, groups.Select(g => g.NameOf(user)).OfType<string>().FirstOrDefault() ?? $"{user}", ObjectState.Different);
    }

    /// <summary>A grant that Teams does not know yet is looked for again, until it is there to be taken back or is not to be expected any more.</summary>
    public async Task<StepOutcome> UngrantAsync(ITeams teams, StepContext context, PlannedAction action, CancellationToken cancellationToken)
    {
        try
        {
            return await teams.ApplyAsync(context, action, cancellationToken);
        }
        catch (RefusedException refused) when (refused.Answer.MeansNotFound())
        {
            return IsOnItsWay(GrantPlanner.GrantKey(action.Key[Prefix.Length..]), action.Key)
                ? new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("Grants.Undo.NotThereYet"))
                : new StepOutcome.Done();
        }
    }

    private PlannedObject Assignment(RecordedUsers recorded, Guid group, GroupAssignment? found)
    {
        var name = $"{policy} → {recorded.Name}";
        var kind = new Sentence("Grants.Kind.Assignment");
        var key = Prefix + recorded.Identity;
        var isOnItsWay = found is null && IsOnItsWay(GrantPlanner.GrantKey(recorded.Identity), key);
        if (!isOnItsWay && found?.IsOf(policy) != true)
            return new PlannedObject($"assignment/{recorded.Identity}", name, kind, ObjectState.Found, new Sentence("Grants.Undo.Gone"), TeamsActions.Detail(GroupAssignments.List));

        var command = GrantCommands.Ungrant(group);
        var impact = new Impact(recorded.People.Count, CanStopCalls: false, new Sentence("Impact.WithinADay"));
        var action = TeamsActions.Action(key, new Sentence("Grants.Ungrant", policy, recorded.Name), command, GrantPlanner.Roles, impact);
        var what = new Sentence(isOnItsWay ? "Grants.Undo.OnItsWay" : "Grants.Undo.StillThere");
        return new PlannedObject($"assignment/{recorded.Identity}", name, kind, ObjectState.Different, what, TeamsActions.Detail(command), action);
    }

    /// <summary>Asked for so short a while ago, and not taken back since, that it may be so although it does not show.</summary>
    private bool IsOnItsWay(string key, string endKey) =>
        past.TryGetValue(key, out var begun) && !begun.WasSeen && begun.BegunAt > sure && !(past.GetValueOrDefault(endKey)?.DoneAt > begun.BegunAt);
}
