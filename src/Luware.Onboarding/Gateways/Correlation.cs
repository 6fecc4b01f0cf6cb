namespace Luware.Onboarding.Gateways;

/// <summary>Under which id a remote system is told of a call, so that its people and ours can talk about the same one: the run's, and an own one outside of runs.</summary>
/// <remarks>It flows with the work, as a log's scope does: gateways need not know runs.</remarks>
public static class Correlation
{
    private static readonly AsyncLocal<Guid?> Run = new();

    /// <summary>Holds until the calling async method has ended, for whatever it calls.</summary>
    public static void Begin(Guid run) => Run.Value = run;

    public static Guid OfNextCall() => Run.Value ?? Guid.NewGuid();
}
