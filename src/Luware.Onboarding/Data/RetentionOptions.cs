using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Data;

/// <summary>How long data of ended runs is kept.</summary>
public sealed class RetentionOptions : ISettings
{
    public static string Section => "Retention";

    private static readonly TimeSpan Least = TimeSpan.FromDays(1);

    /// <summary>How long the services' answers are kept word for word after their run has ended.</summary>
    public TimeSpan Transcripts { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How long journal lines of ended runs are kept, except those that later runs use.</summary>
    public TimeSpan Journal { get; set; } = TimeSpan.FromDays(3650);

    public IEnumerable<string> Faults()
    {
        if (Transcripts < Least)
            yield return $"{Section}:{nameof(Transcripts)} is {Transcripts}. Set it to at least one day, for example \"365.00:00:00\".";
        if (Journal < Transcripts)
            yield return $"{Section}:{nameof(Journal)} is {Journal}. A line cannot go before what was answered to it: "
                + $"set it to at least {Section}:{nameof(Transcripts)}.";
    }
}
