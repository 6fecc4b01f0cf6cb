using Luware.Onboarding.Engine;
using Luware.Portal.Operations;
using Luware.Portal.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace Luware.Portal.Tests.Operations;

/// <summary>What the engine does while the switch is on has its own tests; here it is switched as an operator does it.</summary>
public sealed class NoWritesTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("switches-");
    private readonly ConfigurationManager _configuration = new();
    private readonly ServiceProvider _services;

    public NoWritesTests() =>
        _services = new ServiceCollection().Configure<SafetyOptions>(_configuration.GetSection(SafetyOptions.Section)).BuildServiceProvider();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _configuration.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Secrets:Directory", "Safety__NoWrites")]
    [InlineData("Switches:Directory", "Safety__NoWrites")]
    [InlineData("Switches:Directory", "safety__nowrites")]
    public void A_file_stops_all_writing_within_seconds_and_its_removal_lets_it_go_on(string key, string name)
    {
        Read(key);
        var file = Path.Combine(_folder.FullName, name);
        IsStopped().ShouldBeFalse();

        File.WriteAllText(file, "true");
        IsStopped().ShouldBeTrue();

        File.Delete(file);
        IsStopped().ShouldBeFalse();
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
    public void Whatever_is_in_the_file_but_false_stops(string? content, bool stopped)
    {
        if (content is not null)
            File.WriteAllText(Switch, content);

        Read("Switches:Directory");

        Safety.WritesStopped.ShouldBe(stopped, "from the start");
        IsStopped().ShouldBe(stopped);
    }

    [Fact]
    public void A_share_that_is_away_changes_nothing_and_is_heard_again_when_it_is_back()
    {
        var (share, away) = (_folder.CreateSubdirectory("share").FullName, Path.Combine(_folder.FullName, "away"));
        var file = Path.Combine(share, "Safety__NoWrites");
        File.WriteAllText(file, "true");
        Read("Switches:Directory", share);

        Directory.Move(share, away);
        IsStopped().ShouldBeTrue();

        Directory.Move(away, share);
        File.Delete(file);
        IsStopped().ShouldBeFalse();

        Directory.Move(share, away);
        IsStopped().ShouldBeFalse();
    }

    [Fact]
    public void Until_a_share_answers_for_the_first_time_nothing_is_written()
    {
        var share = Path.Combine(_folder.FullName, "share");
        ((IConfigurationBuilder)_configuration).Add(new SwitchFile.Source(share, _time));
        IsStopped().ShouldBeTrue();

        Directory.CreateDirectory(share);
        IsStopped().ShouldBeFalse();
    }

    /// <summary>A directory of that name may not be read as a file by anybody, whoever runs the test.</summary>
    [Theory]
    [InlineData("Secrets:Directory")]
    [InlineData("Switches:Directory")]
    public void What_may_not_be_read_stops(string key)
    {
        Read(key);

        Directory.CreateDirectory(Switch);
        IsStopped().ShouldBeTrue();

        Directory.Delete(Switch);
        IsStopped().ShouldBeFalse();
    }

    [Fact]
    public void Who_fails_at_hearing_of_it_does_not_end_the_reading()
    {
        Read("Switches:Directory");
        using var listener = ChangeToken.OnChange(
            ((IConfiguration)_configuration).GetReloadToken, () => throw new InvalidOperationException("Of another setting."));

        File.WriteAllText(Switch, "true");
        IsStopped().ShouldBeTrue();

        File.Delete(Switch);
        IsStopped().ShouldBeFalse();
    }

    private string Switch => Path.Combine(_folder.FullName, "Safety__NoWrites");

    private SafetyOptions Safety => _services.GetRequiredService<IOptionsMonitor<SafetyOptions>>().CurrentValue;

    private void Read(string key, string? directory = null)
    {
        _configuration[key] = directory ?? _folder.FullName;
        _configuration.AddSettingDirectories(_time);
    }

    /// <summary>As it is after the next reading.</summary>
    private bool IsStopped()
    {
        _time.Advance(TimeSpan.FromSeconds(4));
        return Safety.WritesStopped;
    }
}
