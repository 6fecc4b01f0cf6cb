namespace Luware.Onboarding.Gateways;

/// <summary>Interprets answers whose code alone is ambiguous. Microsoft does not document the cmdlets' errors in full, so reading is lenient.</summary>
internal static class AnswerShapes
{
    public static bool MeansNotFound(this RemoteAnswer? answer) => answer is not null && !answer.MeansCmdletNotOffered()
        && (answer.Category is "ObjectNotFound" or "404" || Says(answer, "NotFound") || Says(answer, "not found") || Says(answer, "does not exist"));

    public static bool MeansAlreadyThere(this RemoteAnswer? answer) => answer is not null
        && (answer.Category is "ResourceExists" or "409" || Says(answer, "Conflict")
            || Says(answer, "already exist") || Says(answer, "already has") || Says(answer, "AlreadyExists"));

    public static bool MeansAccessDenied(this RemoteAnswer answer) => !answer.MeansWritesForbidden()
        && (answer.Category is "PermissionDenied" or "SecurityError" or "403"
            || Says(answer, "Access Denied") || Says(answer, "AccessDenied") || Says(answer, "Authorization_RequestDenied"));

    /// <summary>The answer when policies are written with a partner's delegated rights, which is not allowed.</summary>
    public static bool MeansWritesForbidden(this RemoteAnswer answer) => Says(answer, "40301");

    /// <summary>Teams offers a cmdlet only to people who may use it.</summary>
    public static bool MeansCmdletNotOffered(this RemoteAnswer answer) => Says(answer, "is not recognized") || Says(answer, "CommandNotFound");

    public static bool MeansBusy(this RemoteAnswer answer) =>
        answer.Category is "429" or "503" or "504"
        || Says(answer, "Service is too busy") || Says(answer, "TooManyRequests") || Says(answer, "serviceNotAvailable");

    public static bool Says(this RemoteAnswer answer, string words) =>
        answer.Code.Contains(words, StringComparison.OrdinalIgnoreCase) || answer.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
