using System.Globalization;
using Luware.Onboarding.Engine;
using Luware.Onboarding.Texts;
using Microsoft.AspNetCore.Components;

namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>The choices of step 1: the groups, their test users, their owners, and who creates them.</summary>
public sealed partial class SecurityGroupsChoices : StepChoicesBase<SecurityGroupsChoice>
{
    /// <summary>Shown before the plan too, because the choice decides which permissions are asked for.</summary>
    public static readonly ByHandWords Words = new(
        new Sentence("SecurityGroups.Choices.Who"), new Sentence("SecurityGroups.Choices.Portal"), new Sentence("SecurityGroups.Choices.PortalHint"),
        new Sentence("SecurityGroups.Choices.ByHand"), new Sentence("SecurityGroups.Choices.ByHandHint"));

    private static readonly (TestUserWay Way, string Text)[] Ways =
    [
        (TestUserWay.Same, "SecurityGroups.Choices.WaySame"),
        (TestUserWay.Each, "SecurityGroups.Choices.WayEach"),
        (TestUserWay.Nobody, "SecurityGroups.Choices.WayNobody"),
    ];

    private static readonly string[] Notes =
    [
        "SecurityGroups.Note.Dynamic", "SecurityGroups.Note.Synced", "SecurityGroups.Note.Microsoft365", "SecurityGroups.Note.Nested",
        "SecurityGroups.Note.RoleAssignable", "SecurityGroups.Note.Restricted", "SecurityGroups.Note.MailEnabled", "SecurityGroups.Note.Distribution",
    ];

    /// <summary>The select is set back to it after each choice, so that another group of the same role can be chosen next.</summary>
    private const string NoRole = "";

    private readonly RowKeys keys = new();

    /// <summary>The largest number of groups; 0, so that no further group is offered, if the reading does not say.</summary>
    private int Most => Options(SecurityGroupsStep.MostOption) is [{ Value: var most }] ? int.Parse(most, CultureInfo.InvariantCulture) : 0;

    private IReadOnlyList<ChoiceOption> People => Options(SecurityGroupsStep.PersonOption);

    private IReadOnlyList<ChoiceOption> Groups => Options(SecurityGroupsStep.GroupOption);

    /// <summary>True if a question is about more than the missing test users.</summary>
    private bool IsAskedFor => Plan.Questions.Any(q => q.Key != GroupQuestions.NoTestUser);

    private static string RoleText(GroupRole role) => role switch
    {
        GroupRole.RecordedUsers => "SecurityGroups.Kind.RecordedUsers",
        GroupRole.Supervisors => "SecurityGroups.Kind.Supervisors",
        _ => "SecurityGroups.Kind.Administrators",
    };

    /// <summary>Display names are not unique in Entra, so equal names are shown with their object ids.</summary>
    private string NameOf(ChoiceOption group, GroupRole role)
    {
        var name = Groups.Count(g => g.Label == group.Label) > 1 ? Texts["SecurityGroups.Choices.SameName", group.Label, group.Value].Value : group.Label;
        return group.Note is { } note ? $"{name} – {Texts[GroupNotes.For(role, note).Key].Value}" : name;
    }

    /// <summary>A picked group's own name, which is not the wanted one.</summary>
    private string NameOf(WantedGroup group) => Groups.FirstOrDefault(o => o.Value == $"{group.Id}")?.Label ?? group.Name;

    /// <summary>True for all groups of a role but the first: each role keeps at least one.</summary>
    private bool IsFurther(int index) => Value.Groups.Take(index).Any(g => g.Role == Value.Groups[index].Role);

    private Task RenameAsync(int index, string? name) => ReplaceAsync(index, Value.Groups[index] with { Name = name?.Trim() ?? string.Empty, Id = null });

    private Task PickAsync(int index, string? id) => ReplaceAsync(index, Value.Groups[index] with { Id = Guid.TryParse(id, out var group) ? group : null });

    private Task ReplaceAsync(int index, WantedGroup group) => ChooseAsync(Value with { Groups = [.. Value.Groups.Select((g, i) => i == index ? group : g)] });

    private Task RemoveAsync(int index)
    {
        keys.Remove(index);
        FocusOn("#groups-further");
        return ChooseAsync(Value with { Groups = [.. Value.Groups.Where((_, i) => i != index)] });
    }

    private Task AddAsync(string? role)
    {
        if (!Enum.TryParse<GroupRole>(role, out var wanted))
            return Task.CompletedTask;

        var name = Value.Groups.First(g => g.Role == wanted).Name;
        var number = Enumerable.Range(2, Value.Groups.Count).First(n => Value.Groups.All(g => g.Name != Numbered(name, n)));
        return ChooseAsync(Value with { Groups = [.. Value.Groups, new WantedGroup(wanted, Numbered(name, number))] });
    }

    private static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
}
