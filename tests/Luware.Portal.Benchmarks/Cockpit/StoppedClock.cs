namespace Luware.Portal.Benchmarks.Cockpit;

/// <summary>The time at which the measuring began, so that the same question has the same answer all along; tenants become idle every second.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public static readonly StoppedClock Now = new();

    private readonly DateTimeOffset _now = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _now;
}
