namespace Luware.Onboarding.Gateways;

/// <summary>
/// The correlation id sent to remote systems, so that their support and ours can refer to the same call: the run's id, or a new one outside of runs.
/// </summary>
/// <remarks>It flows with the async context, like a log scope, so gateways do not need to know runs.</remarks>
public static class Correlation
{
    private static readonly AsyncLocal<Guid?> Run = new();

    /// <summary>Sets the run's id for everything that the calling async method calls, until that method ends.</summary>
    public static void Begin(Guid run) => Run.Value = run;

    public static Guid OfNextCall() => Run.Value ?? Guid.NewGuid();
}
