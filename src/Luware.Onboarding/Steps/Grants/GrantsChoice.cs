namespace Luware.Onboarding.Steps.Grants;

/// <param name="GroupId">The group of recorded users; null for the one that has the name of Luware's article.</param>
/// <param name="TestUsers">Members of that group whose effective policy proves the grant.</param>
public sealed record GrantsChoice(Guid? GroupId, IReadOnlyList<Guid> TestUsers)
{
    public const string RecommendedGroup = "LuwareRecording-RecordedUsers";

    public GrantsChoice() : this(null, [])
    {
    }
}
