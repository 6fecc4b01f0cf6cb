namespace Luware.Onboarding.Gateways;

/// <summary>
/// Collects what gateways report besides their answers during one unit of work: positions in a queue, retries, warnings. It is kept until somebody takes it, up
/// to a limit, so that a verbose module cannot fill a journal.
/// </summary>
public sealed class Commentary
{
    private const int MostLines = 40;
    private const int LongestLine = 300;

    private readonly Lock gate = new();
    private readonly Queue<string> lines = [];
    private int leftOut;

    /// <summary>Called with the position in the queue for a worker, from 1, whenever it changes; with 0 when the wait is over, however it ended.</summary>
    public Action<int>? QueueMoved { get; set; }

    public void MoveInQueue(int position) => QueueMoved?.Invoke(position);

    public void Add(string kind, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = $"{kind}: {text.ReplaceLineEndings(" ").Trim()}";
        lock (gate)
        {
            lines.Enqueue(line.Length > LongestLine ? line[..LongestLine] + "…" : line);
            if (lines.Count <= MostLines)
                return;
            lines.Dequeue();
            leftOut++;
        }
    }

    /// <summary>Returns everything reported since the last call, one entry per line; null if there is nothing.</summary>
    public string? Take()
    {
        lock (gate)
        {
            if (lines.Count == 0)
                return null;
            var said = string.Join('\n', leftOut > 0 ? lines.Prepend($"… (+{leftOut})") : lines);
            lines.Clear();
            leftOut = 0;
            return said;
        }
    }
}
