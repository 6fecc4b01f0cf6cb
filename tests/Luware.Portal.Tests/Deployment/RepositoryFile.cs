namespace Luware.Portal.Tests.Deployment;

/// <summary>A file of the working tree that this build came from.</summary>
internal static class RepositoryFile
{
    public static string Path(string name) => System.IO.Path.Combine(Root(), name);

    public static string Read(string name) => File.ReadAllText(Path(name));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Luware.Portal.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("This test reads the source: run it from a build inside the working tree.");
    }
}
