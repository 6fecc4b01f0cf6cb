using System.Security.Cryptography;

namespace Luware.TeamsPowerShell.Worker;

/// <summary>
/// One worker's private folder with its two sockets, its home and its script; nobody else can read it. It is deleted with the worker. Folders of a killed
/// application are deleted at the next start.
/// </summary>
internal sealed class WorkerFolder : IDisposable
{
    private const string Prefix = "teams-";
    private const int Digits = 12;
    private const string OwnerName = "owner";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Minimum age for sweeping a folder without an owner file; longer than any start, so a folder that is just being created is never swept.
    /// </summary>
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

    /// <summary>The worker's home and folder for temporary files.</summary>
    public string Home { get; }

    public static string Parent(TeamsWorkerOptions options) =>
        options.PipeDirectory.Length > 0 ? options.PipeDirectory : Path.TrimEndingDirectorySeparator(Path.GetTempPath());

    /// <summary>Returns the name of a pipe in this folder. On Windows pipes have a namespace of their own, which protects them.</summary>
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

    /// <summary>Deletes folders whose application is gone, which released its lock on the owner file.</summary>
    public static void Sweep(TeamsWorkerOptions options, TimeProvider time)
    {
        var parent = new DirectoryInfo(Parent(options));
        if (!parent.Exists)
            return;
        foreach (var folder in parent.EnumerateDirectories(Prefix + "*").Where(f => time.GetUtcNow().UtcDateTime - f.CreationTimeUtc > SweepAge))
        {
            // Anybody can create a link with such a name in a shared temporary folder; it leads to a folder that is not ours.
            if (IsName(folder.Name) && folder.LinkTarget is null && HasNoOwner(folder.FullName))
                Delete(folder.FullName);
        }
    }

    /// <summary>Recognises our own folders: in a shared temporary folder, others may have names with the same prefix.</summary>
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
            // Its application ended or failed before it had created the file.
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Deletes the owner file last, so that the next sweep recognises a folder that could not be deleted completely.</summary>
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
            // A process that is just ending may still write into it; the next start deletes what is left.
        }
    }
}
