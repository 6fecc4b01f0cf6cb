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
internal sealed class GrantScript(WantedPolicy policy, GrantsChoice choice, IReadOnlyList<Guid> recorded)
{
    private readonly string names = NamesOf(policy.Name);

    /// <param name="groups">By identity, with the object ids of existing groups; empty if only exceptions get the policy.</param>
    /// <param name="exceptions">People who get the policy directly.</param>
    public IReadOnlyList<ScriptPart> Parts(IReadOnlyList<(string Identity, Guid? Id)> groups, Guid? tester, IReadOnlyList<Guid> exceptions)
    {
        if (PolicyNames.Check(policy.Name) is { } fault)
            return [new ScriptPart.Person("name", fault)];

        var missing = groups.Where(g => g.Id is null).Select(g => new ScriptPart.Person($"group/{g.Identity}", new Sentence("Grants.Script.NoGroup", g.Identity)));
        var there = groups.Where(g => g.Id is not null).Select(g => (g.Identity, Id: g.Id!.Value)).ToList();
        return [.. missing, .. groups.Count == 0 ? exceptions.Select(Exception) : there.Count == 0 ? [] : Grants(there, tester, exceptions)];
    }

    /// <summary>Removes other policies once the groups have theirs.</summary>
    /// <param name="recorded">All existing groups of recorded users: who loses another policy must not be left without a recorder.</param>
    public static IEnumerable<ScriptPart> Removals(GrantsChoice choice, IReadOnlyList<Guid> recorded, ScriptCondition? only) => choice.Rivals.Where(r => r.Remove).Select(r => new ScriptPart.Made(
        $"{Rivals.Prefix}{r.Person}/{r.Policy}", $"if (-not $({Sources(r.Person, "$_.AssignmentType -eq 'Direct'", NamesOf(r.Policy))})) {{ $true }}", GrantCommands.TakeBack(r.Person))
    {
        CanStopCalls = true, Groups = recorded, Only = only,
    });

    private IEnumerable<ScriptPart> Grants(IReadOnlyList<(string Identity, Guid Id)> groups, Guid? tester, IReadOnlyList<Guid> exceptions) => tester switch
    {
        _ when !policy.CanStopCalls => [.. groups.Select(g => Grant(g.Identity, g.Id)), .. exceptions.Select(Exception)],
        null => [new ScriptPart.Person("test-user", new Sentence("Grants.Question.NoTestUser"))],
        { } user =>
        [
            TrialOf([.. groups.Select(g => g.Id)], user),
            .. groups.Select(g => Grant(g.Identity, g.Id) with { Only = AfterTestCall(user) }),
            .. exceptions.Select(e => Exception(e) with { Only = AfterTestCall(user) }),
            .. exceptions.Contains(user) ? [] : (ScriptPart[])[EndTrial(user)],
        ],
    };

    public static ScriptCondition AfterTestCall(Guid user) => new(ScriptCondition.TestCallDone, new Sentence("Grants.Script.TestCall", $"{user}"));

    private ScriptPart.Made TrialOf(IReadOnlyList<Guid> groups, Guid user) => new(
        new PersonalGrant(PersonalGrant.Trial, user, policy.Name).Key, string.Join("; ", groups.Select(Granted).Append(Sources(user, "$_.AssignmentType", names))), GrantCommands.Give(user, policy.Name))
    {
        CanStopCalls = true, Groups = groups,
    };

    private ScriptPart.Made Exception(Guid user) =>
        new(new PersonalGrant(PersonalGrant.Exception, user, policy.Name).Key, Sources(user, "$_.AssignmentType -eq 'Direct'", names), GrantCommands.Give(user, policy.Name))
        {
            CanStopCalls = true, Groups = recorded,
        };

    /// <summary>Grants to a group. What the policy does when the script runs is not known, so it counts as fail-close.</summary>
    private ScriptPart.Made Grant(string identity, Guid group) =>
        new(GrantPlanner.GrantKey(identity, policy.Name), Granted(group), GrantCommands.Grant(group, identity, policy.Name, choice.Rank)) { CanStopCalls = true, Groups = [group] };

    /// <summary>Ends the trial only once the group's policy has reached the person, so that nothing changes for them.</summary>
    private ScriptPart.Made EndTrial(Guid user) =>
        new(new PersonalGrant(PersonalGrant.Trial, user, policy.Name).EndKey, $"if (-not $({Sources(user, "$_.AssignmentType -eq 'Direct'", names)})) {{ $true }}", GrantCommands.TakeBack(user))
        {
            Only = new ScriptCondition(Sources(user, "$_.AssignmentType -eq 'Group'", names), new Sentence("Grants.Script.Later", $"{user}")),
        };

    private string Granted(Guid group) =>
        $"{GroupAssignments.List.ToPowerShell()} | Where-Object {{ $_.GroupId -eq {PowerShellText.Quote(group.ToString())} -and $_.PolicyName -in {names} }}";

    private static string Sources(Guid user, string condition, string names) =>
        GrantCommands.Sources(user, $"Where-Object {{ {condition} -and $_.PolicyName -in {names} }}");

    private static string NamesOf(string policy) => $"{PowerShellText.Quote(policy)}, {PowerShellText.Quote($"Tag:{policy}")}";
}
