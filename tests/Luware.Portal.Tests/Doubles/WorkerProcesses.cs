using System.Globalization;

namespace Luware.Portal.Tests.Doubles;

/// <summary>The worker processes of one world and their descendants, as Linux shows them to every process of the same account.</summary>
internal static class WorkerProcesses
{
    /// <returns>Arguments and first environment of each process, those of the workers before those of their descendants.</returns>
    public static IReadOnlyList<string> Of(Uri world)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Where(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out _))
            .Select(Look).OfType<Shown>().ToList();
        var found = all.Where(p => p.Text.Contains($"SANDBOX_TEAMS_ADDRESS={world.AbsoluteUri}", StringComparison.Ordinal)).ToList();
        for (var next = 0; next < found.Count; next++)
            found.AddRange(all.Where(p => p.Parent == found[next].Id).Except(found));
        return [.. found.Select(p => p.Text)];
    }

    private static Shown? Look(string process)
    {
        try
        {
            // The name is in parentheses and may contain anything; state and parent follow it.
            var stat = File.ReadAllText($"{process}/stat");
            var parent = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
            return new Shown(
                int.Parse(Path.GetFileName(process), CultureInfo.InvariantCulture), parent,
                File.ReadAllText($"{process}/cmdline") + File.ReadAllText($"{process}/environ"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has ended, or belongs to somebody else.
            return null;
        }
    }

    private sealed record Shown(int Id, int Parent, string Text);
}
