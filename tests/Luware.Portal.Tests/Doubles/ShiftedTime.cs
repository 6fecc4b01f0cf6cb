namespace Luware.Portal.Tests.Doubles;

/// <summary>A clock that can be set ahead while timers go on as they are.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
