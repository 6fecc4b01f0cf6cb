namespace Luware.Onboarding.Steps.Policies;

/// <param name="Name">The policy's identity; other steps grant by it.</param>
/// <param name="FailClose">Recommended: without the recorder, no call.</param>
public sealed record PoliciesChoice(string Name, string Description, bool FailClose)
{
    public PoliciesChoice() : this(RecommendedName(failClose: true), RecommendedDescription(failClose: true), FailClose: true)
    {
    }

    public static string RecommendedName(bool failClose) => failClose ? "luwarerecordingfailclose1" : "luwarerecordingfailopen1";

    public static string RecommendedDescription(bool failClose) => failClose ? "Luware Recording Fail Close 1" : "Luware Recording Fail Open 1";

    /// <summary>The other mode; a recommended name and description follow it, a person's own stay.</summary>
    public PoliciesChoice With(bool failClose) => new(
        Name == RecommendedName(FailClose) ? RecommendedName(failClose) : Name,
        Description == RecommendedDescription(FailClose) ? RecommendedDescription(failClose) : Description,
        failClose);
}
