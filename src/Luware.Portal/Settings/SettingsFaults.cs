using Microsoft.Extensions.Options;

namespace Luware.Portal.Settings;

/// <summary>Validates every section before any is used.</summary>
internal static class SettingsFaults
{
    /// <exception cref="SettingsException">Its message lists every fault.</exception>
    public static void ThrowIfAny(IServiceProvider services)
    {
        List<string> faults =
        [
            .. Find(services),
            .. SettingDirectories.Faults(services.GetRequiredService<IConfiguration>()),
            .. ProductionRules.Faults(services.GetRequiredService<IHostEnvironment>(), services.GetRequiredService<IConfiguration>()),
        ];
        if (faults.Count > 0)
            throw new SettingsException(faults);
    }

    /// <summary>
    /// True if a file is broken or cannot be read, or if a value could not be converted; the configuration binder has no specific exception type for that.
    /// </summary>
    public static bool IsUnreadable(Exception exception) => exception is InvalidDataException or IOException or UnauthorizedAccessException
        || exception is InvalidOperationException && exception.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal);

    /// <summary>The outermost exception names the file, the innermost one the place in it.</summary>
    public static SettingsException Unreadable(Exception exception) =>
        new([string.Join(' ', new[] { exception.Message, exception.GetBaseException().Message }.Distinct(StringComparer.Ordinal))]);

    private static IReadOnlyList<string> Find(IServiceProvider services)
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
            return [.. e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(i => i.Failures).Distinct(StringComparer.Ordinal)];
        }
    }
}

/// <summary>The settings do not allow a start. The message is for the person who runs the portal.</summary>
public sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception($"The portal cannot start. Settings to mend:{Environment.NewLine}- {string.Join($"{Environment.NewLine}- ", faults)}");
