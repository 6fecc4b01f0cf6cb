namespace Luware.Onboarding.Steps.SecurityGroups;

/// <summary>What the members of a group are to Luware Recording.</summary>
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

    /// <summary>People of its own for each group.</summary>
    Each,

    /// <summary>Nobody for now: nothing is granted until somebody is chosen.</summary>
    Nobody,
}

/// <param name="Groups">At least one for each role, the article's three to begin with.</param>
/// <param name="Testers">Test users of every group, where they are the same.</param>
/// <param name="Owners">People who may change the members of every group, besides administrators.</param>
/// <param name="ByHand">The customer makes groups and members: the portal asks for no permission to write.</param>
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

/// <param name="Name">Found by this display name, or made with it.</param>
/// <param name="Id">Picked by its object id, whatever its name is.</param>
/// <param name="Testers">Test users of this group alone.</param>
public sealed record WantedGroup(GroupRole Role, string Name, Guid? Id = null, IReadOnlyList<Guid>? Testers = null)
{
    /// <summary>The names of Luware's article.</summary>
    public const string RecordedUsers = "LuwareRecording-RecordedUsers";

    public const string Supervisors = "LuwareRecording-Supervisors";
    public const string Administrators = "LuwareRecording-Administrators";

    /// <summary>How every name of the article begins.</summary>
    public const string NameStart = "LuwareRecording";

    /// <summary>Of a group that is named as the article names those of supervisors or administrators; null for any other name.</summary>
    public static GroupRole? AccessRoleOf(string? name) =>
        name?.StartsWith(Supervisors, StringComparison.OrdinalIgnoreCase) == true ? GroupRole.Supervisors
        : name?.StartsWith(Administrators, StringComparison.OrdinalIgnoreCase) == true ? GroupRole.Administrators
        : null;

    /// <summary>The same before and after the group is made.</summary>
    public string Identity => Id?.ToString() ?? Name;
}
