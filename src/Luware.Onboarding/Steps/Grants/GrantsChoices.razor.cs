using System.Globalization;
using Luware.Onboarding.Engine;

namespace Luware.Onboarding.Steps.Grants;

/// <summary>The choices of step 5: a group other than those of step 1 with its test users, ranks, exceptions, and decisions about other policies.</summary>
public sealed partial class GrantsChoices : StepChoicesBase<GrantsChoice>
{
    /// <summary>Further members are found by typing.</summary>
    private const int Listed = 8;

    private string filter = string.Empty;

    private IReadOnlyList<ChoiceOption> Groups => Options(GrantsStep.GroupOption);

    private IReadOnlyList<ChoiceOption> Policies => Options(GrantsStep.PolicyOption);

    private string? Rank => Value.Rank?.ToString(CultureInfo.InvariantCulture);

    private IReadOnlyList<ChoiceOption> Members => Options(GrantsStep.TestUserOption);

    /// <summary>Chosen people are always shown, followed by the first who match the typed text.</summary>
    private IEnumerable<ChoiceOption> Shown =>
    [
        .. Members.Where(IsChosen),
        .. Members.Where(m => !IsChosen(m) && m.Label.Contains(filter.Trim(), StringComparison.CurrentCultureIgnoreCase)).Take(Listed),
    ];

    /// <summary>Display names are not unique in Entra, so equal names are shown with their object ids.</summary>
    private string NameOf(ChoiceOption group) =>
        Groups.Count(g => g.Label == group.Label) > 1 ? Texts["Grants.Choices.GroupSameName", group.Label, group.Value] : group.Label;

    private bool IsChosen(ChoiceOption member) => Value.TestUsers.Any(u => u.ToString() == member.Value);

    /// <summary>Picks another group, which clears the test users because they are its members.</summary>
    private Task ChooseGroupAsync(string? id)
    {
        filter = string.Empty;
        return ChooseAsync(Value with { GroupId = Guid.TryParse(id, out var group) ? group : null, TestUsers = [] });
    }

    private Task SynchroniseAsync() => ChooseAsync(Value with { Synchronised = Value.Synchronised == Value.GroupId ? null : Value.GroupId });

    private Task ToggleAsync(ChoiceOption member)
    {
        var id = Guid.Parse(member.Value);
        return ChooseAsync(Value with { TestUsers = IsChosen(member) ? [.. Value.TestUsers.Where(u => u != id)] : [.. Value.TestUsers, id] });
    }

    private Task AddAsync(Guid member) =>
        Value.TestUsers.Contains(member) ? Task.CompletedTask : ChooseAsync(Value with { TestUsers = [.. Value.TestUsers, member] });

    private string NameOf(WantedException exception) =>
        Options(GrantsStep.ExceptionOption).FirstOrDefault(o => o.Value == exception.Person.ToString())?.Label ?? exception.Person.ToString();

    private Task ChoosePolicyAsync(string group, string policy) =>
        ChooseAsync(Value with { PolicyOf = new Dictionary<string, string>(Value.PolicyOf, StringComparer.Ordinal) { [group] = policy } });

    private Task ChooseRankAsync(string? rank) =>
        ChooseAsync(Value with { Rank = int.TryParse(rank, CultureInfo.InvariantCulture, out var place) ? place : null });

    private Task LeaveUnreadAsync(string policy) =>
        ChooseAsync(Value with
        {
            LeftUnread = Value.LeavesUnread(policy)
                ? [.. Value.LeftUnread.Where(p => !TeamsAnswers.IsSameName(p, policy))]
                : [.. Value.LeftUnread, policy],
        });

    private bool IsLeft(ChoiceOption group) => Value.LeftGroups.Any(g => g.ToString() == group.Value);

    private Task LeaveGroupAsync(ChoiceOption group)
    {
        var id = Guid.Parse(group.Value);
        return ChooseAsync(Value with { LeftGroups = IsLeft(group) ? [.. Value.LeftGroups.Where(g => g != id)] : [.. Value.LeftGroups, id] });
    }

    private Task ChooseExceptionsAsync(IReadOnlyList<Guid> people) =>
        ChooseAsync(Value with { Exceptions = [.. people.Select(p => Value.Exceptions.FirstOrDefault(e => e.Person == p) ?? new WantedException(p))] });

    private Task ChooseExceptionPolicyAsync(WantedException exception, string policy) =>
        ChooseAsync(Value with { Exceptions = [.. Value.Exceptions.Select(e => e == exception ? e with { Policy = policy } : e)] });
}
