using Luware.Onboarding.Settings;

namespace Luware.Onboarding.Data;

/// <summary>How long is kept what nobody works with any more.</summary>
public sealed class RetentionOptions : ISettings
{
    public static string Section => "Retention";

    private static readonly TimeSpan Least = TimeSpan.FromDays(1);

    /// <summary>What services answered word for word, once its run has ended.</summary>
    public TimeSpan Transcripts { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Lines of the journal of ended runs, without those that later runs rest on.</summary>
    public TimeSpan Journal { get; set; } = TimeSpan.FromDays(3650);

    public IEnumerable<string> Faults()
    {
        if (Transcripts < Least)
            yield return $"{Section}:{nameof(Transcripts)} is {Transcripts}. Set it to at least one day, for example \"365.00:00:00\".";
        if (Journal < Transcripts)
            yield return $"{Section}:{nameof(Journal)} is {Journal}. A line cannot go before what was answered to it: set it to at least {Section}:{nameof(Transcripts)}.";
    }
}
