namespace Luware.TeamsPowerShell.Pool;

/// <summary>Which refusals only ask for patience, so that the same worker may send the same request again.</summary>
internal static class BusyService
{
    /// <summary>
    /// A write only where the service turned it away unread; after a 503 it may have been done all the same. That, every other refusal,
    /// and a lost worker, is the caller's to judge.
    /// </summary>
    public static bool MayBeAskedAgain(TeamsWorkerException failure) =>
        failure is CommandRefusedException refused && (refused.Error.IsThrottled || (refused.Error.IsBusy && ChangesNothing(refused.Command)));

    private static bool ChangesNothing(string cmdlet) =>
        cmdlet.StartsWith("Get-", StringComparison.Ordinal) || cmdlet.StartsWith("Connect-", StringComparison.Ordinal);
}
