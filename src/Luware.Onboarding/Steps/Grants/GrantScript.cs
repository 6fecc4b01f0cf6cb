using Luware.Onboarding.Engine;
using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>
/// The grant in a script, with the stages of the safety gate. First one test user; then, once a person confirms that a test call was made, the group, the
/// exceptions and the people who lose another vendor's policy; finally the test user's own grant is removed.
/// </summary>
/// <param name="recorded">All existing groups of recorded users: Luware must be ready for them before a person's own policy changes.</param>
/// <param name="all">All wanted policies. Whoever has any other one keeps it.</param>
internal sealed class GrantScript(WantedPolicy policy, GrantsChoice choice, IReadOnlyList<Guid> recorded, IReadOnlyList<WantedPolicy> all)
{
    private const string HasAny = "$_.AssignmentType";
    private const string IsDirect = "$_.AssignmentType -eq 'Direct'";

    private readonly string names = NamesOf([policy]);
    private readonly string ours = NamesOf(all);

    /// <param name="groups">By identity, with the object ids of existing groups; empty if only exceptions get the policy.</param>
    /// <param name="exceptions">People who get the policy directly.</param>
    public IReadOnlyList<ScriptPart> Parts(IReadOnlyList<(string Identity, Guid? Id)> groups, Guid? tester, IReadOnlyList<Guid> exceptions)
    {
        if (PolicyNames.Check(policy.Name) is { } fault)
            return [new ScriptPart.Person("name", fault)];

        var missing = groups.Where(g => g.Id is null)
            .Select(g => new ScriptPart.Person($"group/{g.Identity}", new Sentence("Grants.Script.NoGroup", g.Identity)));
        var there = groups.Where(g => g.Id is not null).Select(g => (g.Identity, Id: g.Id!.Value)).ToList();
        return [.. missing, .. groups.Count == 0 ? exceptions.Select(e => Exception(e)) : there.Count == 0 ? [] : Grants(there, tester, exceptions)];
    }

    /// <summary>
    /// Removes other policies once every group has its own, because nothing says here which group a person is in, and nobody may be left without a recorder.
    /// Never from an exception, whose own policy comes from this script.
    /// </summary>
    /// <param name="grants">All groups of recorded users and what they get.</param>
    /// <param name="tester">Who makes the test call that comes first; null if none is needed.</param>
    public static IEnumerable<ScriptPart> Removals(
        GrantsChoice choice, IReadOnlyList<(Guid Group, WantedPolicy Policy)> grants, Guid? tester, IReadOnlyList<WantedPolicy> all)
    {
        var granted = grants.Select(g => $"$({Granted(g.Group, NamesOf([g.Policy]))})");
        var holds = string.Join(" -and ", tester is { } user ? granted.Prepend(Tried(user, NamesOf(all))) : granted);
        return
            from rival in choice.Rivals
            where rival.Remove && !GrantPlanner.IsException(choice, rival.Person)
            let isGone = IsGone(rival.Person, NamesOf(rival.Policy))
            select new ScriptPart.Made(Rivals.KeyOf(rival.Person, rival.Policy), isGone, GrantCommands.TakeBack(rival.Person))
            {
                CanStopCalls = true,
                Groups = [.. grants.Select(g => g.Group)],
                Only = new ScriptCondition(holds, new Sentence("Grants.Script.RivalAfterGrants", $"{rival.Person}", rival.Policy)),
            };
    }

    private IEnumerable<ScriptPart> Grants(IReadOnlyList<(string Identity, Guid Id)> groups, Guid? tester, IReadOnlyList<Guid> exceptions) => tester switch
    {
        _ when !policy.CanStopCalls => [.. groups.Select(g => Grant(g.Identity, g.Id)), .. exceptions.Select(e => Exception(e))],
        null => [new ScriptPart.Person("test-user", new Sentence("Grants.Question.NoTestUser"))],
        { } user =>
        [
            TrialOf([.. groups.Select(g => g.Id)], user),
            .. groups.Select(g => Grant(g.Identity, g.Id) with { Only = AfterTestCall(user) }),
            .. exceptions.Select(e => Exception(e, tester: user)),
            .. exceptions.Contains(user) ? [] : (ScriptPart[])[EndTrial(user)],
        ],
    };

    /// <summary>Holds once somebody says that the test user's call was made and recorded, if the test user has the policy at all.</summary>
    private ScriptCondition AfterTestCall(Guid user) => new(TriedBefore(user), new Sentence("Grants.Script.TestCall", $"{user}"));

    /// <summary>A condition: nobody can have tried a policy that the test user gets in this very run.</summary>
    private string TriedBefore(Guid user) => $"{Tried(user, names)} -and $(Test-Found {PowerShellText.Quote(TrialBy(user).Key)})";

    private PersonalGrant TrialBy(Guid user) => new(PersonalGrant.Trial, user, policy.Name);

    /// <summary>An exception whom the latest reading did not find in a group of recorded users, or could not look for.</summary>
    /// <param name="recorded">The groups for which Luware must be ready before the command is shown.</param>
    public static ScriptPart.Person LeftToPeople(StepContext context, WantedException exception, IReadOnlyList<Guid> recorded)
    {
        var person = exception.Person;
        var give = GrantCommands.Give(person, WantedPolicy.Of(context, exception).Name).ToPowerShell();
        return new ScriptPart.Person($"{PersonalGrant.Exception}/{person}",
            GrantOutputs.IsRecorded(context, exception) == false ? new Sentence("Grants.Script.ExceptionOutside", $"{person}")
            : context.Tenant.IsReadyFor(recorded) ? new Sentence("Grants.Script.ExceptionUnread", $"{person}", give)
            : new Sentence("Grants.Script.ExceptionUnreadLater", $"{person}"));
    }

    /// <summary>Needed as long as any of the groups is to be granted: one that has the policy already proves nothing to the others' test user.</summary>
    private ScriptPart.Made TrialOf(IReadOnlyList<Guid> groups, Guid user) => new(
        TrialBy(user).Key,
        $"if ({string.Join(" -and ", groups.Select(g => $"$({Granted(g)})"))}) {{ $true }}; {Sources(user, HasAny, $"-in {names}")}",
        GrantCommands.Give(user, policy.Name))
    {
        CanStopCalls = true,
        Groups = groups,
        Only = new ScriptCondition(
            HasNoOther(user, HasAny), new Sentence("Grants.Script.TesterHasOther", $"{user}", GrantCommands.TakeBack(user).ToPowerShell())),
    };

    /// <param name="tester">Who makes the test call that comes first; null if none is needed.</param>
    private ScriptPart.Made Exception(Guid user, Guid? tester = null)
    {
        var (hasNoOther, takeBack) = (HasNoOther(user, IsDirect), GrantCommands.TakeBack(user).ToPowerShell());
        var key = new PersonalGrant(PersonalGrant.Exception, user, policy.Name).Key;
        return new(key, Sources(user, IsDirect, $"-in {names}"), GrantCommands.Give(user, policy.Name))
        {
            CanStopCalls = true,
            Groups = recorded,
            Only = tester is { } first
                ? new ScriptCondition(
                    $"{TriedBefore(first)} -and {hasNoOther}", new Sentence("Grants.Script.ExceptionAfterTestCall", $"{user}", $"{first}", takeBack))
                : new ScriptCondition(hasNoOther, new Sentence("Grants.Script.ExceptionHasOther", $"{user}", takeBack)),
        };
    }

    /// <summary>Grants to a group. What the policy does when the script runs is not known, so it counts as fail-close.</summary>
    private ScriptPart.Made Grant(string identity, Guid group) =>
        new(GrantPlanner.GrantKey(identity, policy.Name), Granted(group), GrantCommands.Grant(group, identity, policy.Name, choice.Rank))
        {
            CanStopCalls = true, Groups = [group],
        };

    /// <summary>Ends the trial only once the group's policy has reached the person, so that nothing changes for them.</summary>
    private ScriptPart.Made EndTrial(Guid user) =>
        new(TrialBy(user).EndKey, IsGone(user, names), GrantCommands.TakeBack(user))
        {
            Only = new ScriptCondition(Sources(user, "$_.AssignmentType -eq 'Group'", $"-in {names}"), new Sentence("Grants.Script.Later", $"{user}")),
        };

    private string Granted(Guid group) => Granted(group, names);

    private static string Granted(Guid group, string policies) =>
        $"{GroupAssignments.List.ToPowerShell()} | "
        + $"Where-Object {{ $_.GroupId -eq {PowerShellText.Quote(group.ToString())} -and $_.PolicyName -in {policies} }}";

    /// <summary>A condition that holds while the person has no other policy than the wanted ones, which a grant would overwrite.</summary>
    private string HasNoOther(Guid user, string condition) => $"-not $({Sources(user, condition, $"-notin {ours}")})";

    private static string IsGone(Guid user, string policies) => $"if (-not $({Sources(user, IsDirect, $"-in {policies}")})) {{ $true }}";

    private static string Sources(Guid user, string condition, string policies) =>
        GrantCommands.Sources(user, $"Where-Object {{ {condition} -and $_.PolicyName {policies} }}");

    /// <summary>A condition: nobody has tried a policy that the test user could not be given.</summary>
    private static string Tried(Guid user, string policies) => $"{ScriptCondition.TestCallDone} -and $({Sources(user, HasAny, $"-in {policies}")})";

    private static string NamesOf(IReadOnlyList<WantedPolicy> policies) => string.Join(", ", policies.Select(p => NamesOf(p.Name)));

    private static string NamesOf(string policy) => $"{PowerShellText.Quote(policy)}, {PowerShellText.Quote($"Tag:{policy}")}";
}
