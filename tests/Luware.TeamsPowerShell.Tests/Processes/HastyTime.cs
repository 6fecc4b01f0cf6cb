using Microsoft.Extensions.Time.Testing;

namespace Luware.TeamsPowerShell.Tests.Processes;

/// <summary>A clock that jumps to the end of every pause as soon as it begins, and records its length.</summary>
internal sealed class HastyTime : FakeTimeProvider
{
    public IList<TimeSpan> Pauses { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Pauses.Add(dueTime);
        Advance(dueTime);
        return timer;
    }
}
