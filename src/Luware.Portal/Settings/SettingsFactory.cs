using Microsoft.Extensions.Options;

namespace Luware.Portal.Settings;

/// <summary>Creates options as the framework does, but reports a value that cannot be converted together with all other faults.</summary>
internal sealed class SettingsFactory<TOptions>(
    IEnumerable<IConfigureOptions<TOptions>> setups, IEnumerable<IPostConfigureOptions<TOptions>> postSetups,
    IEnumerable<IValidateOptions<TOptions>> validations)
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
        catch (InvalidOperationException e) when (SettingsFaults.IsUnreadable(e))
        {
            throw new OptionsValidationException(name, typeof(TOptions), [e.Message]);
        }
    }
}
