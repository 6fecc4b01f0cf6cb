using Luware.Onboarding.Engine;

namespace Luware.Portal.Settings;

/// <summary>
/// Reads the file Safety__NoWrites of a directory every few seconds. What cannot be read for a while keeps its last value, because a share that is away
/// says nothing; what may not be read stops.
/// </summary>
/// <remarks>The framework's own provider would be no help: it ends the process when a polled share is away, and what it may not read changes nothing.</remarks>
internal sealed class SwitchFile : ConfigurationProvider, IDisposable
{
    private const string Name = "Safety__NoWrites";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(4);

    /// <summary>Hidden files too, and a directory that may not be listed is an error.</summary>
    private static readonly EnumerationOptions AnyCase =
        new() { MatchCasing = MatchCasing.CaseInsensitive, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None };

    private readonly string _directory;
    private readonly ITimer _timer;

    /// <summary>The file's content, or why it is not known; null if there is none. Nothing may be written before the first reading.</summary>
    private string? _written = "not read yet";

    private SwitchFile(string directory, TimeProvider time)
    {
        _directory = directory;
        Publish();
        // Starts anew after each reading: those of a share that hangs would otherwise pile up.
        _timer = time.CreateTimer(_ => Reload(), state: null, Every, Timeout.InfiniteTimeSpan);
    }

    public static bool IsSwitch(string file) => file.Equals(Name, StringComparison.OrdinalIgnoreCase);

    public override void Load()
    {
        try
        {
            _written = Directory.EnumerateFileSystemEntries(_directory, Name, AnyCase).FirstOrDefault() is { } file ? File.ReadAllText(file) : null;
        }
        catch (UnauthorizedAccessException)
        {
            _written = "may not be read";
        }
        catch (IOException)
        {
            return;
        }

        Publish();
    }

    public void Dispose() => _timer.Dispose();

    private void Reload()
    {
        try
        {
            var before = _written;
            Load();
            if (_written != before)
                OnReload();
        }
        catch (AggregateException)
        {
            // Of those who listen, for example because other settings cannot be read; they heard of the change. The next reading must come all the same.
        }
        finally
        {
            _timer.Change(Every, Timeout.InfiniteTimeSpan);
        }
    }

    private void Publish()
    {
        // A new one, because others read the last one meanwhile.
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (_written is not null)
            data[$"{SafetyOptions.Section}:{nameof(SafetyOptions.NoWrites)}"] = _written;
        Data = data;
    }

    public sealed class Source(string directory, TimeProvider time) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => new SwitchFile(directory, time);
    }
}
