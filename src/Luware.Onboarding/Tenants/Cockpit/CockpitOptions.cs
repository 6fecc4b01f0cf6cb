using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Tenants.Cockpit;

/// <summary>Defines when a tenant counts as idle.</summary>
public sealed class CockpitOptions
{
    public const string Section = "Cockpit";

    private const int MostDays = 365;

    /// <summary>Days without progress after which a tenant counts as idle.</summary>
    public int IdleDays { get; set; } = 7;

    internal sealed class Validator : IValidateOptions<CockpitOptions>
    {
        public ValidateOptionsResult Validate(string? name, CockpitOptions options) =>
            options.IdleDays is >= 1 and <= MostDays
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail($"{Section}:{nameof(IdleDays)} is {options.IdleDays}. Set it to a number of days from 1 to {MostDays}.");
    }
}
