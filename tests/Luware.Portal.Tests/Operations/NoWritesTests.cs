using Luware.Onboarding.Engine;
using Luware.Portal.Operations;
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
        configuration.AddSecretFiles();
        await using var services = new ServiceCollection().Configure<SafetyOptions>(configuration.GetSection(SafetyOptions.Section)).BuildServiceProvider();
        var safety = services.GetRequiredService<IOptionsMonitor<SafetyOptions>>();
        var file = Path.Combine(folder.FullName, "Safety__NoWrites");
        safety.CurrentValue.NoWrites.ShouldBeFalse();

        await SwitchAsync(safety, stopped: true, () => File.WriteAllText(file, "true"));
        await SwitchAsync(safety, stopped: false, () => File.Delete(file));
        folder.Delete(recursive: true);
    }

    private static async Task SwitchAsync(IOptionsMonitor<SafetyOptions> safety, bool stopped, Action change)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = safety.OnChange(options =>
        {
            if (options.NoWrites == stopped)
                seen.TrySetResult();
        });
        change();
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
        safety.CurrentValue.NoWrites.ShouldBe(stopped);
    }
}
