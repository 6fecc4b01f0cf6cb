namespace Luware.Portal.Benchmarks.Teams;

/// <summary>The durations of one operation.</summary>
internal sealed class Timings(string name)
{
    private readonly List<double> _milliseconds = [];

    public string Name => name;

    public int Count => _milliseconds.Count;

    public double Median => Percentile(0.5);

    public double P95 => Percentile(0.95);

    public double P99 => Percentile(0.99);

    public double Longest => _milliseconds.Max();

    public void Add(TimeSpan duration) => _milliseconds.Add(duration.TotalMilliseconds);

    /// <summary>A percentile: the smallest value that this share of the values does not exceed.</summary>
    private double Percentile(double share) => _milliseconds.Order().ElementAt((int)Math.Ceiling(share * Count) - 1);
}
