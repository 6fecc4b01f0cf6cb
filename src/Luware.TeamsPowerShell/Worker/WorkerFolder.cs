using System.Security.Cryptography;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>
/// One worker's private folder: its two sockets, its home and its script, readable by nobody else. It goes with the worker; what a
/// killed application left behind goes at the next start.
/// </summary>
internal sealed class WorkerFolder : IDisposable
{
    private const string Prefix = "teams-";
    private const int Digits = 12;
    private const string OwnerName = "owner";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Older than any start: such a folder without an owner is never one that is just being made.</summary>
    private static readonly TimeSpan SweepAge = TimeSpan.FromMinutes(2);

    private readonly FileStream _owner;

    public WorkerFolder(TeamsWorkerOptions options)
    {
        FullName = Path.Combine(Parent(options), Prefix + RandomNumberGenerator.GetHexString(Digits, lowercase: true));
        Create(FullName);
        Home = Path.Combine(FullName, "home");
        Create(Home);
        _owner = new FileStream(OwnerFile(FullName), FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    public string FullName { get; }

    /// <summary>What the worker is told is its home and its folder for temporary files.</summary>
    public string Home { get; }

    public static string Parent(TeamsWorkerOptions options) =>
        options.PipeDirectory.Length > 0 ? options.PipeDirectory : Path.TrimEndingDirectorySeparator(Path.GetTempPath());

    /// <summary>The name of a pipe in this folder. On Windows pipes have a name space of their own and are guarded by it.</summary>
    public string PipeName(string purpose) =>
        OperatingSystem.IsWindows() ? $"{Path.GetFileName(FullName)}-{purpose}" : Path.Combine(FullName, purpose);

    public string Write(string fileName, string text)
    {
        var path = Path.Combine(FullName, fileName);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        _owner.Dispose();
        Delete(FullName);
    }

    /// <summary>Deletes folders whose application is gone: its lock on the owner's file ended with it.</summary>
    public static void Sweep(TeamsWorkerOptions options, TimeProvider time)
    {
        var parent = new DirectoryInfo(Parent(options));
        if (!parent.Exists)
            return;
        foreach (var folder in parent.EnumerateDirectories(Prefix + "*").Where(f => time.GetUtcNow().UtcDateTime - f.CreationTimeUtc > SweepAge))
        {
            if (IsName(folder.Name) && HasNoOwner(folder.FullName))
                Delete(folder.FullName);
        }
    }

    /// <summary>In a folder that is everybody's, others may have names that begin in the same way.</summary>
    private static bool IsName(string name) => name.Length == Prefix.Length + Digits && name[Prefix.Length..].All(char.IsAsciiHexDigitLower);

    private static string OwnerFile(string folder) => Path.Combine(folder, OwnerName);

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
    }

    private static bool HasNoOwner(string folder)
    {
        try
        {
            using var owner = new FileStream(OwnerFile(folder), FileMode.Open, FileAccess.Write, FileShare.None);
            return true;
        }
        catch (FileNotFoundException)
        {
            // Its application ended, or could not go on, before it had made the file.
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The owner's file last: what could not be deleted keeps the mark by which a sweep knows it.</summary>
    private static void Delete(string folder)
    {
        try
        {
            foreach (var entry in new DirectoryInfo(folder).GetFileSystemInfos().Where(e => e.Name != OwnerName))
            {
                if (entry is DirectoryInfo inner)
                    inner.Delete(recursive: true);
                else
                    entry.Delete();
            }
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process that is just ending may still write into it; the next start sweeps what is left.
        }
    }
}
