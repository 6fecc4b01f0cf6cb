using Microsoft.Extensions.Options;

namespace Luware.Portal.Settings;

internal static class SettingsRegistration
{
    /// <summary>Binds and validates a section when the process starts; all sections are looked at before it gives up.</summary>
    public static IServiceCollection AddSettings<TSettings>(this IServiceCollection services)
        where TSettings : class, ISettings
    {
        services.AddOptions<TSettings>().Configure<IConfiguration>(Bind).ValidateOnStart();
        return services.AddSingleton<IValidateOptions<TSettings>, SettingsValidator<TSettings>>();
    }

    // A value that cannot be converted would otherwise end the start before the other sections have been looked at.
    private static void Bind<TSettings>(TSettings settings, IConfiguration configuration)
        where TSettings : class, ISettings
    {
        try
        {
            configuration.GetSection(TSettings.Section).Bind(settings);
        }
        catch (InvalidOperationException e)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(TSettings), [e.Message]);
        }
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
