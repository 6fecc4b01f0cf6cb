namespace Luware.Onboarding.Data.Sqlite;

/// <summary>Files and folders that no other account of the machine may read. On Windows a folder hands its rights down, and nothing is done here.</summary>
internal static class OnlyForOwner
{
    private const UnixFileMode ForFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>With those above it that are missing. One that is there is left as it is.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, ForFiles | UnixFileMode.UserExecute);
    }

    public static FileStream Open(string path, FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = ForFiles;
        return new FileStream(path, options);
    }

    /// <summary>Takes from others what they may do with a file that is there.</summary>
    /// <returns>False where they still may: it belongs to somebody else, or its file system knows no such rights.</returns>
    public static bool Tighten(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
            return true;
        try
        {
            if ((File.GetUnixFileMode(path) & ~ForFiles) != UnixFileMode.None)
                File.SetUnixFileMode(path, ForFiles);
            return (File.GetUnixFileMode(path) & ~ForFiles) == UnixFileMode.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
