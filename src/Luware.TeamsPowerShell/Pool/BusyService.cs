namespace Luware.TeamsPowerShell.Pool;

/// <summary>Decides which refusals are only temporary, so that the same worker may send the same request again.</summary>
internal static class BusyService
{
    /// <summary>
    /// A write may be repeated only if the service throttled it, because after a 503 it may have taken effect. The caller decides about every other refusal
    /// and about a lost worker.
    /// </summary>
    public static bool MayBeAskedAgain(TeamsWorkerException failure) =>
        failure is CommandRefusedException refused && (refused.Error.IsThrottled || (refused.Error.IsBusy && ChangesNothing(refused.Command)));

    private static bool ChangesNothing(string cmdlet) =>
        cmdlet.StartsWith("Get-", StringComparison.Ordinal) || cmdlet.StartsWith("Connect-", StringComparison.Ordinal);
}
