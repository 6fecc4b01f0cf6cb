using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants;

/// <summary>How long customers can accept an invitation.</summary>
public sealed class InvitationOptions
{
    public const string Section = "Invitations";

    private const int MostDays = 365;

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(30);

    internal sealed class Validator : IValidateOptions<InvitationOptions>
    {
        public ValidateOptionsResult Validate(string? name, InvitationOptions options) =>
            options.Lifetime >= TimeSpan.FromMinutes(5) && options.Lifetime <= TimeSpan.FromDays(MostDays)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    $"{Section}:{nameof(Lifetime)} is {options.Lifetime}. Set it to between five minutes and {MostDays} days, for example \"30.00:00:00\".");
    }
}
