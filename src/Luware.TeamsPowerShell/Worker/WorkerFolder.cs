using System.Security.Cryptography;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>
/// One worker's private folder: its two sockets, its home and its script, readable by nobody else. It goes with the worker; what a
/// killed application left behind goes at the next start.
/// </summary>
internal sealed class WorkerFolder : IDisposable
{
    private const string Prefix = "teams-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Older than any start: such a folder without an owner is never one that is just being made.</summary>
    private static readonly TimeSpan SweepAge = TimeSpan.FromMinutes(2);

    private readonly FileStream _owner;

    public WorkerFolder(TeamsWorkerOptions options)
    {
        FullName = Path.Combine(Parent(options), Prefix + RandomNumberGenerator.GetHexString(12, lowercase: true));
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
            if (HasNoOwner(folder.FullName))
                Delete(folder.FullName);
        }
    }

    private static string OwnerFile(string folder) => Path.Combine(folder, "owner");

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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process that is just ending may still write into it; the next start sweeps what is left.
        }
    }
}
