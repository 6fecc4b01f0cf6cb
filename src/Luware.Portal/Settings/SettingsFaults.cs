using Microsoft.Extensions.Options;

namespace Luware.Portal.Settings;

/// <summary>Looks at every section before anything is started.</summary>
internal static class SettingsFaults
{
    public static IReadOnlyList<string> Find(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
        catch (AggregateException e) when (e.InnerExceptions.All(i => i is OptionsValidationException))
        {
            return [.. e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(i => i.Failures)];
        }
    }

    public static string Describe(IReadOnlyList<string> faults) =>
        $"The portal cannot start. Settings to mend:{Environment.NewLine}- {string.Join($"{Environment.NewLine}- ", faults)}";
}

/// <summary>Makes options as the framework does; a value that cannot be converted becomes a fault among the others instead of an end.</summary>
internal sealed class SettingsFactory<TOptions>(
    IEnumerable<IConfigureOptions<TOptions>> setups, IEnumerable<IPostConfigureOptions<TOptions>> postSetups, IEnumerable<IValidateOptions<TOptions>> validations)
    : IOptionsFactory<TOptions>
    where TOptions : class
{
    private readonly OptionsFactory<TOptions> _inner = new(setups, postSetups, validations);

    public TOptions Create(string name)
    {
        try
        {
            return _inner.Create(name);
        }
        catch (InvalidOperationException e) when (e.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal))
        {
            throw new OptionsValidationException(name, typeof(TOptions), [e.Message]);
        }
    }
}
