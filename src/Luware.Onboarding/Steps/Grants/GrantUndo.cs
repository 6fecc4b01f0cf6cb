using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>A group that was to get a policy, by the portal's hand or as it is chosen now.</summary>
/// <param name="Identity">The group's object id, or the name under which step 1 finds or makes it.</param>
internal sealed record WantedGrant(string Identity, string Policy);

/// <summary>
/// The same with what earlier readings found of the group. The directory is not asked again: taking a policy back must not depend on whether it answers, nor
/// on the size of the group.
/// </summary>
/// <param name="Id">Null for a group that was never found.</param>
internal sealed record KnownGrant(WantedGrant Wanted, Guid? Id, string Name, int People);

/// <summary>Takes back what the portal has granted to groups and to single people; also what was asked for a moment ago and does not show yet.</summary>
/// <param name="sure">A grant that was begun before then shows, or never was.</param>
internal sealed class GrantUndo(IReadOnlyDictionary<string, PastAction> past, PersonalGrants personal, DateTimeOffset sure)
{
    private const string Prefix = "ungrant/";

    /// <summary>Grants to groups that the portal has begun since the step was last taken back.</summary>
    public IEnumerable<WantedGrant> Begun => past.Keys.Where(k => k.StartsWith(GrantPlanner.GrantPrefix, StringComparison.Ordinal)).Select(From);

    /// <summary>Policies of others that were taken away from single people for the sake of ours.</summary>
    public IEnumerable<(Guid User, string Policy)> Removed => past.Where(p => p.Value.DoneAt is not null)
        .Select(p => p.Key.Split('/', 3)).Where(parts => parts is [var kind, _, _] && $"{kind}/" == Rivals.Prefix)
        .Select(parts => (Guid.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]));

    public static bool Ungrants(PlannedAction action) => action.Key.StartsWith(Prefix, StringComparison.Ordinal);

    public IEnumerable<PlannedObject> Objects(
        IEnumerable<KnownGrant> grants, IReadOnlyList<GroupAssignment> assignments, IReadOnlyDictionary<Guid, EffectivePolicy> effective, IReadOnlyDictionary<Guid, string> names)
    {
        foreach (var grant in grants)
        {
            if (grant.Id is { } group)
                yield return Assignment(grant, group, assignments.FirstOrDefault(a => a.GroupId == group));
            else if (past.ContainsKey(GrantPlanner.GrantKey(grant.Wanted.Identity, grant.Wanted.Policy)))
                yield return Unknown(grant);
        }

        foreach (var grant in personal.Open)
        {
            var name = names[grant.User];
            if (!effective[grant.User].IsRead)
                yield return PersonalGrants.NotRead(grant, name);
            else if (PersonalGrants.CanEnd(grant, effective[grant.User]))
                yield return PersonalGrants.End(grant, name, ObjectState.Different);
        }

        foreach (var (user, policy) in Removed)
            yield return NotPutBack(user, policy, names[user]);
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
            var rest = action.Key[Prefix.Length..action.Key.LastIndexOf('/')];
            return IsOnItsWay(GrantPlanner.GrantPrefix + rest, action.Key)
                ? new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("Grants.Undo.NotThereYet"))
                : new StepOutcome.Done();
        }
    }

    private PlannedObject Assignment(KnownGrant grant, Guid group, GroupAssignment? found)
    {
        var wanted = grant.Wanted;
        var name = $"{wanted.Policy} → {grant.Name}";
        var kind = new Sentence("Grants.Kind.Assignment");
        var key = $"{Prefix}{wanted.Identity}/{wanted.Policy}/{group}";
        var isOnItsWay = found is null && IsOnItsWay(GrantPlanner.GrantKey(wanted.Identity, wanted.Policy), key);
        if (!isOnItsWay && found?.IsOf(wanted.Policy) != true)
            return new PlannedObject(key, name, kind, ObjectState.Found, new Sentence("Grants.Undo.Gone"), TeamsActions.Detail(GroupAssignments.List));

        var command = GrantCommands.Ungrant(group);
        var impact = new Impact(grant.People, CanStopCalls: false, new Sentence("Impact.WithinADay"));
        var action = TeamsActions.Action(key, new Sentence("Grants.Ungrant", wanted.Policy, grant.Name), command, GrantPlanner.Roles, impact);
        var what = new Sentence(isOnItsWay ? "Grants.Undo.OnItsWay" : "Grants.Undo.StillThere");
        return new PlannedObject(key, name, kind, ObjectState.Different, what, TeamsActions.Detail(command), action);
    }

    /// <summary>It was taken away on purpose and may be anybody's business by now: said, with the command, and left to people.</summary>
    private static PlannedObject NotPutBack(Guid user, string policy, string name) => new(
        $"removed/{user}/{policy}", name, new Sentence("Grants.Kind.Rival"), ObjectState.Found, new Sentence("Grants.Undo.NotPutBack", policy), TeamsActions.Detail(GrantCommands.Give(user, policy)));

    private static PlannedObject Unknown(KnownGrant grant) => new(
        $"{Prefix}{grant.Wanted.Identity}/{grant.Wanted.Policy}", $"{grant.Wanted.Policy} → {grant.Name}", new Sentence("Grants.Kind.Assignment"), ObjectState.Unknown,
        new Sentence("Grants.Undo.NoGroup", grant.Name), TeamsActions.Detail(GroupAssignments.List));

    /// <summary>Asked for or accepted so short a while ago, and not taken back since, that it may be so although it does not show.</summary>
    private bool IsOnItsWay(string key, string endKey) =>
        past.TryGetValue(key, out var begun) && !begun.WasSeen && begun.LatestAt > sure && !(past.GetValueOrDefault(endKey)?.DoneAt > begun.LatestAt);

    /// <summary>A name may hold a slash, a policy's never does.</summary>
    private static WantedGrant From(string key)
    {
        var slash = key.LastIndexOf('/');
        return new WantedGrant(key[GrantPlanner.GrantPrefix.Length..slash], key[(slash + 1)..]);
    }
}
