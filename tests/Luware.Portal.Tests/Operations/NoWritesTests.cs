using Luware.Onboarding.Engine;
using Luware.Portal.Operations;
using Luware.Portal.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Luware.Portal.Tests.Operations;

/// <summary>What the engine does while the switch is on has its own tests; here it is switched as an operator does it.</summary>
public sealed class NoWritesTests
{
    [Theory]
    [InlineData("Secrets:Directory")]
    [InlineData("Switches:Directory")]
    public async Task A_file_stops_all_writing_at_once_and_its_removal_lets_it_go_on(string key)
    {
        var folder = Directory.CreateTempSubdirectory("secrets-");
        using var configuration = new ConfigurationManager();
        configuration[key] = folder.FullName;
        configuration.AddSettingDirectories();
        await using var services = Read(configuration);
        var safety = services.GetRequiredService<IOptionsMonitor<SafetyOptions>>();
        var file = Path.Combine(folder.FullName, "Safety__NoWrites");
        safety.CurrentValue.WritesStopped.ShouldBeFalse();

        await SwitchAsync(safety, stopped: true, () => File.WriteAllText(file, "true"));
        await SwitchAsync(safety, stopped: false, () => File.Delete(file));
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("1", true)]
    [InlineData("on", true)]
    [InlineData("yes\n", true)]
    [InlineData("tru", true)]
    [InlineData("\0\0\0\0", true)]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("False \n", false)]
    [InlineData(null, false)]
    public async Task Whatever_is_in_the_file_but_false_stops(string? content, bool stopped)
    {
        var folder = Directory.CreateTempSubdirectory("switches-");
        if (content is not null)
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Safety__NoWrites"), content, TestContext.Current.CancellationToken);
        using var configuration = new ConfigurationManager();
        configuration["Switches:Directory"] = folder.FullName;
        configuration.AddSettingDirectories();
        await using var services = Read(configuration);

        services.GetRequiredService<IOptionsMonitor<SafetyOptions>>().CurrentValue.WritesStopped.ShouldBe(stopped);
        folder.Delete(recursive: true);
    }

    private static ServiceProvider Read(ConfigurationManager configuration) =>
        new ServiceCollection().Configure<SafetyOptions>(configuration.GetSection(SafetyOptions.Section)).BuildServiceProvider();

    private static async Task SwitchAsync(IOptionsMonitor<SafetyOptions> safety, bool stopped, Action change)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = safety.OnChange(options =>
        {
            if (options.WritesStopped == stopped)
                seen.TrySetResult();
        });
        change();
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
        safety.CurrentValue.WritesStopped.ShouldBe(stopped);
    }
}
