namespace Luware.Onboarding.Data.Sqlite;

/// <summary>
/// Creates files and folders that no other account of the machine may read. Does nothing on Windows, where rights are inherited from the folder.
/// </summary>
internal static class OnlyForOwner
{
    private const UnixFileMode ForFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a folder and its missing parents. An existing one is left unchanged.</summary>
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

    /// <summary>Removes other accounts' rights on an existing file.</summary>
    /// <returns>False when they keep them: the file belongs to somebody else, or its file system has no such rights.</returns>
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
