using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Consent;

/// <summary>How long a consent link is valid.</summary>
public sealed class ConsentStateOptions
{
    public const string Section = "Consent";

    public TimeSpan StateLifetime { get; set; } = TimeSpan.FromHours(1);

    internal sealed class Validator : IValidateOptions<ConsentStateOptions>
    {
        public ValidateOptionsResult Validate(string? name, ConsentStateOptions options) =>
            options.StateLifetime >= TimeSpan.FromMinutes(1) && options.StateLifetime <= TimeSpan.FromDays(1)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{Section}:{nameof(StateLifetime)} is {options.StateLifetime}. Set it to between one minute and one day, for example \"01:00:00\".");
    }
}
