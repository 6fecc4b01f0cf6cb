namespace Luware.Portal.Benchmarks.Cockpit;

/// <summary>Two ways that take turns in being the first, because the second finds the database's pages warm.</summary>
internal static class Turns
{
    public static async Task<(T First, T Second)> AskAsync<T>(int round, Func<Task<T>> first, Func<Task<T>> second)
    {
        if (round % 2 == 0)
            return (await first(), await second());
        var late = await second();
        return (await first(), late);
    }
}
