using System.Diagnostics;
using System.Globalization;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>The machine's processes, as Linux shows them.</summary>
internal static class ProcessTable
{
    public static void SkipUnlessReadable() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc, which only Linux has.");

    public static bool IsAlive(int id)
    {
        try
        {
            // A zombie is dead and only waits for its parent to read its exit code.
            return ReadStatus(id) is not "Z";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static IReadOnlyList<int> ChildrenOf(int parent) =>
        [.. Process.GetProcesses().Select(p => p.Id).Where(id => IsAlive(id) && ParentOf(id) == parent)];

    /// <summary>What every process of the same account can read of a process: its arguments and its initial environment.</summary>
    public static string Show(int id) => File.ReadAllText($"/proc/{id}/cmdline") + File.ReadAllText($"/proc/{id}/environ");

    public static int ParentOf(int id)
    {
        try
        {
            return int.Parse(ReadFields(id)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public static int SessionOf(int id) => int.Parse(ReadFields(id)[3], CultureInfo.InvariantCulture);

    private static string ReadStatus(int id) => ReadFields(id)[0];

    /// <summary>The fields after the name, which is in parentheses and may contain anything.</summary>
    private static string[] ReadFields(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }
}
