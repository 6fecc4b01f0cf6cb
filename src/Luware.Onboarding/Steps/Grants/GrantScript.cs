using Luware.Onboarding.Engine.Scripts;
using Luware.Onboarding.Steps.Policies;
using Luware.Onboarding.Texts;
using Luware.TeamsPowerShell;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>The grant to the group of recorded users in a script.</summary>
internal static class GrantScript
{
    public static IReadOnlyList<ScriptPart> Parts(Guid? group, PoliciesChoice policy)
    {
        if (PolicyNames.Check(policy.Name) is { } fault)
            return [new ScriptPart.Person("name", fault)];
        if (group is not { } id)
            return [new ScriptPart.Person("group", new Sentence("Grants.Question.NoGroup", GrantsChoice.RecommendedGroup))];

        var names = $"{PowerShellText.Quote(policy.Name)}, {PowerShellText.Quote($"Tag:{policy.Name}")}";
        var find = $"{GroupAssignments.List.ToPowerShell()} | Where-Object {{ $_.GroupId -eq {PowerShellText.Quote(id.ToString())} -and $_.PolicyName -in {names} }}";
        // What the policy does by the time that the script runs is not known, so it counts as one that fails close.
        return [new ScriptPart.Made($"grant/{id}", find, GrantCommands.Grant(id, policy.Name)) { CanStopCalls = true }];
    }
}
