namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>The role of a group's members in Luware Recording.</summary>
public enum GroupRole
{
    RecordedUsers,
    Supervisors,
    Administrators,
}

/// <summary>How test users are chosen.</summary>
public enum TestUserWay
{
    /// <summary>The same people for every group.</summary>
    Same,

    /// <summary>Different people for each group.</summary>
    Each,

    /// <summary>Nobody for now: nothing is granted until somebody is chosen.</summary>
    Nobody,
}

/// <param name="Groups">At least one for each role; initially the article's three.</param>
/// <param name="Testers">Test users of every group, if all groups have the same.</param>
/// <param name="Owners">People, besides administrators, who may change the members of every group.</param>
/// <param name="ByHand">The customer creates groups and members, so the portal asks for no permission to write.</param>
public sealed record SecurityGroupsChoice(
    IReadOnlyList<WantedGroup> Groups, TestUserWay Way, IReadOnlyList<Guid> Testers, IReadOnlyList<Guid> Owners, bool ByHand)
{
    public SecurityGroupsChoice() : this(
        [
            new WantedGroup(GroupRole.RecordedUsers, WantedGroup.RecordedUsers),
            new WantedGroup(GroupRole.Supervisors, WantedGroup.Supervisors),
            new WantedGroup(GroupRole.Administrators, WantedGroup.Administrators),
        ],
        TestUserWay.Same, [], [], ByHand: false)
    {
    }

    public IEnumerable<WantedGroup> Recorded => Groups.Where(g => g.Role == GroupRole.RecordedUsers);

    public IReadOnlyList<Guid> TestersOf(WantedGroup group) => Way switch
    {
        TestUserWay.Same => Testers,
        TestUserWay.Each => group.Testers ?? [],
        _ => [],
    };
}

/// <param name="Name">The display name by which it is found or with which it is created.</param>
/// <param name="Id">The object id of a picked group, whatever its name is.</param>
/// <param name="Testers">Test users of this group only.</param>
public sealed record WantedGroup(GroupRole Role, string Name, Guid? Id = null, IReadOnlyList<Guid>? Testers = null)
{
    /// <summary>The name of this group in Luware's article.</summary>
    public const string RecordedUsers = "LuwareRecording-RecordedUsers";

    public const string Supervisors = "LuwareRecording-Supervisors";
    public const string Administrators = "LuwareRecording-Administrators";

    /// <summary>The prefix of all names in the article.</summary>
    public const string NameStart = "LuwareRecording";

    /// <summary>The role of a group that has the article's name for supervisors or administrators; null for any other name.</summary>
    public static GroupRole? AccessRoleOf(string? name) =>
        name?.StartsWith(Supervisors, StringComparison.OrdinalIgnoreCase) == true ? GroupRole.Supervisors
        : name?.StartsWith(Administrators, StringComparison.OrdinalIgnoreCase) == true ? GroupRole.Administrators
        : null;

    /// <summary>The same before and after the group is created.</summary>
    public string Identity => Id?.ToString() ?? Name;
}
