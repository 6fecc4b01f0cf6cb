using System.Text.Json.Serialization;

namespace Luware.TeamsPowerShell;

/// <summary>Anything that kept a command from being carried out.</summary>
public abstract class TeamsWorkerException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The worker process ended, hung past its limit or broke the protocol. The caller may try again on a new worker.</summary>
public sealed class WorkerLostException(string message, Exception? inner = null) : TeamsWorkerException(message, inner);

/// <summary>No worker became free within the limit, or the queue is full.</summary>
public sealed class NoWorkerException(string message) : TeamsWorkerException(message);

/// <summary>The connected session answered for another tenant than the lease's. Nothing was written.</summary>
public sealed class WrongTenantException(Guid expected, string actual)
    : TeamsWorkerException($"The Teams session answers for tenant {actual}, but tenant {expected} was expected. Nothing was changed.");

/// <summary>The cmdlet's own error record, as far as it may leave the worker.</summary>
public sealed record TeamsError(string Category, string ErrorId, string? Target, string Message, IReadOnlyList<string> Inner, string? CorrelationId)
{
    private static readonly string[] BusyWords =
        ["too busy", "TooManyRequests", "too many requests", "ServiceUnavailable", "service unavailable", "(429)", "(503)", "throttled"];

    /// <summary>The service did nothing and asks for patience: the same command may be sent again.</summary>
    [JsonIgnore]
    public bool IsBusy => BusyWords.Any(w => Message.Contains(w, StringComparison.OrdinalIgnoreCase) || ErrorId.Contains(w, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The service or the cmdlet refused the command.</summary>
public sealed class CommandRefusedException(string command, TeamsError error)
    : TeamsWorkerException($"{command} was refused: {error.Message} ({error.Category}, {error.ErrorId})")
{
    public TeamsError Error { get; } = error;
}
