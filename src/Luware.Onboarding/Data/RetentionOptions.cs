using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Data;

/// <summary>How long data of ended runs is kept.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    private static readonly TimeSpan Least = TimeSpan.FromDays(1);

    /// <summary>How long the services' answers are kept word for word after their run has ended.</summary>
    public TimeSpan Transcripts { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How long journal lines of ended runs are kept, except those that later runs use.</summary>
    public TimeSpan Journal { get; set; } = TimeSpan.FromDays(3650);

    internal sealed class Validator : IValidateOptions<RetentionOptions>
    {
        public ValidateOptionsResult Validate(string? name, RetentionOptions options)
        {
            var faults = new List<string>();
            if (options.Transcripts < Least)
                faults.Add($"{Section}:{nameof(Transcripts)} is {options.Transcripts}. Set it to at least one day, for example \"365.00:00:00\".");
            if (options.Journal < options.Transcripts)
                faults.Add($"{Section}:{nameof(Journal)} is {options.Journal}. A line cannot go before what was answered to it: set it to at least {Section}:{nameof(Transcripts)}.");
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
