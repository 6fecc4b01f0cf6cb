using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Gateways;
using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>A group that was to get a policy, granted by the portal or currently chosen.</summary>
/// <param name="Identity">The group's object id, or the name under which step 1 finds or creates it.</param>
internal sealed record WantedGrant(string Identity, string Policy);

/// <summary>
/// A wanted grant with what earlier readings found of its group. The directory is not asked again, because undoing a grant must depend neither on its answer
/// nor on the size of the group.
/// </summary>
/// <param name="Id">Null for a group that was never found.</param>
internal sealed record KnownGrant(WantedGrant Wanted, Guid? Id, string Name, int People);

/// <summary>Undoes the portal's grants to groups and to single people, including recent ones that Teams does not show yet.</summary>
/// <param name="policies">The policies with which the grants were made, as they were chosen.</param>
/// <param name="sure">A grant that was begun before this moment is visible by now, or was never made.</param>
/// <param name="gone">A policy that was taken back from a group before this moment is in force for nobody any more.</param>
internal sealed class GrantUndo(
    IReadOnlyDictionary<string, PastAction> past, PersonalGrants personal, IReadOnlyList<WantedPolicy> policies, DateTimeOffset sure, DateTimeOffset gone)
{
    private const string Prefix = "ungrant/";
    private const string AwaitPrefix = "await-former/";

    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);

    /// <summary>Group grants that the portal has begun since the step was last undone.</summary>
    public IEnumerable<WantedGrant> Begun => past.Keys.Where(k => k.StartsWith(GrantPlanner.GrantPrefix, StringComparison.Ordinal)).Select(From);

    /// <summary>
    /// Others' policies that were removed from single people in favour of ours. One of ours that was removed from a person outside the groups is not offered
    /// back: it is being taken back from everybody.
    /// </summary>
    public IEnumerable<(Guid User, string Policy)> Removed => past.Where(p => p.Value.DoneAt is not null)
        .Select(p => p.Key.Split('/', 3)).Where(parts => parts is [var kind, _, _] && $"{kind}/" == Rivals.Prefix && !IsOurs(parts[2]))
        .Select(parts => (Guid.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]));

    public bool IsOurs(string policy) => Find(policy) is not null;

    public static bool Ungrants(PlannedAction action) => action.Key.StartsWith(Prefix, StringComparison.Ordinal);

    public static bool Waits(PlannedAction action) => action.Key.StartsWith(AwaitPrefix, StringComparison.Ordinal);

    /// <summary>
    /// The groups' grants that could come into force for a person who loses this policy, and stop their calls. Nothing holds a policy that is known to stop
    /// calls itself.
    /// </summary>
    public IEnumerable<KnownGrant> Beneath(string policy, IEnumerable<KnownGrant> grants) => Find(policy) is { CanStopCalls: true }
        ? []
        : grants.Where(g => g.Id is not null && !TeamsAnswers.IsSameName(g.Wanted.Policy, policy) && Find(g.Wanted.Policy) is not { CanStopCalls: false });

    /// <summary>
    /// The objects in order: all groups lose their policies at once, then people their own; last those for whom a group's policy must go first.
    /// </summary>
    public IEnumerable<PlannedObject> Objects(
        IReadOnlyList<KnownGrant> grants, IReadOnlyList<GroupAssignment> assignments, IReadOnlyDictionary<Guid, EffectivePolicy> effective,
        IReadOnlyDictionary<Guid, string> names)
    {
        foreach (var grant in grants)
        {
            if (grant.Id is { } group)
                yield return Assignment(grant, group, assignments.FirstOrDefault(a => a.GroupId == group));
            else if (past.ContainsKey(GrantPlanner.GrantKey(grant.Wanted.Identity, grant.Wanted.Policy)))
                yield return Unknown(grant);
        }

        var held = personal.Open.Select(g => (Grant: g, Former: Former(g, grants, assignments, effective[g.User]))).ToLookup(h => h.Former is not null);
        foreach (var (grant, _) in held[false])
        {
            var name = names[grant.User];
            if (!effective[grant.User].IsRead)
                yield return PersonalGrants.NotRead(grant, name);
            else if (PersonalGrants.CanEnd(grant, effective[grant.User]))
                yield return PersonalGrants.End(grant, name, ObjectState.Different);
        }

        foreach (var (grant, former) in held[true])
            yield return Wait(grant, former!, names[grant.User]);
        foreach (var (grant, former) in held[true])
            yield return PersonalGrants.End(grant, names[grant.User], ObjectState.Later) with { What = new Sentence("Grants.Undo.GroupFirst", former!) };

        foreach (var (user, policy) in Removed)
            yield return NotPutBack(user, policy, names[user]);
    }

    /// <summary>Removes a grant. If Teams does not show it yet, keeps looking until it can be removed or is no longer expected.</summary>
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

    /// <summary>Looks whether the group's policy has left the person.</summary>
    public async Task<StepOutcome> AwaitAsync(
        ITeams teams, TenantAccess access, PlannedAction action, IReadOnlyList<KnownGrant> grants, CancellationToken cancellationToken)
    {
        if (personal.Open.FirstOrDefault(g => AwaitKey(g) == action.Key) is not { } grant)
            return new StepOutcome.Done();

        var assignments = await GroupAssignments.ListAsync(teams, access, cancellationToken);
        var effective = await EffectivePolicy.ReadAsync(teams, access, grant.User, assignments, cancellationToken);
        return Former(grant, grants, assignments, effective) is { } former
            ? new StepOutcome.Waiting(WaitsFor.Microsoft, new Sentence("Grants.Undo.WaitForGroup", former, action.Title.Arguments[0]), PollAfter: LookAgain)
            {
                YieldsToApproval = true,
            }
            : new StepOutcome.Done();
    }

    /// <summary>
    /// The group's policy that would come into force for the person and stop their calls if they lost their own now: Teams takes up to a day to withdraw it.
    /// </summary>
    private string? Former(PersonalGrant grant, IReadOnlyList<KnownGrant> grants, IReadOnlyList<GroupAssignment> assignments, EffectivePolicy effective)
    {
        return !effective.IsDirect(grant.Policy) ? null : Beneath(grant.Policy, grants).Where(IsLeft).Select(g => g.Wanted.Policy).FirstOrDefault();

        bool IsLeft(KnownGrant beneath) =>
            effective.ByGroup.Any(s => TeamsAnswers.IsSameName(s.Policy, beneath.Wanted.Policy) && (s.Group ?? beneath.Id) == beneath.Id)
            && (assignments.Any(a => a.GroupId == beneath.Id && a.IsOf(beneath.Wanted.Policy)) || !(LostAt(beneath) < gone));

        // Somebody else may have taken it from the group; then the wait counts from its begin.
        DateTimeOffset? LostAt(KnownGrant beneath) =>
            SinceGrant(beneath, past.GetValueOrDefault(UngrantKey(beneath.Wanted, beneath.Id!.Value))?.DoneAt)
            ?? SinceGrant(beneath, past.GetValueOrDefault(AwaitKey(grant))?.BegunAt);
    }

    /// <summary>The moment, unless the group was granted again since: an approval may have come before all was taken back.</summary>
    private DateTimeOffset? SinceGrant(KnownGrant known, DateTimeOffset? at) =>
        at <= past.GetValueOrDefault(GrantPlanner.GrantKey(known.Wanted.Identity, known.Wanted.Policy))?.LatestAt ? null : at;

    /// <summary>The policy as it was chosen; null for one that is not among the chosen ones, which may do anything.</summary>
    private WantedPolicy? Find(string policy) => policies.FirstOrDefault(p => p.Is(policy));

    private static PlannedObject Wait(PersonalGrant grant, string former, string name)
    {
        var key = AwaitKey(grant);
        var action = new PlannedAction(key, new Sentence("Grants.Undo.AwaitGroup", name), $"await {key}", Roles: [], Impact.Nobody) { OnlyWaits = true };
        return new PlannedObject(
            key, name, new Sentence("Policies.Undo.Kind.OutOfForce"), ObjectState.Later, new Sentence("Grants.Undo.GroupFirst", former),
            TeamsActions.Detail(GrantCommands.EffectivePolicy(grant.User)), action);
    }

    private static string AwaitKey(PersonalGrant grant) => $"{AwaitPrefix}{grant.User}/{grant.Policy}";

    private static string UngrantKey(WantedGrant wanted, Guid group) => $"{Prefix}{wanted.Identity}/{wanted.Policy}/{group}";

    private PlannedObject Assignment(KnownGrant grant, Guid group, GroupAssignment? found)
    {
        var wanted = grant.Wanted;
        var name = $"{wanted.Policy} → {grant.Name}";
        var kind = new Sentence(GrantsStep.AssignmentKind);
        var key = UngrantKey(wanted, group);
        var isOnItsWay = found is null && IsOnItsWay(GrantPlanner.GrantKey(wanted.Identity, wanted.Policy), key);
        if (!isOnItsWay && found?.IsOf(wanted.Policy) != true)
            return new PlannedObject(key, name, kind, ObjectState.Found, new Sentence("Grants.Undo.Gone"), TeamsActions.Detail(GroupAssignments.List));

        var command = GrantCommands.Ungrant(group);
        var impact = new Impact(grant.People, CanStopCalls: false, new Sentence("Impact.WithinADay"));
        var action = TeamsActions.Action(key, new Sentence("Grants.Ungrant", wanted.Policy, grant.Name), command, GrantPlanner.Roles, impact);
        var what = new Sentence(isOnItsWay ? "Grants.Undo.OnItsWay" : "Grants.Undo.StillThere");
        return new PlannedObject(key, name, kind, ObjectState.Different, what, TeamsActions.Detail(command), action);
    }

    /// <summary>
    /// A direct policy that the portal removed on purpose. It may matter to somebody by now, so the plan names it with the command to restore it and leaves
    /// the decision to people.
    /// </summary>
    private static PlannedObject NotPutBack(Guid user, string policy, string name) => new(
        $"removed/{user}/{policy}", name, new Sentence("Grants.Kind.Rival"), ObjectState.Found, new Sentence("Grants.Undo.NotPutBack", policy),
        TeamsActions.Detail(GrantCommands.Give(user, policy)));

    private static PlannedObject Unknown(KnownGrant grant) => new(
        $"{Prefix}{grant.Wanted.Identity}/{grant.Wanted.Policy}", $"{grant.Wanted.Policy} → {grant.Name}", new Sentence(GrantsStep.AssignmentKind),
        ObjectState.Unknown, new Sentence("Grants.Undo.NoGroup", grant.Name), TeamsActions.Detail(GroupAssignments.List));

    /// <summary>True if the grant was requested or accepted so recently, and not removed since, that it may exist although it is not visible.</summary>
    private bool IsOnItsWay(string key, string endKey) =>
        past.TryGetValue(key, out var begun) && !begun.WasSeen && begun.LatestAt > sure && !(past.GetValueOrDefault(endKey)?.DoneAt > begun.LatestAt);

    /// <summary>Parses the key at the last slash: a group's name may contain a slash, a policy's never does.</summary>
    private static WantedGrant From(string key)
    {
        var slash = key.LastIndexOf('/');
        return new WantedGrant(key[GrantPlanner.GrantPrefix.Length..slash], key[(slash + 1)..]);
    }
}
