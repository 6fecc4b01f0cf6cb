using Luware.Onboarding.Texts;

namespace Luware.Onboarding.Parts;

/// <summary>Formats how long ago something was, in the one unit that matters.</summary>
public static class Ages
{
    public static string Age(this Say say, TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => say["Age.Now"],
        { TotalHours: < 1 } => say.Count("Age.Minutes", (int)age.TotalMinutes),
        { TotalDays: < 1 } => say.Count("Age.Hours", (int)age.TotalHours),
        _ => say.Count("Age.Days", (int)age.TotalDays),
    };

    public static string Ago(this Say say, TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => say["Age.Now"],
        { TotalDays: < 1 } => say["Age.Ago", say.Age(age)],
        _ => say.Count("Age.DaysAgo", (int)age.TotalDays),
    };
}
