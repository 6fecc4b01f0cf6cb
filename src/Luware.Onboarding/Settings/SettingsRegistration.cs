using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Onboarding.Settings;

public static class SettingsRegistration
{
    /// <summary>Binds a section and has it validated when the process starts.</summary>
    public static IServiceCollection AddSettings<TSettings>(this IServiceCollection services)
        where TSettings : class, ISettings
    {
        services.AddOptions<TSettings>().BindConfiguration(TSettings.Section).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<TSettings>, SettingsValidator<TSettings>>();
    }
}

internal sealed class SettingsValidator<TSettings> : IValidateOptions<TSettings>
    where TSettings : class, ISettings
{
    public ValidateOptionsResult Validate(string? name, TSettings options)
    {
        var faults = options.Faults().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
