using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

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
public sealed partial record TeamsError(string Category, string ErrorId, string? Target, string Message, IReadOnlyList<string> Inner, string? CorrelationId)
{
    /// <summary>The service did nothing and asks for patience: the same command may be sent again.</summary>
    [JsonIgnore]
    public bool IsBusy => Inner.Append(Message).Append(ErrorId).Any(text => BusyWords().IsMatch(text));

    /// <summary>The numbers stand alone: ids, which every error is full of, hold them by chance.</summary>
    [GeneratedRegex(@"too busy|too ?many ?requests|service ?unavailable|throttled|(?<![\w-])(429|503)(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BusyWords();
}

/// <summary>The service or the cmdlet refused the command.</summary>
public sealed class CommandRefusedException(string command, TeamsError error)
    : TeamsWorkerException($"{command} was refused: {error.Message} ({error.Category}, {error.ErrorId})")
{
    public TeamsError Error { get; } = error;
}
